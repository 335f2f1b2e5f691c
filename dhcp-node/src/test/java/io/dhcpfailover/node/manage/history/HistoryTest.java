package io.dhcpfailover.node.manage.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.engine.LeaseEvent;
import io.dhcpfailover.node.engine.LeaseEvent.Action;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.ClientDetails;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.manage.history.HistoryReader.Query;
import io.dhcpfailover.node.manage.history.HistoryWriter.Retention;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who had which address when, as a server keeps it for later. */
class HistoryTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ADDRESS = "192.0.2.10";
    private static final String ONE = "02:00:5e:00:00:01";
    private static final String TWO = "02:00:5e:00:00:02";

    @TempDir
    private Path state;

    private static LeaseEvent event(Action action, String client, Instant time, long seconds) {
        return event(action, ADDRESS, client, time, time.getEpochSecond() + seconds, new byte[0]);
    }

    private static LeaseEvent event(
            Action action, String address, String client, Instant time, long end, byte[] hostName) {
        HardwareAddress hardware = HardwareAddress.of(MacAddress.parse(client));
        Options.Builder options = new Options.Builder();
        if (hostName.length > 0) {
            options.put(12, hostName);
        }
        return new LeaseEvent(
                time.getEpochSecond(),
                action,
                Ipv4Address.parse(address),
                new ObjectName("office"),
                ClientIdentity.of(hardware),
                false,
                hardware,
                ClientDetails.of(options.build()),
                Ipv4Address.parse("198.51.100.1"),
                end);
    }

    private void write(Retention retention, LeaseEvent... events) {
        try (HistoryWriter writer = new HistoryWriter(state, "dhcp1", retention)) {
            writer.happened(List.of(events));
            await().until(() -> writer.written() + writer.dropped() == events.length);
        }
    }

    private void write(LeaseEvent... events) {
        write(Retention.DEFAULT, events);
    }

    private @Nullable String holder(Instant at) throws IOException {
        HistoryLine line = new HistoryReader(state).holder(Ipv4Address.parse(ADDRESS), at);
        return line == null ? null : line.get(HistoryLine.HARDWARE);
    }

    private List<HistoryLine> find(@Nullable String client, @Nullable Instant from, @Nullable Instant to, int limit)
            throws IOException {
        return new HistoryReader(state).find(new Query(null, client, from, to, limit));
    }

    @Test
    void whoHadAnAddressAtATimeIsFound() throws IOException {
        write(
                event(Action.ASSIGNED, ONE, NOON, 3600),
                event(Action.RENEWED, ONE, NOON.plusSeconds(1800), 3600),
                event(Action.EXPIRED, ONE, NOON.plusSeconds(5410), -10),
                event(Action.PARTNER_ASSIGNED, TWO, NOON.plus(Duration.ofDays(2)), 864_000),
                event(Action.RELEASED, TWO, NOON.plus(Duration.ofDays(5)), 0));
        assertThat(holder(NOON.minusSeconds(1))).isNull();
        assertThat(holder(NOON)).isEqualTo(ONE);
        assertThat(holder(NOON.plusSeconds(5399))).isEqualTo(ONE);
        assertThat(holder(NOON.plusSeconds(5400))).as("its lease had ended").isNull();
        assertThat(holder(NOON.plus(Duration.ofDays(1)))).isNull();
        assertThat(holder(NOON.plus(Duration.ofDays(4)))).isEqualTo(TWO);
        assertThat(holder(NOON.plus(Duration.ofDays(6)))).isNull();
    }

    @Test
    void aLeaseWithoutAnEndIsHeldForEver() throws IOException {
        write(event(Action.ASSIGNED, ADDRESS, ONE, NOON, Binding.UNLIMITED, new byte[0]));
        assertThat(holder(NOON.plus(Duration.ofDays(3650)))).isEqualTo(ONE);
    }

    @Test
    void aLineSaysWhoWhatWhereWhenAndByWhom() throws IOException {
        write(event(
                Action.ASSIGNED,
                ADDRESS,
                ONE,
                NOON,
                NOON.getEpochSecond() + 60,
                "pc".getBytes(StandardCharsets.UTF_8)));
        assertThat(Files.readString(state.resolve("history/2026-03-01.jsonl")))
                .isEqualTo("{\"time\":\"2026-03-01T12:00:00Z\",\"server\":\"dhcp1\",\"action\":\"ASSIGNED\","
                        + "\"address\":\"192.0.2.10\",\"scope\":\"office\",\"client\":\"01:02:00:5e:00:00:01\","
                        + "\"hardwareAddress\":\"02:00:5e:00:00:01\",\"hostName\":\"pc\",\"relay\":\"198.51.100.1\","
                        + "\"end\":\"2026-03-01T12:01:00Z\"}\n");
    }

    @Test
    void whatAClientSendsCannotBeTakenForAnythingElse() throws IOException {
        byte[] evil = "a\"}\n{\"time\":\u001b[2J".getBytes(StandardCharsets.UTF_8);
        write(event(Action.ASSIGNED, ADDRESS, ONE, NOON, NOON.getEpochSecond() + 60, evil));
        assertThat(Files.readAllLines(state.resolve("history/2026-03-01.jsonl")))
                .hasSize(1);
        assertThat(find(null, null, null, 10))
                .singleElement()
                .extracting(line -> line.get(HistoryLine.HOST_NAME))
                .isEqualTo("a\\x22\\x7d\\x0a\\x7b\\x22time\\x22\\x3a\\x1b\\x5b2J");
    }

    @Test
    void eventsAreFoundByClientAndTimeTheLatestFirst() throws IOException {
        for (int day = 0; day < 5; day++) {
            Instant time = NOON.plus(Duration.ofDays(day));
            write(event(Action.ASSIGNED, ONE, time, 60), event(Action.ASSIGNED, TWO, time.plusSeconds(1), 60));
        }
        assertThat(find(ONE, null, null, 100))
                .hasSize(5)
                .isSortedAccordingTo((a, b) -> b.time().compareTo(a.time()));
        assertThat(find("01:" + TWO, null, null, 2))
                .extracting(HistoryLine::time)
                .containsExactly(
                        NOON.plus(Duration.ofDays(4)).plusSeconds(1),
                        NOON.plus(Duration.ofDays(3)).plusSeconds(1));
        assertThat(find(null, NOON.plus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(2)), 100))
                .hasSize(3);
        assertThatThrownBy(() -> new Query(null, null, null, null, 0)).hasMessageContaining("limit is 0");
    }

    @Test
    void aDamagedLineCostsItselfOnly() throws IOException {
        write(event(Action.ASSIGNED, ONE, NOON, 60));
        Path file = state.resolve("history/2026-03-01.jsonl");
        Files.write(file, new byte[] {'{', '"', 't', (byte) 0xFF, 0}, StandardOpenOption.APPEND);
        write(event(Action.ASSIGNED, TWO, NOON.plusSeconds(1), 60));
        assertThat(find(null, null, null, 10)).hasSize(2);
    }

    @Test
    void onlyTheServersUserMayReadIt() throws IOException {
        write(event(Action.ASSIGNED, ONE, NOON, 60));
        Path folder = state.resolve("history");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("2026-03-01.jsonl"))))
                .isEqualTo("rw-------");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("history"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void oldDaysGo() throws IOException {
        for (int day = 0; day < 6; day++) {
            write(new Retention(3, 1 << 30, 0), event(Action.ASSIGNED, ONE, NOON.plus(Duration.ofDays(day)), 60));
        }
        assertThat(files())
                .containsExactly("2026-03-03.jsonl", "2026-03-04.jsonl", "2026-03-05.jsonl", "2026-03-06.jsonl");
    }

    @Test
    void theOldestDaysGoWhereAllAreTooLarge() throws IOException {
        for (int day = 0; day < 6; day++) {
            write(new Retention(90, 500, 0), event(Action.ASSIGNED, ONE, NOON.plus(Duration.ofDays(day)), 60));
        }
        assertThat(files()).hasSizeBetween(2, 4).endsWith("2026-03-06.jsonl");
    }

    @Test
    void theDaysAreWhatSomebodyWrote() {
        assertThat(Retention.ofDays(null)).isEqualTo(Retention.DEFAULT);
        assertThat(Retention.ofDays("")).isEqualTo(Retention.DEFAULT);
        assertThat(Retention.ofDays("0").days()).isZero();
        assertThat(Retention.ofDays("400").days()).isEqualTo(400);
        for (String wrong : List.of("-1", "1d", "99999", "123456")) {
            assertThatThrownBy(() -> Retention.ofDays(wrong)).hasMessageContaining("'" + wrong + "' days");
        }
    }

    @Test
    void theDiskIsLeftToTheLeases() throws IOException {
        write(new Retention(90, 1 << 30, Long.MAX_VALUE), event(Action.ASSIGNED, ONE, NOON, 60));
        assertThat(find(null, null, null, 10)).isEmpty();
    }

    @Test
    void aDiskThatTakesNothingDelaysNobodyAndIsCounted() throws IOException {
        Files.writeString(state.resolve("history"), "no folder");
        try (HistoryWriter writer = new HistoryWriter(state, "dhcp1", Retention.DEFAULT)) {
            int count = 3 * HistoryWriter.WAITING_MAX;
            long before = System.nanoTime();
            for (int i = 0; i < count; i++) {
                writer.happened(List.of(event(Action.ASSIGNED, ONE, NOON, 60)));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
            await().until(() -> writer.dropped() == count);
            assertThat(writer.written()).isZero();
            Files.delete(state.resolve("history"));
            await().until(() -> {
                writer.happened(List.of(event(Action.ASSIGNED, TWO, NOON, 60)));
                return writer.written() > 0;
            });
        }
        assertThat(find(TWO, null, null, 1)).hasSize(1);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("history"))
                .count();
    }

    @Test
    void nothingIsStartedOrWrittenWhereItIsKeptForNoDay() {
        long before = threads();
        try (HistoryWriter writer = new HistoryWriter(state, "dhcp1", Retention.ofDays("0"))) {
            assertThat(threads()).isEqualTo(before);
            writer.happened(List.of(event(Action.ASSIGNED, ONE, NOON, 60)));
            assertThat(writer.waiting()).isZero();
        }
        assertThat(state.resolve("history")).doesNotExist();
    }

    @Test
    void whatWaitsAtTheEndIsWritten() throws IOException {
        HistoryWriter writer = new HistoryWriter(state, "dhcp1", Retention.DEFAULT);
        writer.happened(List.of(event(Action.ASSIGNED, ONE, NOON, 60), event(Action.ASSIGNED, TWO, NOON, 60)));
        writer.close();
        assertThat(find(null, null, null, 10)).hasSize(2);
        writer.happened(List.of(event(Action.ASSIGNED, ONE, NOON, 60)));
        assertThat(writer.dropped()).isEqualTo(1);
    }
}
