package io.dhcpfailover.operator.desired;

import static io.dhcpfailover.operator.desired.Examples.objects;
import static io.dhcpfailover.operator.desired.Examples.relationship;
import static io.dhcpfailover.operator.desired.Examples.scope;
import static io.dhcpfailover.operator.desired.Examples.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a server is to hold, and what it is sent of that. */
final class ServerConfigurationTest {

    private static final String RANGES = "ranges: [{start: 198.51.100.10, end: 198.51.100.99}]";

    private final DhcpServer dhcp1 = server("dhcp1", "{nodeName: node1, podTemplate: {annotations: {a: b}}}");
    private final DhcpServer dhcp2 = server("dhcp2", "{nodeName: node2, authorized: false}");
    private final DhcpServer dhcp3 = server("dhcp3", "{nodeName: node3}");
    private final DhcpFailoverRelationship pair =
            relationship("pair", "{primaryServer: dhcp1, secondaryServer: dhcp2}");
    private final DhcpScope shared = scope("shared", scopeOf("failoverRelationship: pair", "8h"));
    private final DhcpScope lonely = scope("lonely", scopeOf("server: dhcp3", "8h"));
    private final Secret secret = SharedSecret.of(pair, new byte[SharedSecret.OCTETS]);

    private static String scopeOf(String owner, String lease) {
        return "{subnet: 198.51.100.0/24, " + RANGES + ", leaseDuration: " + lease + ", " + owner + "}";
    }

    @Test
    void hasWhatConcernsTheServerAndNothingElse() {
        NamespaceObjects all = objects(dhcp1, dhcp2, dhcp3, pair, shared, lonely, secret);

        assertThat(ServerConfiguration.of(dhcp1, all).items().keySet())
                .containsExactly(
                        "DhcpFailoverRelationship/pair",
                        "DhcpScope/shared",
                        "DhcpServer/dhcp1",
                        "DhcpServer/dhcp2",
                        "Secret/pair-dhcp-failover");
        assertThat(ServerConfiguration.of(dhcp3, all).items().keySet())
                .containsExactly("DhcpScope/lonely", "DhcpServer/dhcp3");
    }

    @Test
    void bothServersHaveTheSameScopeAndRelationship() {
        NamespaceObjects all = objects(dhcp1, dhcp2, pair, shared, secret);
        Map<String, Item> one = ServerConfiguration.of(dhcp1, all).items();
        Map<String, Item> other = ServerConfiguration.of(dhcp2, all).items();

        assertThat(one.get("DhcpScope/shared")).isEqualTo(other.get("DhcpScope/shared"));
        assertThat(one.get("DhcpFailoverRelationship/pair")).isEqualTo(other.get("DhcpFailoverRelationship/pair"));
    }

    @Test
    void saysWhereServersReachEachOther() {
        Map<String, Item> items = ServerConfiguration.of(dhcp1, objects(dhcp1, dhcp2, pair, secret))
                .items();

        assertThat(spec(items, "DhcpServer/dhcp1")).containsEntry("failoverAddress", "192.0.2.1");
        assertThat(spec(items, "DhcpServer/dhcp2"))
                .containsEntry("failoverAddress", "192.0.2.2")
                .containsEntry("authorized", false)
                .containsEntry("nodeName", "node2");
    }

    @Test
    void leavesOutWhatIsThePodsAlone() {
        assertThat(spec(ServerConfiguration.of(dhcp1, objects(dhcp1)).items(), "DhcpServer/dhcp1"))
                .doesNotContainKeys("podTemplate", "storage");
    }

    @Test
    void namesTheSecretThatTheOperatorGenerates() {
        Map<String, Item> items = ServerConfiguration.of(dhcp1, objects(dhcp1, dhcp2, pair, secret))
                .items();

        assertThat(spec(items, "DhcpFailoverRelationship/pair"))
                .containsEntry(
                        "messageAuthentication",
                        Map.of("enabled", true, "secretRef", Map.of("name", "pair-dhcp-failover")));
    }

    @Test
    void aRelationshipWaitsForItsSecret() {
        ServerConfiguration configuration = ServerConfiguration.of(dhcp1, objects(dhcp1, dhcp2, pair, shared));

        assertThat(configuration.toSend(Map.of(), Set.of(), Set.of()).keySet())
                .containsExactly("DhcpServer/dhcp1", "DhcpServer/dhcp2");
    }

    @Test
    void aScopeThatIsPairedWithANodeNobodyKnowsIsServedAloneAsBefore() {
        DhcpScope alone = scope("shared", scopeOf("server: dhcp1", "8h"));
        Map<String, Item> held =
                ServerConfiguration.of(dhcp1, objects(dhcp1, alone)).items();
        NamespaceObjects all = new NamespaceObjects(
                Examples.NAMESPACE,
                objects(dhcp1, dhcp2).servers(),
                objects(pair).relationships(),
                objects(shared).scopes(),
                Map.of("pair-dhcp-failover", secret),
                objects(dhcp1).failoverAddresses());

        assertThat(ServerConfiguration.of(dhcp1, all).toSend(held, Set.of(), Set.of()))
                .doesNotContainKeys("DhcpServer/dhcp2", "DhcpFailoverRelationship/pair")
                .containsEntry("DhcpScope/shared", held.get("DhcpScope/shared"));
    }

