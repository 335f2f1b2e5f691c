package io.dhcpfailover.lab.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Where {@code ./lab} cannot be, it says why and what to do in one sentence, and leaves nothing. */
@Tag("program")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@EnabledOnOs(OS.LINUX)
@Isolated("takes a port that every lab needs")
class RefusalsTest {

    private static final String JAVA_HOME = System.getProperty("java.home");

    @TempDir
    private Path folder = Path.of("");

    private Path temporary(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("0.0.0.0", 9647));
            requireRefusal(
                    temporary("ports"), List.of(LabRun.PROJECT.resolve("lab").toString()), "TCP port 9647");
        }
    }

    private void requireRefusal(Path temporary, List<String> command, String... words) throws Exception {
        try (LabRun run = new LabRun(folder, temporary, Map.of("JAVA_HOME", ""), command)) {
            assertThat(run.end()).as(run.said()).isEqualTo(1);
            assertThat(run.said().strip()).contains(words).doesNotContain("\n", "Exception");
            run.requireNothingLeft();
        }
    }

    @Test
    @ExtendWith(MountCondition.class)
    void aDiskWithoutRoomIsNamed() throws Exception {
        Path full = temporary("full");
        requireRefusal(
                full, inItsOwnMounts("mount -t tmpfs -o size=1m none '" + full + "'"), "has room for 1 MiB", "TMPDIR");
    }

    @Test
    @ExtendWith(MountCondition.class)
    void aMissingJdkIsNamed() throws Exception {
        String hide = "for jdks in /usr/lib/jvm /usr/lib64/jvm /usr/java /opt/java /usr/local '" + JAVA_HOME + "'; do"
                + " [ ! -d $jdks ] || mount -t tmpfs none $jdks; done; export PATH=/usr/bin:/bin HOME=/nonexistent";
        requireRefusal(temporary("jdk"), inItsOwnMounts(hide), "needs a JDK 25", "JAVA_HOME");
    }

    private static List<String> inItsOwnMounts(String mounts) {
        return List.of("unshare", "--mount", "sh", "-c", mounts + "; exec '" + LabRun.PROJECT.resolve("lab") + "'");
    }
}
