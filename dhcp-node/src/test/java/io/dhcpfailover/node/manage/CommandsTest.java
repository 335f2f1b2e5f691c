package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.journal.FileStorage;
import io.dhcpfailover.node.journal.Journal;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.ClientDetails;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.Options;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands that look at the leases of a server that does not run. */
class CommandsTest {

    private static final long START = 1_800_000_000L;

    @TempDir
    private Path temporary = Path.of("");

    private final BindingTable table = new BindingTable(1);
    private final List<byte[]> records = new ArrayList<>();

    private record Said(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new Main())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Said(code, out.toString(), err.toString());
    }

    private Said leases(String output) {
        return run("leases", "--state", state().toString(), "-o", output);
    }

    private Path state() {
        return temporary.resolve("state");
    }

    private void bind(String address, int client, byte[] hostName, long end) {
        HardwareAddress hardware = HardwareAddress.of(new MacAddress(0x0200_5E00_5300L + client));
        ClientIdentity identity = client == 2
                ? ClientIdentity.of(ClientIdentifier.parse("ff:01:02"), hardware)
                : ClientIdentity.of(hardware);
        Options.Builder options = new Options.Builder();
        if (hostName.length > 0) {
            options.put(DhcpOption.HOST_NAME.code(), hostName);
        }
        DhcpPacket packet = new DhcpPacket(
                DhcpPacket.Op.BOOTREQUEST,
                0,
                1,
                0,
                0,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                hardware,
                "",
                "",
                options.build());
        ClientDetails details = ClientDetails.of(packet, false, ClientDetails.none());
        Binding binding = table.of(Ipv4Address.parse(address));
        table.bind(binding, new BindingTable.Client(identity, client == 2, hardware, details, false), end, START);
        records.add(StoredRecords.of(binding));
    }

    @BeforeEach
    void store() throws IOException {
        bind("192.0.2.20", 1, "printer-1.office".getBytes(StandardCharsets.US_ASCII), START + 3600);
        bind("192.0.2.3", 2, new byte[0], Binding.UNLIMITED);
        bind("192.0.2.100", 3, new byte[0], START + 60);
        Binding free = table.of(Ipv4Address.parse("192.0.2.100"));
        table.free(free, START + 60);
        records.add(StoredRecords.of(free));
        Binding abandoned = table.of(Ipv4Address.parse("192.0.2.101"));
        table.abandon(abandoned, START + 600, START);
        records.add(StoredRecords.of(abandoned));
        write();
    }

    private void write() throws IOException {
        try (Journal journal = Journal.open(FileStorage.open(state()), new SplittableRandom(1)::nextLong, record -> {})
                .journal()) {
            journal.append(records);
        }
        records.clear();
    }

    @Test
    void aTableByAddress() {
        Said said = leases("table");

        assertThat(said.code()).isZero();
        assertThat(said.lines()).hasSize(5);
        assertThat(said.lines().getFirst()).matches("ADDRESS +STATE +CLIENT +END +HOST NAME");
        assertThat(said.lines().stream().skip(1).map(line -> line.split(" +", 2)[0]))
                .containsExactly("192.0.2.3", "192.0.2.20", "192.0.2.100", "192.0.2.101");
        assertThat(said.lines().get(1)).contains("ACTIVE", "ff:01:02", "Unlimited");
        assertThat(said.lines().get(2))
                .contains("ACTIVE", "01:02:00:5e:00:53:01", "2027-01-15T09:00:00Z", "printer-1.office");
        assertThat(said.lines().get(3)).contains("FREE", "01:02:00:5e:00:53:03");
        assertThat(said.lines().get(4)).contains("ABANDONED", "2027-01-15T08:10:00Z");
        assertThat(run("leases", "--state", state().toString()).out()).isEqualTo(said.out());
    }

    @Test
    void csvForSpreadsheets() {
        assertThat(leases("csv").lines())
                .containsExactly(
                        "address,state,client,hardwareAddress,hostName,start,end,lastTransaction",
                        "192.0.2.3,ACTIVE,ff:01:02,02:00:5e:00:53:02,,2027-01-15T08:00:00Z,Unlimited,2027-01-15T08:00:00Z",
                        "192.0.2.20,ACTIVE,01:02:00:5e:00:53:01,02:00:5e:00:53:01,printer-1.office,2027-01-15T08:00:00Z,2027-01-15T09:00:00Z,2027-01-15T08:00:00Z",
                        "192.0.2.100,FREE,01:02:00:5e:00:53:03,02:00:5e:00:53:03,,2027-01-15T08:00:00Z,2027-01-15T08:01:00Z,2027-01-15T08:00:00Z",
                        "192.0.2.101,ABANDONED,,,,,2027-01-15T08:10:00Z,");
    }

    @Test
    void jsonForPrograms() throws IOException {
        JsonNode read = new ObjectMapper().readTree(leases("json").out());

        assertThat(read).hasSize(4);
        assertThat(read.get(1).get("address").asText()).isEqualTo("192.0.2.20");
        assertThat(read.get(1).get("hostName").asText()).isEqualTo("printer-1.office");
        assertThat(read.get(0).get("end").asText()).isEqualTo("Unlimited");
        assertThat(read.get(3).has("client")).isFalse();
    }

    /** Each of these is a command to somebody: a terminal, a spreadsheet, a shell. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3d636d6428292c31          | \\x3dcmd\\x28\\x29\\x2c1",
                "2b31                      | \\x2b1",
                "2d31                      | \\x2d1",
                "4041                      | \\x40A",
                "1b5b324a                  | \\x1b\\x5b2J",
                "610d0a62                  | a\\x0d\\x0ab",
                "22612c6222                | \\x22a\\x2cb\\x22",
                "5c7830                    | \\x5cx0",
                "c3bc00                    | \\xc3\\xbc\\x00"
            })
    void aHostNameIsNobodysCommand(String octets, String printed) throws IOException {
        bind("192.0.2.20", 1, HexFormat.of().parseHex(octets), START + 3600);
        write();

        assertThat(leases("table").lines()).hasSize(5);
        assertThat(leases("table").lines().get(2)).endsWith("  " + printed);
        assertThat(leases("csv").lines().get(2).split(",", -1)[4]).isEqualTo(printed);
        assertThat(new ObjectMapper()
                        .readTree(leases("json").out())
                        .get(1)
                        .get("hostName")
                        .asText())
                .isEqualTo(printed);
    }

    @Test
    void aFolderThatIsWholeIsCounted() {
        Said said = run("check", "--state", state().toString());

        assertThat(said.code()).isZero();
        assertThat(said.out())
                .contains(state() + " is whole: 5 records, 4 addresses")
                .containsPattern("ACTIVE +2")
                .containsPattern("FREE +1")
                .containsPattern("ABANDONED +1");
    }

    @ParameterizedTest
    @CsvSource({"leases", "check"})
    void aDamagedFolderIsNotTakenForAWholeOne(String command) throws IOException {
        write(); // A record after it makes clear that the damage was durable once.
        records.add(StoredRecords.ofClockStep(0));
        write();
        try (var files = Files.list(state())) {
            Path journal = files.filter(file -> file.getFileName().toString().startsWith("journal-"))
                    .findFirst()
                    .orElseThrow();
            byte[] octets = Files.readAllBytes(journal);
            octets[60] ^= 1;
            Files.write(journal, octets);
        }

        Said said = run(command, "--state", state().toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("journal-").doesNotContain("Exception");
        assertThat(said.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"leases", "check"})
    void theFolderOfAServerThatRunsIsLeftAlone(String command) throws IOException {
        try (FileStorage _ = FileStorage.open(state())) {
            Said said = run(command, "--state", state().toString());
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err()).contains("belongs to another process");
        }
    }

    @ParameterizedTest
    @CsvSource({"leases", "check"})
    void aFolderThatIsNotThereIsNotMade(String command) {
        Path missing = temporary.resolve("missing");

        Said said = run(command, "--state", missing.toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains(missing + " is no folder");
        assertThat(missing).doesNotExist();
        assertThat(run(command).code()).isEqualTo(2);
    }
}
