package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.manage.Intake.Arrived;
import io.dhcpfailover.node.manage.Intake.Priority;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class IntakeTest {

    private static final Origin ORIGIN = new Origin(1, Ipv4Address.UNSPECIFIED, 68, Ipv4Address.BROADCAST);

    private final Intake intake = new Intake();
    private final List<Runnable> commands = new ArrayList<>();
    private final List<Arrived> packets = new ArrayList<>();

    private static DhcpPacket packet(@Nullable MessageType type, String ciaddr, int xid) {
        Options.Builder options = new Options.Builder();
        if (type != null) {
            options.put(DhcpOption.MESSAGE_TYPE, type);
        }
        return new DhcpPacket(
                DhcpPacket.Op.BOOTREQUEST,
                0,
                xid,
                0,
                0,
                Ipv4Address.parse(ciaddr),
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                HardwareAddress.of(new MacAddress(0x0200_5E00_0001L)),
                "",
                "",
                options.build());
    }

    private void receive(MessageType type, String ciaddr, int xid) {
        intake.received(packet(type, ciaddr, xid), ORIGIN);
    }

    private List<Integer> take(int packetsMax) throws InterruptedException {
        packets.clear();
        intake.take(commands, packets, packetsMax, Duration.ZERO);
        return packets.stream().map(arrived -> arrived.packet().xid()).toList();
    }

    @Test
    void packetsOfNewClientsAreNotReadWhileTooManyWait() throws InterruptedException {
        for (int i = 0; i <= Intake.WAITING_MAX; i++) {
            receive(MessageType.REQUEST, "192.0.2.10", i);
        }
        intake.batchEnd();
        assertThat(intake.isCrowded()).isFalse();
        for (int i = 0; i <= Intake.WAITING_MAX; i++) {
            receive(MessageType.DISCOVER, "0.0.0.0", i);
        }
        intake.batchEnd();
        assertThat(intake.isCrowded()).isTrue();

        take(Intake.WAITING_MAX);
        assertThat(intake.isCrowded()).isTrue();
        take(Intake.WAITING_MAX / 2);
        assertThat(intake.isCrowded()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "REQUEST, 192.0.2.10, RENEWAL",
        "REQUEST, 0.0.0.0, REQUEST",
        "RELEASE, 192.0.2.10, RENEWAL",
        "DECLINE, 0.0.0.0, RENEWAL",
        "DISCOVER, 0.0.0.0, NEW",
        "DISCOVER, 192.0.2.10, NEW",
        "INFORM, 192.0.2.10, NEW",
        "LEASEQUERY, 192.0.2.10, NEW",
        "OFFER, 192.0.2.10, NEW",
        ", 192.0.2.10, NEW"
    })
    void whoHasMoreToLoseIsMoreImportant(@Nullable MessageType type, String ciaddr, Priority priority) {
        assertThat(Intake.priority(packet(type, ciaddr, 1))).isEqualTo(priority);
    }

    @Test
    void theMostImportantComeFirstAndAmongTheirLikeTheFirst() throws InterruptedException {
        receive(MessageType.DISCOVER, "0.0.0.0", 1);
        receive(MessageType.REQUEST, "0.0.0.0", 2);
        receive(MessageType.REQUEST, "192.0.2.10", 3);
        receive(MessageType.DISCOVER, "0.0.0.0", 4);
        receive(MessageType.RELEASE, "192.0.2.10", 5);
        intake.batchEnd();

        assertThat(take(3)).containsExactly(3, 5, 2);
        assertThat(take(3)).containsExactly(1, 4);
        assertThat(take(3)).isEmpty();
    }

    @Test
    void nothingIsHandedOverBeforeItsBatchEnds() throws InterruptedException {
        receive(MessageType.DISCOVER, "0.0.0.0", 1);

        assertThat(take(9)).isEmpty();
        intake.batchEnd();
        assertThat(take(9)).containsExactly(1);
        intake.batchEnd();
        assertThat(take(9)).isEmpty();
    }

    @Test
    void whatIsTooMuchIsDroppedAndCountedAndCostsTheOthersNothing() throws InterruptedException {
        for (int xid = 0; xid < Intake.WAITING_MAX + 5; xid++) {
            receive(MessageType.DISCOVER, "0.0.0.0", xid);
        }
        receive(MessageType.REQUEST, "192.0.2.10", -1);
        intake.batchEnd();

        assertThat(intake.dropped(Priority.NEW)).isEqualTo(5);
        assertThat(intake.dropped(Priority.RENEWAL)).isZero();
        List<Integer> taken = take(Integer.MAX_VALUE);
        assertThat(taken).hasSize(Intake.WAITING_MAX + 1).startsWith(-1, 0, 1).endsWith(Intake.WAITING_MAX - 1);

        receive(MessageType.DISCOVER, "0.0.0.0", 7);
        intake.batchEnd();
        assertThat(take(9)).containsExactly(7);
        assertThat(intake.dropped(Priority.NEW)).isEqualTo(5);
    }

    @Test
    void commandsAreTakenEvenWhereNoPacketMayBe() throws InterruptedException {
        receive(MessageType.REQUEST, "192.0.2.10", 1);
        intake.batchEnd();
        intake.submit(() -> {});

        assertThat(take(0)).isEmpty();
        assertThat(commands).hasSize(1);
        assertThat(take(1)).containsExactly(1);
        assertThat(commands).hasSize(1);
    }

    @Test
    void whoWaitsIsWokenByAPacketOrACommand() throws InterruptedException {
        for (Runnable something : List.<Runnable>of(() -> intake.submit(() -> {}), () -> {
            receive(MessageType.DISCOVER, "0.0.0.0", 1);
            intake.batchEnd();
        })) {
            CountDownLatch woken = new CountDownLatch(1);
            List<Runnable> some = new ArrayList<>();
            List<Arrived> arrived = new ArrayList<>();
            Thread waits = Thread.ofPlatform().start(() -> {
                try {
                    intake.take(some, arrived, 9, Duration.ofHours(1));
                    woken.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            while (waits.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            something.run();
            woken.await();
            assertThat(some.size() + arrived.size()).isEqualTo(1);
        }
    }
}
