package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.journal.FileStorage;
import io.dhcpfailover.node.journal.GroupCommit;
import io.dhcpfailover.node.journal.Journal;
import io.dhcpfailover.node.journal.SnapshotPolicy;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.ClientDetails;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of a table that changes meanwhile, on a real disk. */
@Timeout(120)
class SnapshotsTest {

    private static final int ADDRESSES = 3000;
    private static final long NOW = 1_800_000_000L;

    @TempDir
    private Path temporary = Path.of("");

    private final BindingTable table = new BindingTable(1);
    private final Engine engine = new Engine(table, 2);
    private final Intake intake = new Intake();

    /** What the engine's thread does, without packets; it ends with the test. */
    private Thread turn() {
        return Thread.ofPlatform().daemon().start(() -> {
            List<Runnable> commands = new ArrayList<>();
            try {
                while (true) {
                    intake.take(commands, new ArrayList<>(), 0, Duration.ofSeconds(1));
                    commands.forEach(Runnable::run);
                    commands.clear();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void change(GroupCommit commit, RandomGenerator random, CountDownLatch durable) {
        Ipv4Address address = new Ipv4Address(0x0A00_0000 + random.nextInt(ADDRESSES));
        Binding binding = table.of(address);
        HardwareAddress hardware =
                HardwareAddress.of(new MacAddress(0x0200_5E00_0000L + random.nextInt(10 * ADDRESSES)));
        table.bind(
                binding,
                new BindingTable.Client(ClientIdentity.of(hardware), false, hardware, ClientDetails.none(), false),
                NOW + random.nextInt(10_000),
                NOW);
        assertThat(commit.offer(StoredRecords.of(binding), durable::countDown)).isTrue();
    }

    @Test
    void aRecoveryComesToTheSameTableThoughItChangedMeanwhile() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        Journal journal = open(new BindingTable(0));
        Thread turns = turn();
        int rounds = 12;
        int perRound = 4000;
        try (GroupCommit commit = new GroupCommit(journal, 10 * perRound, new Silent())) {
            Snapshots snapshots = new Snapshots(engine, intake, journal, commit, new SnapshotPolicy(100_000));
            for (int round = 0; round < rounds; round++) {
                CountDownLatch durable = new CountDownLatch(perRound);
                for (int i = 0; i < perRound; i++) {
                    intake.submit(() -> change(commit, random, durable));
                    if (i % 500 == 0) {
                        snapshots.consider();
                    }
                }
                durable.await();
            }
            snapshots.consider();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> snapshot().findAny().isPresent() && !snapshots.isRunning());
            snapshots.stop();
        }
        turns.interrupt();
        turns.join();

        BindingTable recovered = new BindingTable(5);
        Journal again = open(recovered);
        assertThat(records(recovered)).isEqualTo(records(table));
        assertThat(again.snapshotLength()).isPositive();
        again.close();
    }

    @Test
    void oneThatIsStoppedLeavesTheJournalWhole() throws Exception {
        Journal journal = open(new BindingTable(0));
        CountDownLatch durable = new CountDownLatch(2000);
        GroupCommit commit = new GroupCommit(journal, 10_000, new Silent());
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 2000; i++) {
            change(commit, random, durable);
        }
        durable.await();
        Snapshots snapshots = new Snapshots(engine, intake, journal, commit, new SnapshotPolicy(0));
        snapshots.consider();
        // The engine's thread begins it, and then takes up nothing else, so it waits.
        List<Runnable> begin = new ArrayList<>();
        intake.take(begin, new ArrayList<>(), 0, Duration.ofSeconds(60));
        begin.forEach(Runnable::run);
        await().atMost(Duration.ofSeconds(60)).until(() -> names().anyMatch(name -> name.startsWith("temporary-")));
        snapshots.stop();
        commit.close();

        assertThat(snapshot()).isEmpty();
        BindingTable recovered = new BindingTable(5);
        open(recovered).close();
        assertThat(records(recovered)).isEqualTo(records(table));
    }

    @Test
    void noneIsWrittenBeforeItIsWorthIt() throws Exception {
        Journal journal = open(new BindingTable(0));
        try (GroupCommit commit = new GroupCommit(journal, 10, new Silent())) {
            Snapshots snapshots = new Snapshots(engine, intake, journal, commit, SnapshotPolicy.DEFAULT);
            snapshots.consider();
            assertThat(snapshots.isRunning()).isFalse();
        }
    }

    private Journal open(BindingTable into) throws IOException {
        return Journal.open(
                        FileStorage.open(temporary.resolve("state")),
                        new SplittableRandom(1)::nextLong,
                        record -> StoredRecords.replay(record, into))
                .journal();
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(temporary.resolve("state"))) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    private Stream<String> snapshot() throws IOException {
        return names().filter(name -> name.matches("snapshot-[0-9a-f]+"));
    }

    private static Map<Ipv4Address, String> records(BindingTable of) {
        Map<Ipv4Address, String> records = new HashMap<>();
        for (int place = 0; place < of.size(); place++) {
            Binding binding = of.at(place);
            records.put(binding.address(), HexFormat.of().formatHex(StoredRecords.of(binding)));
        }
        return records;
    }

    private static final class Silent implements GroupCommit.Listener {
        @Override
        public void failing(IOException reason) {}

        @Override
        public void recovered() {}

        @Override
        public void failed(Throwable reason) {}

        @Override
        public void committed(int records, long nanoseconds) {}
    }
}
