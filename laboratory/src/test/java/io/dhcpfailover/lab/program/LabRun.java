package io.dhcpfailover.lab.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One run of a command, in a session of its own, as of a terminal's; all its temporary files are in one folder. */
final class LabRun implements AutoCloseable {

    /** The folder of this project. */
    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final Path temporary;
    private final Process process;
    private final StringBuilder said = new StringBuilder();
    private final Thread reader;

    /**
     * Starts it.
     *
     * @param folder where it is started
     * @param temporary for all its files; has to be there, and empty
     * @param environment beside what it inherits
     */
    LabRun(Path folder, Path temporary, Map<String, String> environment, List<String> command) throws IOException {
        this.temporary = temporary;
        List<String> whole = new ArrayList<>(List.of("setsid"));
        whole.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(whole).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("TMPDIR", temporary.toString());
        builder.environment().putAll(environment);
        process = builder.start();
        reader = Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            char[] chunk = new char[4096];
            for (int length = reader.read(chunk); length >= 0; length = reader.read(chunk)) {
                synchronized (said) {
                    said.append(chunk, 0, length);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it has said. */
    String said() {
        synchronized (said) {
            return said.toString();
        }
    }

    /** Types a line. */
    void type(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Waits until it says so, after what it had said by then. */
    void awaitSaid(int from, String text) {
        await(text).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            boolean alive = process.isAlive();
            boolean found = said().indexOf(text, from) >= 0;
            assertThat(alive || found).as(said()).isTrue();
            return found;
        });
    }

    /** What Ctrl-C does: the signal reaches every process of the session. */
    void interrupt() {
        // One that was only just started may not have its session yet.
        await("a session of its own")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> new ProcessBuilder("kill", "-INT", "--", "-" + process.pid())
                                .start()
                                .waitFor()
                        == 0);
    }

    /** Its exit status. */
    int end() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(() -> "it has not ended: " + said())
                .isTrue();
        reader.join();
        return process.exitValue();
    }

    /** Nothing that it started runs any more, and no file of it is there. */
    void requireNothingLeft() throws IOException {
        requireNothingRuns();
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).isEmpty();
        }
    }

    /** Nothing that it started runs any more. */
    void requireNothingRuns() {
        assertThat(ProcessHandle.allProcesses()
                        .map(each -> each.info().commandLine().orElse(""))
                        .filter(line -> line.contains(temporary.toString())))
                .isEmpty();
    }

    /** The folders that it has kept. */
    List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
