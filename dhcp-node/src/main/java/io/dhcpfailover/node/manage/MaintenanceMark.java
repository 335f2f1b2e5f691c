package io.dhcpfailover.node.manage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** That a server is in maintenance, on disk: it still is after a restart. */
final class MaintenanceMark {

    private static final String FOLDER = "configuration";
    private static final String FILE = "maintenance";

    private final Path folder;

    /** In a server's folder of leases. */
    MaintenanceMark(Path state) {
        this.folder = state.resolve(FOLDER);
    }

    boolean isSet() {
        return Files.exists(folder.resolve(FILE));
    }

    void set() throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (FileChannel mark = FileChannel.open(
                folder.resolve(FILE),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            mark.force(true);
        }
        sync(folder);
        sync(folder.resolveSibling("."));
    }

    void clear() throws IOException {
        if (Files.deleteIfExists(folder.resolve(FILE))) {
            sync(folder);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
