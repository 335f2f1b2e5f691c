package io.dhcpfailover.operator.summary;

import static io.dhcpfailover.operator.summary.Samples.NOW;
import static io.dhcpfailover.operator.summary.Samples.dhcp1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.Condition.Status;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerStatus;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.Conditions;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.validation.Judgement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What kubectl shows of a server. */
class ServerSummaryTest {

    private static DhcpServerView view(
            long generation,
            boolean authorized,
            Samples server,
            @Nullable Trouble trouble,
            @Nullable DhcpServerStatus before) {
        DhcpServerSpec spec = Specs.server("nodeName: node1, authorized: " + authorized);
        return new DhcpServerView(
                generation,
                spec,
                new Judgement<>(new ObjectKey("DhcpServer", "dhcp", "dhcp1"), List.of(), spec),
                server.view(),
                trouble,
                null,
                List.of(),
                2,
                before);
    }

    private static DhcpServerStatus status(Samples server) {
        return ServerSummary.of(view(1, true, server, null, null), NOW);
    }

    private static Condition condition(DhcpServerStatus status, ConditionType type) {
        return Objects.requireNonNull(Conditions.find(status.conditions(), type));
    }

    private static List<String> events(@Nullable DhcpServerStatus before, DhcpServerStatus after) {
        return ServerEvents.between(before, after).stream()
                .map(event -> event.severity() + " " + event.reason() + " " + event.message())
                .toList();
    }

    @Test
    void everyConditionIsThereWhenAllIsWell() {
        DhcpServerStatus status = status(dhcp1());

        assertThat(status.conditions())
                .extracting(Condition::type, Condition::status, Condition::reason)
                .containsExactly(
                        tuple("Ready", Status.True, "Serves"),
                        tuple("Reachable", Status.True, "Answers"),
                        tuple("Authorized", Status.True, "Authorized"),
                        tuple("AddressStable", Status.True, "Stable"),
                        tuple("StorageHealthy", Status.True, "Healthy"),
                        tuple("ConfigurationValid", Status.True, "Valid"));
        assertThat(status.address()).isEqualTo(Ipv4Address.parse("192.0.2.1"));
        assertThat(status.clockSkew()).isEqualTo(Duration.ZERO);
    }

