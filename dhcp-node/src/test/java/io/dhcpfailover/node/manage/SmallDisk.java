package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.testing.Requirement;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A file system of ext4 with 2 MiB, which can be filled and emptied. It is mounted in a mount namespace of its own, which
 * goes with this JVM however that ends, and reached through /proc. Without root the class is skipped.
 */
final class SmallDisk implements ExecutionCondition, AfterAllCallback {

    private static final long SIZE = 2 << 20;
    private static final String MOUNT = "mkfs.ext4 -q -b 1024 -m 0 image && mkdir disk && mount -o loop image disk";

    private @Nullable Process holder;
    private Path place = Path.of("");
    private Path folder = Path.of("");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        try {
            if (holder == null) {
                mount();
            }
            return ConditionEvaluationResult.enabled("a disk can be mounted");
        } catch (IOException e) {
            return Requirement.missing(
                    context.getRequiredTestClass().getSimpleName(),
                    "it mounts a file system, as root and with e2fsprogs and util-linux: " + e.getMessage());
        }
    }

    private void mount() throws IOException {
        place = Files.createTempDirectory("disk");
        try (RandomAccessFile image =
                new RandomAccessFile(place.resolve("image").toFile(), "rw")) {
            image.setLength(SIZE);
        }
        Process started = new ProcessBuilder(
                        "unshare", "--mount", "sh", "-c", "(" + MOUNT + ") >&2 && echo mounted && exec cat >/dev/null")
                .directory(place.toFile())
                .redirectError(place.resolve("errors").toFile())
                .start();
        holder = started;
        byte[] said = started.getInputStream().readNBytes("mounted\n".length());
        if (!new String(said, StandardCharsets.UTF_8).equals("mounted\n")) {
            throw new IOException(Files.readString(place.resolve("errors")));
        }
        folder = Path.of("/proc", String.valueOf(started.pid()), "root")
                .resolve(Path.of("/").relativize(place.resolve("disk")));
    }

    /** A folder on the disk. */
    Path state() {
        return folder.resolve("state");
    }

    /** Leaves no room on it. */
    void fill() throws IOException {
        try (OutputStream filler = Files.newOutputStream(folder.resolve("filler"))) {
            while (true) {
                filler.write(new byte[512]);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    /** Makes room again. */
    void empty() throws IOException {
        Files.delete(folder.resolve("filler"));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (holder != null) {
            holder.destroyForcibly().onExit().join();
        }
        for (String each : List.of("image", "errors", "disk", "")) {
            Files.deleteIfExists(place.resolve(each));
        }
    }
}
