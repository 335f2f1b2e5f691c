package io.dhcpfailover.node.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.testing.Seeds;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process on a real disk, killed at random moments. */
@Timeout(120)
class KilledProcessTest {

    private static final int KILLS = 10;
    private static final Duration POLL = Duration.ofMillis(1);

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void whatItSaidIsThereAfterKill9() throws Exception {
        AtomicInteger kill = new AtomicInteger();
        Seeds.forEach(KILLS, random -> {
            Path output = temporary.resolve("said-" + kill.incrementAndGet());
            Process process = start(output);
            int length = random.nextInt(10, 100_000);
            await().pollInterval(POLL).until(() -> Files.size(output) > length);
            process.destroyForcibly().waitFor();

            // The kill may have cut the last line short.
            String whole = Files.readString(output);
            List<String> said =
                    whole.substring(0, whole.lastIndexOf('\n')).lines().toList();
            long last = said.size() < 2 ? 0 : Long.parseLong(said.getLast());
            List<Long> replayed = replay();
            assertThat(replayed.size()).isGreaterThanOrEqualTo(Math.toIntExact(last));
            assertThat(replayed)
                    .isEqualTo(
                            LongStream.rangeClosed(1, replayed.size()).boxed().toList());
        });
    }

    @Test
    void aSecondProcessIsRefused() throws Exception {
        Path output = temporary.resolve("said");
        Process process = start(output);
        try {
            await().pollInterval(POLL).until(() -> Files.size(output) > 0);

            assertThatThrownBy(() -> FileStorage.open(store()))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("belongs to another process that still runs");
        } finally {
            process.destroyForcibly().waitFor();
        }
        FileStorage.open(store()).close();
    }

    /** Closes what nobody refers to. */
    private static void collectGarbage() {
        WeakReference<Object> unreachable = new WeakReference<>(new Object());
        await().until(() -> {
            System.gc();
            return unreachable.get() == null;
        });
    }

    private Path store() {
        return temporary.resolve("store");
    }

    @Test
    void aSecondAttemptOfTheSameProcessDoesNotGiveUpItsLock() throws Exception {
        try (FileStorage held = FileStorage.open(store())) {
            assertThatThrownBy(() -> FileStorage.open(store())).isInstanceOf(JournalException.class);
            collectGarbage();

            Path output = temporary.resolve("said");
            assertThat(start(output).waitFor()).isNotZero();
            assertThat(held.list()).isEmpty();
        }
    }

    @Test
    void aFolderOfTheVolumeItselfIsPassedOver() throws IOException {
        Files.createDirectories(store().resolve("lost+found"));

        assertThat(replay()).isEmpty();
    }

    private Process start(Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        store().toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private List<Long> replay() throws IOException {
        List<Long> replayed = new ArrayList<>();
        try (Journal journal = Journal.open(
                        FileStorage.open(store()),
                        Records.salts(),
                        record -> replayed.add(ByteBuffer.wrap(record).getLong()))
                .journal()) {
            assertThat(journal.sequence()).isEqualTo(replayed.size());
        }
        return replayed;
    }
}