    @Test
    void whyItsPodDoesNotRunIsSaid() {
        DhcpServerStatus before = status(dhcp1());
        DhcpServerStatus gone = ServerSummary.of(
                view(
                        1,
                        true,
                        dhcp1().unreachable(Duration.ofMinutes(3)),
                        new Trouble(
                                "NodeGone",
                                "its node node1 was deleted: join it again, or create the server elsewhere"),
                        before),
                NOW);

        assertThat(condition(gone, ConditionType.Ready))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.False, "NodeGone");
        assertThat(condition(gone, ConditionType.StorageHealthy).status()).isEqualTo(Status.Unknown);
        assertThat(events(before, gone))
                .containsExactly(
                        "Warning NodeGone its node node1 was deleted: join it again, or create the server elsewhere",
                        "Warning ServerUnreachable its node node1 was deleted: join it again, or create the server"
                                + " elsewhere");
        assertThat(events(gone, ServerSummary.of(view(1, true, dhcp1(), null, gone), NOW)))
                .containsExactly("Normal ServerReachable it answers the operator");
    }

    @Test
    void withoutAnyTroubleOfItsPodItIsTheWayToIt() {
        assertThat(condition(status(dhcp1().unreachable(Duration.ofMinutes(3))), ConditionType.Ready)
                        .message())
                .isEqualTo("it does not answer the operator for 3m: look at its pod and its node, and let the operator"
                        + " reach its TCP port 9647");
    }

    @Test
    void aPortOrAnInterfaceThatItDoesNotGetIsItsReason() {
        DhcpServerStatus before = status(dhcp1());
        DhcpServerStatus taken =
                status(dhcp1().notReady().problem("PortInUse", null, "dnsmasq, process 712, has UDP port 67: stop it"));

        assertThat(condition(taken, ConditionType.Ready).reason()).isEqualTo("PortInUse");
        assertThat(events(before, taken))
                .containsExactly(
                        "Warning PortInUse its process runs and does not serve yet; dnsmasq, process 712, has UDP port"
                                + " 67: stop it");
        assertThat(events(before, status(dhcp1().notReady().problem("InterfaceMissing", null, "there is no eth1"))))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("Warning InterfaceMissing");
    }

    /** Clients renew with the address that they know: another one is told, and not taken over by itself. */
    @Test
    void anotherAddressIsToldAndNotFollowedUntilSomebodyHasActed() {
        DhcpServerStatus before = status(dhcp1());
        DhcpServerStatus moved = ServerSummary.of(view(1, true, dhcp1().at("192.0.2.9"), null, before), NOW);
        DhcpServerStatus still = ServerSummary.of(view(1, true, dhcp1().at("192.0.2.9"), null, moved), NOW);
        DhcpServerStatus acted = ServerSummary.of(view(2, true, dhcp1().at("192.0.2.9"), null, still), NOW);

        assertThat(still.address()).isEqualTo(Ipv4Address.parse("192.0.2.1"));
        assertThat(condition(still, ConditionType.AddressStable).message())
                .startsWith("its interface has 192.0.2.9 now, and clients renew with 192.0.2.1");
        assertThat(events(before, moved)).hasSize(1).first().asString().startsWith("Warning AddressChanged");
        assertThat(events(moved, still)).isEmpty();
        assertThat(acted.address()).isEqualTo(Ipv4Address.parse("192.0.2.9"));
        assertThat(condition(acted, ConditionType.AddressStable).status()).isEqualTo(Status.True);
    }

    @Test
    void authorizationAndMaintenanceAndStorageAreShown() {
        assertThat(condition(
                        ServerSummary.of(view(1, false, dhcp1().notAuthorized(), null, null), NOW),
                        ConditionType.Authorized))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.False, "NotAuthorized");
        assertThat(condition(status(dhcp1().notAuthorized()), ConditionType.Authorized)
                        .reason())
                .isEqualTo("Changing");
        assertThat(condition(status(dhcp1().inMaintenance()), ConditionType.Ready))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.False, "Maintenance");
        DhcpServerStatus full = status(dhcp1().storageFailing().problem("StorageFailing", null, "the disk is full"));
        assertThat(condition(full, ConditionType.StorageHealthy).message()).isEqualTo("the disk is full");
        assertThat(events(status(dhcp1()), full)).containsExactly("Warning StorageFailing the disk is full");
    }

    @Test
    void anExternalServerIsWhatItsPartnersSay() {
        DhcpServerSpec spec = Specs.server("external: {address: 192.0.2.53, protocol: Draft12}");
        DhcpServerStatus status = ServerSummary.of(
                new DhcpServerView(
                        1,
                        spec,
                        new Judgement<>(new ObjectKey("DhcpServer", "dhcp", "isc"), List.of(), spec),
                        dhcp1().outside().view(),
                        null,
                        true,
                        List.of(),
                        1,
                        null),
                NOW);

        assertThat(status.address()).isEqualTo(Ipv4Address.parse("192.0.2.53"));
        assertThat(status.conditions())
                .extracting(Condition::type, Condition::status)
                .containsExactly(
                        tuple("Ready", Status.True),
                        tuple("Reachable", Status.True),
                        tuple("ConfigurationValid", Status.True));
    }

    @Test
    void leasesAreNoNews() {
        assertThat(Change.between(status(dhcp1()), status(dhcp1().leases(21)))).isEqualTo(Change.FIGURES);
        assertThat(Change.between(status(dhcp1()), status(dhcp1().notReady()))).isEqualTo(Change.SUBSTANCE);
    }
}
