package io.dhcpfailover.node.configuration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a server keeps the configuration that it was sent: the folder {@code configuration} in that of its leases, which
 * nobody else may read, because there are secrets in it.
 */
public final class ConfigurationFile {

    private static final String FOLDER = "configuration";
    private static final String FILE = "held.json";
    private static final String TEMPORARY = "held.json.new";
    private static final String APPLIED_AT = "appliedAt";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path folder;

    /**
     * In a folder that this process has the lock of.
     *
     * @param state the server's, which exists
     */
    public ConfigurationFile(Path state) {
        this.folder = state.resolve(FOLDER);
    }

    /**
     * What was kept last.
     *
     * @return null where nothing was
     * @throws IOException where it cannot be read
     * @throws ManifestException where this version does not take it any more, or it is damaged
     */
    public @Nullable HeldConfiguration read(ConfigurationCheck check, Instant now)
            throws IOException, ManifestException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return null;
        }
        String json = Files.readString(file);
        return switch (check.whole(json, null, now)) {
            case ConfigurationChange.Accepted(HeldConfiguration held) ->
                new HeldConfiguration(
                        held.generation(), held.items(), held.objects(), appliedAt(json, held), held.manifests());
            case ConfigurationChange.Invalid(var problems) -> throw new ManifestException(problems);
            case ConfigurationChange.Unreadable(String problem) ->
                throw new ManifestException(new Problem(file.toString(), null, problem));
            case ConfigurationChange.Same _, ConfigurationChange.Stale _ ->
                throw new IllegalStateException("it was compared with nothing");
        };
    }

    private static Map<String, Instant> appliedAt(String json, HeldConfiguration held) {
        Map<String, Object> times = Values.object(ConfigurationCheck.read(json), APPLIED_AT);
        Map<String, Instant> appliedAt = new HashMap<>(held.appliedAt());
        appliedAt.replaceAll((object, now) -> {
            try {
                return times.get(object) instanceof String text ? Instant.parse(text) : now;
            } catch (DateTimeException e) {
                return now;
            }
        });
        return appliedAt;
    }

    /** Keeps it, whatever happens once this returns; until then what was kept before stays. */
    public void write(HeldConfiguration held) throws IOException {
        Map<String, Object> appliedAt = new TreeMap<>();
        held.appliedAt().forEach((object, time) -> appliedAt.put(object, time.toString()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("generation", held.generation());
        document.put(APPLIED_AT, appliedAt);
        document.put("items", held.items());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            sync(folder.resolveSibling("."));
        }
        Path next = folder.resolve(TEMPORARY);
        // One of a process that was killed may have other permissions.
        Files.deleteIfExists(next);
        try (FileChannel channel = FileChannel.open(
                next,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer octets = ByteBuffer.wrap(Values.json(document).getBytes(StandardCharsets.UTF_8));
            while (octets.hasRemaining()) {
                int _ = channel.write(octets);
            }
            channel.force(true);
        }
        Files.move(next, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(folder);
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
