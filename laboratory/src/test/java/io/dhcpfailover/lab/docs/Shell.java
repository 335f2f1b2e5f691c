package io.dhcpfailover.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A person's shell in the folder of this project, with a {@code KUBECONFIG}. */
final class Shell {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private final Path kubeconfig;

    Shell(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
    }

    /** A command that runs. */
    final class Running implements AutoCloseable {

        private final String command;
        private final Process process;
        private final List<String> printed = new CopyOnWriteArrayList<>();
        private final Thread reader;

        private Running(String command) throws IOException {
            this.command = command;
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec " + command)
                    .directory(PROJECT.toFile())
                    .redirectErrorStream(true);
            builder.environment().put("KUBECONFIG", kubeconfig.toString());
            process = builder.start();
            reader = Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(printed::add);
            } catch (IOException e) {
                printed.add(e.toString());
            }
        }

        /** Waits until it has printed these lines, in this order, perhaps with others between them. */
        void awaitPrinted(List<String> shown) {
            await(command)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(words(printed)).containsSubsequence(words(shown)));
        }

        /** Waits until it has printed anything. */
        void awaitPrinting() {
            await(command).atMost(PATIENCE).until(() -> !printed.isEmpty());
        }

        private List<String> end() throws InterruptedException {
            assertThat(process.waitFor()).as(() -> command + ": " + printed).isZero();
            reader.join();
            return printed;
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    /** Begins a command that goes on until it is closed. */
    Running begin(Command command) throws IOException {
        return new Running(command.text());
    }

    /** Runs a command, which has to succeed, and to print just what its page shows where that shows something. */
    void run(Command command) throws IOException, InterruptedException {
        if (command.isWatch()) {
            try (Running running = begin(command)) {
                running.awaitPrinted(command.shown());
                running.awaitPrinting();
            }
            return;
        }
        try (Running running = begin(command)) {
            List<String> printed = running.end();
            if (!command.shown().isEmpty()) {
                assertThat(words(printed)).as(command.text()).isEqualTo(words(command.shown()));
            }
        }
    }

    /** Runs a command until it prints what its page shows, which follows a moment later from what was done before. */
    void runUntilShown(Command command) {
        await(command.text()).atMost(PATIENCE).untilAsserted(() -> run(command));
    }

    /** Lines without what is another one each time: how wide a column is, and how long ago something was. */
    private static List<String> words(List<String> lines) {
        return lines.stream()
                .map(line -> Arrays.stream(line.strip().split("\\s+", -1))
                        .map(word -> word.matches("([0-9]+[smhd])+") ? "TIME" : word)
                        .toList()
                        .toString())
                .toList();
    }
}
