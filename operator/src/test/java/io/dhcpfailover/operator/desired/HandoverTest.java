package io.dhcpfailover.operator.desired;

import static io.dhcpfailover.operator.desired.Examples.objects;
import static io.dhcpfailover.operator.desired.Examples.relationship;
import static io.dhcpfailover.operator.desired.Examples.scope;
import static io.dhcpfailover.operator.desired.Examples.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.node.ScopeReport;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who has to wait when a scope goes from one server to another. */
final class HandoverTest {

    private static final String OFFICE = "DhcpScope/office";

    private final DhcpServer dhcp1 = server("dhcp1", "{nodeName: node1}");
    private final DhcpServer dhcp2 = server("dhcp2", "{nodeName: node2}");
    private final DhcpServer dhcp3 = server("dhcp3", "{nodeName: node3}");
    private final DhcpFailoverRelationship pair =
            relationship("pair", "{primaryServer: dhcp1, secondaryServer: dhcp2}");
    private final DhcpFailoverRelationship other =
            relationship("other", "{primaryServer: dhcp1, secondaryServer: dhcp3}");
    private final NamespaceObjects paired =
            objects(dhcp1, dhcp2, dhcp3, pair, other, office("failoverRelationship: pair"));
    private final NamespaceObjects alone = objects(dhcp1, dhcp2, dhcp3, pair, other, office("server: dhcp1"));
    private final NamespaceObjects moved =
            objects(dhcp1, dhcp2, dhcp3, pair, other, office("failoverRelationship: other"));
    private final Map<String, NodeStatus> said = new HashMap<>();
    private final Map<String, Map<String, Item>> held = new HashMap<>();
    private final Set<String> expected = new HashSet<>();

    private static DhcpScope office(String owner) {
        return scope(
                "office",
                "{subnet: 198.51.100.0/24, ranges: [{start: 198.51.100.10, end: 198.51.100.99}], " + owner + "}");
    }

    private static Map<String, ServerConfiguration> wishes(NamespaceObjects objects) {
        Map<String, ServerConfiguration> wishes = new HashMap<>();
        objects.servers().forEach((name, server) -> wishes.put(name, ServerConfiguration.of(server, objects)));
        return wishes;
    }

    /** Every server serves what is asked in {@code objects}, and has nothing left to tell. */
    private void serve(NamespaceObjects objects) {
        wishes(objects).forEach((name, wish) -> {
            held.put(name, wish.items());
            say(name, wish.items().get(OFFICE), FailoverState.Normal, 0);
        });
    }

    private void say(String server, @Nullable Item office, FailoverState state, long pending) {
        List<ScopeReport> scopes = office == null
                ? List.of()
                : List.of(new ScopeReport("office", 1, office.hash(), null, 90, 0, 0, 0, 90, 45, 45, null));
        said.put(
                server,
                new NodeStatus(
                        "dhcp",
                        server,
                        "1",
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null,
                        1,
                        "whole",
                        true,
                        true,
                        false,
                        true,
                        0,
                        List.of(report("pair", state, pending), report("other", FailoverState.Normal, 0)),
                        scopes,
                        List.of()));
    }

    private static RelationshipReport report(String name, FailoverState state, long pending) {
        return new RelationshipReport(
                name,
                1,
                "hash",
                ServerRole.Secondary,
                state,
                null,
                null,
                null,
                true,
                null,
                null,
                pending,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                null,
                null,
                "",
                1);
    }

    private Handover to(NamespaceObjects objects) {
        return new Handover(wishes(objects), said, held, expected);
    }

    @Test
    void nobodyWaitsWhereNothingMoves() {
        serve(paired);

        assertThat(to(paired).awaitedBy("dhcp1")).isEmpty();
        assertThat(to(paired).awaitedBy("dhcp2")).isEmpty();
    }

    @Test
    void whoKeepsAScopeGoesOnInThePairUntilThePartnerHasLetItGo() {
        serve(paired);

        assertThat(to(alone).awaitedBy("dhcp1")).containsOnlyKeys(OFFICE);
        assertThat(to(alone).awaitedBy("dhcp2")).isEmpty();

        say("dhcp2", null, FailoverState.Normal, 0);

        assertThat(to(alone).awaitedBy("dhcp1")).isEmpty();
    }

