package io.dhcpfailover.lab.site;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one folder where all files of a laboratory are; it is removed when that ends, unless somebody wants to see it. */
final class LabFolder implements Closeable {

    /** What a laboratory needs: leases and logs of some minutes, and room to spare. */
    private static final long ROOM_BYTES = 64L << 20;

    private static final long MEBIBYTE = 1L << 20;

    private final Path path;
    private volatile boolean kept;

    private LabFolder(Path path) {
        this.path = path;
    }

    static LabFolder create() throws LabException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            long room = Files.getFileStore(parent).getUsableSpace();
            if (room < ROOM_BYTES) {
                throw new LabException(parent + " has room for " + room / MEBIBYTE + " MiB, and the lab needs "
                        + ROOM_BYTES / MEBIBYTE + ": free some, or name another folder by TMPDIR.");
            }
            return new LabFolder(Files.createTempDirectory(parent, "dhcp-lab-"));
        } catch (IOException e) {
            throw new LabException(
                    "No folder can be made in " + parent + " (" + e.getMessage() + "): name another one by TMPDIR.", e);
        }
    }

    Path path() {
        return path;
    }

    void keep() {
        kept = true;
    }

    /** The last lines of a file, for a person who looks for a reason. */
    static String tail(Path file, int lines) {
        try {
            List<String> all = Files.readAllLines(file);
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(there is no " + file + ")";
        }
    }

    @Override
    public void close() throws IOException {
        if (kept) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
