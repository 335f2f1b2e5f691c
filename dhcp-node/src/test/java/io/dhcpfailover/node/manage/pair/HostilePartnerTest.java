package io.dhcpfailover.node.manage.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.PartnerKind;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.Secrets;
import io.dhcpfailover.node.failover.session.Agreement;
import io.dhcpfailover.node.failover.session.Ending;
import io.dhcpfailover.node.failover.session.Moment;
import io.dhcpfailover.node.failover.session.Terms;
import io.dhcpfailover.node.manage.pair.PairNetwork.Side;
import io.dhcpfailover.node.network.NetworkLoop;
import io.dhcpfailover.node.network.PartnerLinks;
import io.dhcpfailover.node.network.PartnerPlan;
import io.dhcpfailover.node.network.PartnerReceiver;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who comes from the partner's address and is not the partner, or is it with a wrong clock. */
@Timeout(600)
class HostilePartnerTest {

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces();

    private static PairNetwork network;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void network() throws Exception {
        network = new PairNetwork(NAMESPACES);
    }

    /** The links of a secondary, without anything behind them. */
    private static final class Impostor implements PartnerReceiver, AutoCloseable {
        final NetworkLoop loop;
        final PartnerLinks links;
        final Queue<Agreement> begun = new ConcurrentLinkedQueue<>();

        Impostor(long skew, Secrets secrets) throws Exception {
            loop = network.namespaces.inside(network.host(Side.SECOND), NetworkLoop::start);
            links = new PartnerLinks(loop, () -> now(skew), new SecureRandom(), this);
            Relationship relationship = new Relationship(
                    "pair", ServerRole.Secondary, PartnerKind.NATIVE, Mode.LoadBalance, 50, 5, 10, 0, true, 3, 1000);
            links.configure(new PartnerPlan(
                    Ipv4Address.parse(Side.SECOND.linkAddress),
                    647,
                    List.of(new PartnerPlan.Partner(
                            new Terms(relationship, secrets), Ipv4Address.parse(Side.FIRST.linkAddress), 647))));
        }

        private static Moment now(long skew) {
            return new Moment(
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), System.currentTimeMillis() / 1000 + skew);
        }

        @Override
        public void began(String relationship, long session, Agreement agreement) {
            begun.add(agreement);
        }

        @Override
        public void heard(String relationship, long session, Message message, Runnable taken) {
            taken.run();
        }

        @Override
        public void ended(String relationship, long session, Ending ending) {}

        @Override
        public void close() throws IOException {
            links.close();
            loop.close();
        }
    }

    @Test
    void aPartnerWhoseClockIsFarOffIsRefusedByName() throws Exception {
        try (PairSite site = new PairSite(network, folder, "")) {
            site.start(Side.FIRST).serving();
            try (Impostor partner = new Impostor(-90, Secrets.of("correct horse battery staple"))) {
                await().atMost(PairSite.PATIENCE)
                        .until(() -> site.server(Side.FIRST).log().contains("CRITICAL"));
                assertThat(site.server(Side.FIRST).log())
                        .containsPattern("CRITICAL: relationship pair: .*(89|90|91) s (behind|ahead)");
                assertThat(partner.begun).isEmpty();
            }
            try (Impostor right = new Impostor(-20, Secrets.of("correct horse battery staple"))) {
                await().atMost(PairSite.PATIENCE).until(() -> !right.begun.isEmpty());
            }
        }
    }

    @Test
    void aPartnerWithoutTheSecretIsRefused() throws Exception {
        try (PairSite site = new PairSite(network, folder, "");
                Impostor partner = new Impostor(0, Secrets.of("a guess"))) {
            site.start(Side.FIRST).serving();
            await().atMost(PairSite.PATIENCE)
                    .until(() -> site.server(Side.FIRST).log().contains("the partner closed the connection"));
            assertThat(partner.begun).isEmpty();
            assertThat(site.server(Side.FIRST).log()).doesNotContain("has begun", "correct horse");
        }
    }

    /** ISC dhcpd ends within seconds of such a session. */
    @Test
    void octetsOfAnyKindDoNotDisturbAPairThatWorks() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        try (PairSite site = new PairSite(network, folder, "").normal()) {
            for (int i = 0; i < 200; i++) {
                byte[] octets = new byte[random.nextInt(1, 400)];
                random.nextBytes(octets);
                if (random.nextBoolean() && octets.length > 12) {
                    octets[0] = 0;
                    octets[1] = (byte) Math.min(octets.length, 255);
                    octets[2] = (byte) random.nextInt(1, 13);
                    octets[3] = 12;
                }
                network.namespaces.inside(network.host(Side.SECOND), () -> {
                    try (Socket socket = new Socket()) {
                        socket.bind(new InetSocketAddress(Side.SECOND.linkAddress, 0));
                        socket.connect(new InetSocketAddress(Side.FIRST.linkAddress, 647), 2000);
                        socket.getOutputStream().write(octets);
                        return 0;
                    } catch (IOException e) {
                        return 1; // It was closed before all was written.
                    }
                });
            }
            await().during(Duration.ofMillis(1500)).atMost(PairSite.PATIENCE).untilAsserted(() -> {
                assertThat(List.of(String.valueOf(site.stateOf(Side.FIRST)), String.valueOf(site.stateOf(Side.SECOND))))
                        .containsExactly("NORMAL", "NORMAL");
                assertThat(site.logs()).doesNotContain("COMMUNICATIONS-INTERRUPTED", "Exception");
            });
        }
    }
}