    @Test
    void goesOnWithWhatTheServerHoldsOfAnObjectThatIsWithheld() {
        Map<String, Item> held = ServerConfiguration.of(dhcp1, objects(dhcp1, dhcp2, pair, shared, secret))
                .items();
        DhcpScope changed = scope("shared", scopeOf("failoverRelationship: pair", "1h"));
        ServerConfiguration configuration = ServerConfiguration.of(dhcp1, objects(dhcp1, dhcp2, pair, changed, secret));

        assertThat(configuration.toSend(held, Set.of("DhcpScope/shared"), Set.of()))
                .isEqualTo(held);
        assertThat(configuration.toSend(held, Set.of(), Set.of()).get("DhcpScope/shared"))
                .isNotEqualTo(held.get("DhcpScope/shared"));
    }

    @Test
    void leavesOutAWithheldObjectThatTheServerNeverHeld() {
        ServerConfiguration configuration = ServerConfiguration.of(dhcp1, objects(dhcp1, dhcp2, pair, shared, secret));

        assertThat(configuration.toSend(Map.of(), Set.of("DhcpScope/shared"), Set.of()))
                .doesNotContainKey("DhcpScope/shared")
                .containsKey("DhcpFailoverRelationship/pair");
    }

    @Test
    void aScopeWhoseNewOwnerIsUnknownGoesOnInItsRelationship() {
        Map<String, Item> held = ServerConfiguration.of(dhcp1, objects(dhcp1, dhcp2, pair, shared, secret))
                .items();
        DhcpScope lost = scope("shared", scopeOf("failoverRelationship: nowhere", "8h"));

        assertThat(ServerConfiguration.of(dhcp1, objects(dhcp1, dhcp2, pair, lost, secret))
                        .toSend(held, Set.of("DhcpScope/shared"), Set.of()))
                .isEqualTo(held);
    }

    @Test
    void aPartnerWhoseResourceIsDeletedStaysAPartnerUntilTheRelationshipIsDeleted() {
        Map<String, Item> held = ServerConfiguration.of(dhcp1, objects(dhcp1, dhcp2, pair, shared, secret))
                .items();

        assertThat(ServerConfiguration.of(dhcp1, objects(dhcp1, pair, shared, secret))
                        .toSend(held, Set.of(), Set.of()))
                .isEqualTo(held);
    }

    @Test
    void manualReplicationGoesToThePrimaryAlone() {
        DhcpFailoverRelationship manual =
                relationship("pair", "{primaryServer: dhcp1, secondaryServer: dhcp2, replication: Manual}");
        NamespaceObjects before = objects(dhcp1, dhcp2, manual, shared, secret);
        DhcpScope changed = scope("shared", scopeOf("failoverRelationship: pair", "1h"));
        NamespaceObjects after = objects(dhcp1, dhcp2, manual, changed, secret);
        Map<String, Item> heldByPrimary = ServerConfiguration.of(dhcp1, before).items();
        Map<String, Item> heldBySecondary =
                ServerConfiguration.of(dhcp2, before).items();
        String key = "DhcpScope/shared";

        assertThat(ServerConfiguration.of(dhcp1, after)
                        .toSend(heldByPrimary, Set.of(), Set.of())
                        .get(key))
                .isNotEqualTo(heldByPrimary.get(key));
        assertThat(ServerConfiguration.of(dhcp2, after).toSend(heldBySecondary, Set.of(), Set.of()))
                .isEqualTo(heldBySecondary);
        assertThat(ServerConfiguration.of(dhcp2, after)
                        .toSend(heldBySecondary, Set.of(), Set.of(key))
                        .get(key))
                .isNotEqualTo(heldBySecondary.get(key));
    }

    @Test
    void aNewScopeOfAManualRelationshipGoesToBothAtFirst() {
        DhcpFailoverRelationship manual =
                relationship("pair", "{primaryServer: dhcp1, secondaryServer: dhcp2, replication: Manual}");

        assertThat(ServerConfiguration.of(dhcp2, objects(dhcp1, dhcp2, manual, shared, secret))
                        .toSend(Map.of(), Set.of(), Set.of()))
                .containsKey("DhcpScope/shared");
    }

    @Test
    void aDisabledCopyStaysWithTheServerThatTheScopeLeft() {
        DhcpScope left = scope("shared", scopeOf("server: dhcp1", "8h"));
        left.getMetadata().setAnnotations(Map.of(DisabledCopies.ANNOTATION, "dhcp2"));
        NamespaceObjects all = objects(dhcp1, dhcp2, left);

        assertThat(spec(ServerConfiguration.of(dhcp2, all).items(), "DhcpScope/shared"))
                .containsEntry("state", "Inactive")
                .containsEntry("server", "dhcp2");
        assertThat(spec(ServerConfiguration.of(dhcp1, all).items(), "DhcpScope/shared"))
                .containsEntry("state", "Active");
    }

    private static Map<String, Object> spec(Map<String, Item> items, String key) {
        return Item.spec(Objects.requireNonNull(items.get(key), key).manifest());
    }
}
