package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** How an administrator speaks to a server that runs. */
class ControlSocketTest {

    @TempDir
    private Path folder = Path.of("");

    private ControlSocket open() {
        return Objects.requireNonNull(ControlSocket.open(folder, line -> "heard " + line));
    }

    @Test
    void aLineIsAnsweredByALine() throws Exception {
        try (ControlSocket socket = open()) {
            assertThat(socket).isNotNull();
            assertThat(ControlSocket.ask(folder, "partner-down pair")).isEqualTo("heard partner-down pair");
            assertThat(ControlSocket.ask(folder, "again")).isEqualTo("heard again");
        }
    }

    @Test
    void nobodyElseMayUseIt() throws Exception {
        try (ControlSocket socket = open()) {
            assertThat(socket).isNotNull();
            assertThat(Files.getPosixFilePermissions(folder.resolve(ControlSocket.NAME)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void oneThatAKilledServerLeftBehindIsReplaced() throws Exception {
        Files.writeString(folder.resolve(ControlSocket.NAME), "");
        try (ControlSocket socket = open()) {
            assertThat(socket).isNotNull();
            assertThat(ControlSocket.ask(folder, "x")).isEqualTo("heard x");
        }
    }

    @Test
    void itEndsWithItsServer() throws Exception {
        open().close();

        assertThat(folder.resolve(ControlSocket.NAME)).doesNotExist();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ControlSocket.ask(folder, "x"));
    }

    @Test
    void aFolderWithTooLongANameHasNone() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("a".repeat(120)));

        assertThat(ControlSocket.open(deep, line -> line)).isNull();
    }

    @Test
    void withoutAServerTheCommandSaysSo() {
        StringWriter said = new StringWriter();
        int code = new CommandLine(new Main())
                .setErr(new PrintWriter(said, true))
                .execute("partner-down", "--state", folder.toString(), "--relationship", "pair");

        assertThat(code).isEqualTo(1);
        assertThat(said.toString()).contains("no server runs with " + folder);
    }

    @Test
    void whatIsSaidIsUnderstood() {
        Instant seen = Instant.ofEpochSecond(1_800_000_000L);
        for (PartnerDownCommand.Line line : new PartnerDownCommand.Line[] {
            new PartnerDownCommand.Line("pair", null), new PartnerDownCommand.Line("a.b-c", seen)
        }) {
            assertThat(PartnerDownCommand.Line.of(line.text())).isEqualTo(line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "partner-down", "partner-up pair", "partner-down pair x", "partner-down pair 1 2"})
    void anythingElseIsNot(String text) {
        assertThat(PartnerDownCommand.Line.of(text)).isNull();
    }
}
