package io.dhcpfailover.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who answers to ICMP echo, and who does not. */
@Timeout(120)
class ProberTest {

    private static final Ipv4Address USED = Ipv4Address.parse("10.80.0.2");
    private static final Ipv4Address UNUSED = Ipv4Address.parse("10.80.0.99");

    /** Long enough that the answer of a machine that is there always comes before. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final Duration SHORT = Duration.ofMillis(50);

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces();

    private final NetworkLoop loop = NAMESPACES.inside(Host.SERVER, NetworkLoop::start);
    private final Prober prober = new Prober(loop);

    ProberTest() throws Exception {}

    @AfterEach
    void close() throws Exception {
        prober.close();
        loop.close();
    }

    private CompletableFuture<Boolean> probe(Ipv4Address address, int attempts, Duration timeout) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        assertThat(prober.probe(address, attempts, timeout, result::complete)).isTrue();
        return result.orTimeout(30, TimeUnit.SECONDS);
    }

    @Test
    void anAddressThatAnswersIsInUse() throws Exception {
        assertThat(probe(USED, 1, LONG).get()).isTrue();
        assertThat(prober.running()).isZero();
    }

    @Test
    void anAddressThatDoesNotAnswerIsNotInUseAfterTheLastTimeout() throws Exception {
        long start = System.nanoTime();

        assertThat(probe(UNUSED, 3, SHORT).get()).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT.multipliedBy(3));
        assertThat(prober.running()).isZero();
    }

    @Test
    void anAddressWithoutARouteIsNotInUse() throws Exception {
        assertThat(probe(Ipv4Address.parse("192.0.2.1"), 1, SHORT).get()).isFalse();
    }

    @Test
    void manyProbesRunAtOnceAndOneTooManyIsRefused() throws Exception {
        List<CompletableFuture<Boolean>> used = new ArrayList<>();
        List<CompletableFuture<Boolean>> unused = new ArrayList<>();
        for (int i = 0; i < Prober.PROBES_MAX / 2; i++) {
            unused.add(probe(UNUSED.plus(i), 1, LONG));
            used.add(probe(USED, 1, LONG));
        }
        assertThat(used).allSatisfy(result -> assertThat(result.get()).isTrue());
        await().until(() -> prober.running() == Prober.PROBES_MAX / 2);
        for (int i = 0; i < Prober.PROBES_MAX / 2; i++) {
            unused.add(probe(UNUSED, 1, LONG));
        }

        assertThat(prober.probe(USED, 1, LONG, inUse -> {})).isFalse();

        assertThat(unused).noneMatch(CompletableFuture::isDone);
        prober.close();
        assertThat(unused).allSatisfy(result -> assertThat(result.get()).isFalse());
    }

    @Test
    void anAnswerFromAnotherAddressIsNone() throws Exception {
        // Behind the relay, which sees the request and answers it as itself. Nobody else does.
        Ipv4Address behind = Ipv4Address.parse("10.82.0.99");
        try (Sniffer sniffer = NAMESPACES.inside(Host.RELAY, Sniffer::new);
                Sniffer server = NAMESPACES.inside(Host.SERVER, Sniffer::new)) {
            CompletableFuture<Boolean> result = probe(behind, 1, Duration.ofSeconds(1));
            Sniffer.Frame request = sniffer.next(
                    frame -> frame.protocol() == 1 && frame.octets().getInt(30) == behind.bits());

            answer(Host.RELAY, request.octets());
            server.next(frame -> frame.protocol() == 1 && frame.octets().get(34) == 0);

            assertThat(result.get()).isFalse();
        }
    }

    @Test
    void theSameAnswerFromTheAddressItselfIsOne() throws Exception {
        NAMESPACES.exec(Host.RELAY, "sh", "-c", "echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all");
        try (Sniffer sniffer = NAMESPACES.inside(Host.RELAY, Sniffer::new)) {
            CompletableFuture<Boolean> result = probe(USED, 1, LONG);
            Sniffer.Frame request = sniffer.next(
                    frame -> frame.protocol() == 1 && frame.octets().getInt(30) == USED.bits());

            answer(Host.RELAY, request.octets());

            assertThat(result.get()).isTrue();
        } finally {
            NAMESPACES.exec(Host.RELAY, "sh", "-c", "echo 0 >/proc/sys/net/ipv4/icmp_echo_ignore_all");
        }
    }

    /** Answers the request in a frame, from the address that the host has towards the server. */
    private static void answer(Host host, ByteBuffer request) throws Exception {
        NAMESPACES.inside(host, () -> {
            try (Arena arena = Arena.ofConfined()) {
                Libc libc = new Libc(arena);
                int descriptor = libc.socket(Libc.AF_INET, Libc.SOCK_RAW, 1);
                int length = request.limit() - 34;
                MemorySegment octets = arena.allocate(length);
                ByteBuffer answer = octets.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
                answer.put(0, request, 34, length).put(0, (byte) 0).putShort(2, (short) 0);
                answer.putShort(2, InternetChecksum.of(InternetChecksum.sum(answer, 0, length)));
                MemorySegment address = arena.allocate(16, 4);
                address.set(ValueLayout.JAVA_SHORT, 0, (short) Libc.AF_INET);
                address.asByteBuffer().order(ByteOrder.BIG_ENDIAN).putInt(4, request.getInt(26));
                int sent = libc.sendto(descriptor, octets, address);
                libc.close(descriptor);
                assertThat(sent).isEqualTo(length);
                return sent;
            }
        });
    }
}
