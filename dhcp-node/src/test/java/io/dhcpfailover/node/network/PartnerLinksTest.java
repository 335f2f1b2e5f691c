package io.dhcpfailover.node.network;

import static io.dhcpfailover.node.network.LinkedServer.partner;
import static io.dhcpfailover.node.network.LinkedServer.plan;
import static io.dhcpfailover.node.network.LinkedServer.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.message.Header;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.Secrets;
import io.dhcpfailover.node.failover.session.Ending.Cause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Links of two servers over TCP, on addresses of loopback. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class PartnerLinksTest {

    private static final String FIRST = "127.0.0.11";
    private static final String SECOND = "127.0.0.12";
    private static final Secrets SECRET = Secrets.of("correct horse");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private LinkedServer primary;
    private LinkedServer secondary;
    private int port;

    @BeforeEach
    void start() throws Exception {
        port = freePort();
        primary = new LinkedServer();
        secondary = new LinkedServer();
    }

    @AfterEach
    void stop() throws Exception {
        primary.close();
        secondary.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(FIRST))) {
            return socket.getLocalPort();
        }
    }

    private void link() {
        secondary.links.configure(
                plan(SECOND, port, partner(terms("pair", ServerRole.Secondary, SECRET), FIRST, port)));
        primary.links.configure(plan(FIRST, port, partner(terms("pair", ServerRole.Primary, SECRET), SECOND, port)));
        awaitUp();
    }

    private void awaitUp() {
        await().atMost(PATIENCE).until(() -> primary.isUp() && secondary.isUp());
    }

    private static Message.UpdateRequest message(long xid) {
        return new Message.UpdateRequest(new Header(System.currentTimeMillis() / 1000, xid));
    }

    @Test
    void twoServersThatBothDialHaveOneSession() {
        link();
        staysFor(Duration.ofSeconds(5), () -> {
            assertThat(primary.begun).hasSize(1);
            assertThat(secondary.begun).hasSize(1);
            assertThat(primary.ended).isEmpty();
            assertThat(secondary.ended).isEmpty();
        });
    }

    @Test
    void oneThatCannotBeDialedIsLinkedByDialing() {
        // The primary knows a port where nobody listens.
        secondary.links.configure(
                plan(SECOND, port, partner(terms("pair", ServerRole.Secondary, SECRET), FIRST, port)));
        primary.links.configure(plan(FIRST, port, partner(terms("pair", ServerRole.Primary, SECRET), SECOND, 1)));

        awaitUp();
    }

    @Test
    void messagesArriveInTheirOrder() {
        link();
        for (int xid = 1; xid <= 5000; xid++) {
            primary.links.send("pair", primary.session.get(), message(xid));
        }
        await().atMost(PATIENCE).until(() -> secondary.heard.size() == 5000);

        assertThat(secondary.heard)
                .extracting(message -> message.header().xid())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 5000).mapToObj(Long::valueOf).toList());
    }

    @Test
    void aMessageForASessionThatIsOverIsNotSentInTheNext() {
        link();
        long old = primary.session.get();
        primary.links.drop("pair", old, "for the test");
        await().atMost(PATIENCE).until(() -> primary.begun.size() == 2 && primary.isUp() && secondary.isUp());
        primary.links.send("pair", old, message(1));
        primary.links.send("pair", primary.session.get(), message(2));
        await().atMost(PATIENCE).until(() -> !secondary.heard.isEmpty());

        assertThat(secondary.heard)
                .extracting(message -> message.header().xid())
                .containsExactly(2L);
        assertThat(primary.links.counters().value(LinkCounters.Kind.UNSENT)).isEqualTo(1);
    }

    @Test
    void aPartnerThatEndsIsMissedAtOnceAndFoundWhenItReturns() throws Exception {
        link();
        secondary.close();
        await().atMost(Duration.ofSeconds(1)).until(() -> primary.ended.size() == 1);
        assertThat(primary.ended.element().cause()).isEqualTo(Cause.CLOSED);
        assertThat(primary.ended.element().text()).contains("the server stops");

        secondary = new LinkedServer();
        secondary.links.configure(
                plan(SECOND, port, partner(terms("pair", ServerRole.Secondary, SECRET), FIRST, port)));
        awaitUp();
    }

    @Test
    void aPartnerThatIsStillIsMissedWithinFourSeconds() {
        link();
        long start = System.nanoTime();
        CountDownLatch goesOn = new CountDownLatch(1);
        secondary.loop.executor().execute(() -> isHeldUpUntil(goesOn));
        await().atMost(Duration.ofSeconds(6)).until(() -> primary.ended.size() == 1);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(primary.ended.element().cause()).isEqualTo(Cause.SILENT);
        goesOn.countDown();
        awaitUp();
    }

    private static void isHeldUpUntil(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void strangersAreNotHeard() throws Exception {
        link();
        try (Socket stranger = new Socket()) {
            stranger.bind(new InetSocketAddress("127.0.0.13", 0));
            stranger.connect(new InetSocketAddress(SECOND, port));
            assertThat(stranger.getInputStream().read()).as("the end").isEqualTo(-1);
        }
        assertThat(secondary.links.counters().value(LinkCounters.Kind.STRANGERS))
                .isEqualTo(1);
        assertThat(secondary.ended).isEmpty();
    }

    @Test
    void moreConnectionsOfAPartnerThanItNeedsAreClosed() throws Exception {
        link();
        Socket[] idle = new Socket[3];
        for (int i = 0; i < idle.length; i++) {
            idle[i] = new Socket();
            idle[i].bind(new InetSocketAddress(FIRST, 0));
            idle[i].connect(new InetSocketAddress(SECOND, port));
        }
        assertThat(idle[2].getInputStream().read()).as("the end").isEqualTo(-1);
        long start = System.nanoTime();
        assertThat(idle[0].getInputStream().read()).as("the end").isEqualTo(-1);
        assertThat(idle[1].getInputStream().read()).as("the end").isEqualTo(-1);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(7));
        assertThat(secondary.links.counters().value(LinkCounters.Kind.TOO_MANY)).isEqualTo(1);
        assertThat(secondary.ended).as("the session goes on").isEmpty();
        for (Socket socket : idle) {
            socket.close();
        }
    }

    @Test
    void whoHasAnotherSecretHasNoSession() {
        secondary.links.configure(
                plan(SECOND, port, partner(terms("pair", ServerRole.Secondary, SECRET), FIRST, port)));
        primary.links.configure(
                plan(FIRST, port, partner(terms("pair", ServerRole.Primary, Secrets.of("a guess")), SECOND, port)));
        await().atMost(PATIENCE).until(() -> secondary.links.counters().endings(Cause.NOT_AUTHENTIC) > 0);

        assertThat(primary.begun).isEmpty();
        assertThat(secondary.begun).isEmpty();
    }

    @Test
    void secretsAreChangedWithoutABreak() throws Exception {
        link();
        for (Secrets secrets : new Secrets[] {
            Secrets.of("correct horse", "next"), Secrets.of("next", "correct horse"), Secrets.of("next")
        }) {
            primary.links.configure(
                    plan(FIRST, port, partner(terms("pair", ServerRole.Primary, secrets), SECOND, port)));
            bothStayLinked();
            secondary.links.configure(
                    plan(SECOND, port, partner(terms("pair", ServerRole.Secondary, secrets), FIRST, port)));
            bothStayLinked();
        }
    }

    private void bothStayLinked() {
        staysFor(Duration.ofMillis(1500), () -> {
            assertThat(primary.ended).isEmpty();
            assertThat(secondary.ended).isEmpty();
        });
    }

    private static void staysFor(Duration time, ThrowingRunnable holds) {
        await().during(time).atMost(time.plus(PATIENCE)).untilAsserted(holds);
    }

    @Test
    void clocksTooFarApartAreRefusedUntilTheyAreRight() {
        secondary.skew.set(75);
        secondary.links.configure(
                plan(SECOND, port, partner(terms("pair", ServerRole.Secondary, SECRET), FIRST, port)));
        primary.links.configure(plan(FIRST, port, partner(terms("pair", ServerRole.Primary, SECRET), SECOND, port)));
        await().atMost(PATIENCE).until(() -> primary.links.counters().endings(Cause.CLOCKS) > 0);
        assertThat(primary.begun).isEmpty();
        secondary.skew.set(20);
        awaitUp();

        assertThat(primary.begun.element().skewSeconds()).isBetween(19L, 21L);
        assertThat(secondary.begun.element().skewSeconds()).isBetween(-21L, -19L);
    }

    @Test
    void aServerIsPrimaryInOneRelationshipAndSecondaryInAnother() {
        primary.links.configure(plan(
                FIRST,
                port,
                partner(terms("one", ServerRole.Primary, SECRET), SECOND, port),
                partner(terms("two", ServerRole.Secondary, Secrets.of("second secret")), SECOND, port),
                partner(terms("three", ServerRole.Primary, SECRET), SECOND, port)));
        secondary.links.configure(plan(
                SECOND,
                port,
                partner(terms("one", ServerRole.Secondary, SECRET), FIRST, port),
                partner(terms("two", ServerRole.Primary, Secrets.of("second secret")), FIRST, port),
                partner(terms("three", ServerRole.Secondary, SECRET), FIRST, port)));
        await().atMost(PATIENCE).until(() -> primary.begun.size() == 3 && secondary.begun.size() == 3);

        assertThat(primary.begun)
                .extracting(agreement -> agreement.relationship())
                .containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void aRelationshipThatIsTakenAwayEnds() {
        link();
        secondary.links.configure(PartnerPlan.NONE);
        await().atMost(PATIENCE).until(() -> secondary.ended.size() == 1 && primary.ended.size() == 1);

        assertThat(secondary.ended.element().cause()).isEqualTo(Cause.STOPPED);
    }

    /** The engine is slow: the partner is not read from any more, and nothing is lost. */
    @Test
    void aPartnerThatSendsMoreThanIsTakenWaits() throws Exception {
        link();
        secondary.takes = false;
        int count = 30_000;
        for (int xid = 1; xid <= count; xid++) {
            primary.links.send("pair", primary.session.get(), message(xid));
        }
        await().atMost(PATIENCE).until(() -> secondary.heard.size() >= LinkChannel.WAITING_MAX);
        staysFor(
                Duration.ofMillis(500),
                () -> assertThat(secondary.heard)
                        .as("and what was read at once with it")
                        .hasSizeLessThan(count / 2));
        secondary.takes = true;
        for (Runnable taken = secondary.untaken.poll(); taken != null; taken = secondary.untaken.poll()) {
            taken.run();
        }
        await().atMost(PATIENCE).until(() -> secondary.heard.size() == count);

        assertThat(secondary.ended).isEmpty();
    }
}