    @Test
    void whoKeepsAScopeWaitsForAllThatThePartnerKnowsOfIt() {
        serve(paired);

        say("dhcp2", null, FailoverState.Normal, 1);
        assertThat(to(alone).awaitedBy("dhcp1")).containsOnlyKeys(OFFICE);

        say("dhcp2", null, FailoverState.CommunicationsInterrupted, 0);
        assertThat(to(alone).awaitedBy("dhcp1")).containsOnlyKeys(OFFICE);
    }

    @Test
    void whoKeepsAScopeWaitsForAPartnerThatHasNotBeenHeard() {
        serve(paired);
        said.remove("dhcp2");

        assertThat(to(alone).awaitedBy("dhcp1")).containsOnlyKeys(OFFICE);
    }

    /** An operator that has just begun does not know with whom a server shared what. */
    @Test
    void whoeverMayHoldAnythingWaitsForThoseThatHaveNotBeenHeard() {
        serve(paired);
        said.remove("dhcp2");
        held.remove("dhcp1");

        assertThat(to(alone).awaitedBy("dhcp1")).containsOnlyKeys(OFFICE);
    }

    @Test
    void whoIsWaitedForIsNamed() {
        serve(paired);
        assertThat(to(alone).awaitedBy("dhcp1").get(OFFICE)).startsWith("dhcp2 still serves it as before");

        say("dhcp2", null, FailoverState.Normal, 1);
        assertThat(to(alone).awaitedBy("dhcp1").get(OFFICE)).startsWith("dhcp2 may know of leases");

        said.remove("dhcp2");
        assertThat(to(alone).awaitedBy("dhcp1").get(OFFICE)).startsWith("dhcp2 has said nothing yet");
    }

    @Test
    void whoeverHoldsNobodyKnowsWhatGoesOnWithThat() {
        serve(paired);
        held.remove("dhcp1");

        assertThat(to(paired).awaitedBy("dhcp1")).containsOnlyKeys(OFFICE);
        assertThat(to(paired).awaitedBy("dhcp2")).isEmpty();
    }

    @Test
    void aScopeWaitsForThoseThatAnOperatorWhichBeganHasNotHeardYet() {
        serve(paired);
        said.remove("dhcp2");
        expected.add("dhcp2");

        assertThat(to(paired).awaitedBy("dhcp1")).as("nothing moves").isEmpty();
        assertThat(to(moved).awaitedBy("dhcp3")).as("dhcp2 may serve it").containsOnlyKeys(OFFICE);

        expected.clear();

        assertThat(to(moved).awaitedBy("dhcp3"))
                .as("dhcp1 holds it in a relationship with dhcp2, which does not answer")
                .containsOnlyKeys(OFFICE);

        say("dhcp2", null, FailoverState.Normal, 0);

        assertThat(to(moved).awaitedBy("dhcp3")).isEmpty();
    }

    @Test
    void aScopeThatJoinsAPairIsServedByBothAtOnce() {
        serve(alone);

        assertThat(to(paired).awaitedBy("dhcp1")).isEmpty();
        assertThat(to(paired).awaitedBy("dhcp2")).isEmpty();
    }

    @Test
    void aScopeThatMovesToAnotherPairWaitsForTheOneThatLosesIt() {
        serve(paired);

        assertThat(to(moved).awaitedBy("dhcp1")).containsOnlyKeys(OFFICE);
        assertThat(to(moved).awaitedBy("dhcp3")).containsOnlyKeys(OFFICE);

        say("dhcp2", null, FailoverState.Normal, 0);

        assertThat(to(moved).awaitedBy("dhcp1")).isEmpty();
        assertThat(to(moved).awaitedBy("dhcp3")).isEmpty();
    }

    @Test
    void aPartnerThatKeepsADisabledCopyHasLetItGoOnceItHoldsThatCopy() {
        serve(paired);
        DhcpScope copied = office("server: dhcp1");
        copied.getMetadata().setAnnotations(Map.of(DisabledCopies.ANNOTATION, "dhcp2"));
        NamespaceObjects objects = objects(dhcp1, dhcp2, dhcp3, pair, other, copied);

        assertThat(to(objects).awaitedBy("dhcp1")).containsOnlyKeys(OFFICE);
        assertThat(to(objects).awaitedBy("dhcp2")).isEmpty();

        say("dhcp2", ServerConfiguration.of(dhcp2, objects).items().get(OFFICE), FailoverState.Normal, 0);

        assertThat(to(objects).awaitedBy("dhcp1")).isEmpty();
    }
}
