package io.dhcpfailover.node.manage.isc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.PartnerKind;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.session.Agreement;
import io.dhcpfailover.node.failover.session.Ending;
import io.dhcpfailover.node.failover.session.Moment;
import io.dhcpfailover.node.failover.session.Terms;
import io.dhcpfailover.node.manage.isc.MixedPair.Role;
import io.dhcpfailover.node.network.LinkCounters;
import io.dhcpfailover.node.network.NetworkLoop;
import io.dhcpfailover.node.network.PartnerLinks;
import io.dhcpfailover.node.network.PartnerPlan;
import io.dhcpfailover.node.network.PartnerReceiver;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ISC dhcpd 4.4.3, and the links of this server with a clock that is somewhere else. */
@Timeout(120)
class IscClocksTest implements PartnerReceiver {

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces("dhcpd");

    private static Lan lan;

    private final Queue<Agreement> begun = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void lan() throws Exception {
        lan = new Lan(NAMESPACES);
    }

    private PartnerLinks links(NetworkLoop loop, long skew) {
        return new PartnerLinks(
                loop,
                () -> new Moment(
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), System.currentTimeMillis() / 1000 + skew),
                new SecureRandom(),
                this);
    }

    private static PartnerPlan plan(Role role) {
        ServerRole self = role == Role.PRIMARY ? ServerRole.Primary : ServerRole.Secondary;
        Relationship relationship = new Relationship(
                Plan.RELATIONSHIP, self, PartnerKind.ISC, Mode.LoadBalance, 50, 5, 15, 0, true, 3, 2000);
        return new PartnerPlan(
                Ipv4Address.parse(role.own.linkAddress),
                647,
                List.of(new PartnerPlan.Partner(
                        new Terms(relationship, null), Ipv4Address.parse(role.own.other().linkAddress), 647)));
    }

    @ParameterizedTest
    @CsvSource({"PRIMARY, 62", "PRIMARY, -62", "SECONDARY, 62", "SECONDARY, -62"})
    void clocksMoreThanAMinuteApartAreRefused(Role role, long skew) throws Exception {
        try (IscServer isc = new IscServer(lan, role.own.other(), Plan.balanced(), folder);
                NetworkLoop loop = lan.namespaces.inside(lan.host(role.own), NetworkLoop::start);
                PartnerLinks links = links(loop, skew)) {
            isc.start();
            links.configure(plan(role));

            await().atMost(MixedPair.PATIENCE)
                    .untilAsserted(() -> assertThat(links.counters().endings(Ending.Cause.CLOCKS))
                            .as(isc.log())
                            .isPositive());
            assertThat(begun).isEmpty();
            assertThat(links.counters().value(LinkCounters.Kind.SESSIONS)).isZero();
            assertThat(isc.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"PRIMARY, 50", "PRIMARY, -50", "SECONDARY, 50", "SECONDARY, -50"})
    void clocksLessThanAMinuteApartAreBorneAndMeasured(Role role, long skew) throws Exception {
        try (IscServer isc = new IscServer(lan, role.own.other(), Plan.balanced(), folder);
                NetworkLoop loop = lan.namespaces.inside(lan.host(role.own), NetworkLoop::start);
                PartnerLinks links = links(loop, skew)) {
            isc.start();
            links.configure(plan(role));

            await().atMost(MixedPair.PATIENCE).until(() -> !begun.isEmpty());
            assertThat(begun.element().skewSeconds()).isBetween(-skew - 2, -skew + 2);
            assertThat(begun.element().warnings()).anyMatch(warning -> warning.contains("set both by NTP"));
        }
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
}
