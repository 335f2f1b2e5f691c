package io.dhcpfailover.operator.node;

import static io.dhcpfailover.operator.desired.Examples.objects;
import static io.dhcpfailover.operator.desired.Examples.relationship;
import static io.dhcpfailover.operator.desired.Examples.scope;
import static io.dhcpfailover.operator.desired.Examples.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.node.ConfigurationAnswer.Problem;
import io.dhcpfailover.api.node.ConfigurationDocument;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.operator.desired.ServerConfiguration;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server is brought to hold what it is to hold, and what it says arrives. */
final class ServerLinkTest {

    private final DhcpServer dhcp1 = server("dhcp1", "{nodeName: node1}");
    private final NodeStandIn node = new NodeStandIn("dhcp1");
    private final SSLContext context = SSLContext.getDefault();
    private final NodeClient client = new NodeClient(() -> context);
    private final ServerLink link = new ServerLink("dhcp1", client, InstantSource.system(), () -> {});

    ServerLinkTest() throws IOException, NoSuchAlgorithmException {}

    @BeforeEach
    void aim() {
        link.aim(node.uri());
    }

    @AfterEach
    void close() {
        link.close();
        client.close();
        node.close();
    }

    private Wish wish(String... leases) {
        Object[] all = new Object[leases.length + 1];
        all[0] = dhcp1;
        for (int i = 0; i < leases.length; i++) {
            String network = "198.51." + (100 + i) + ".";
            all[i + 1] = scope(
                    "scope" + i,
                    "{subnet: " + network + "0/24, ranges: [{start: " + network + "10, end: " + network
                            + "99}], server: dhcp1, leaseDuration: " + leases[i] + "}");
        }
        return new Wish(ServerConfiguration.of(dhcp1, objects(all)), Set.of());
    }

    private static final DhcpScope SHARED = scope(
            "scope0",
            "{subnet: 198.51.100.0/24, ranges: [{start: 198.51.100.10, end: 198.51.100.99}], failoverRelationship: pair}");

    /** A relationship with a Secret. */
    private Wish pair() {
        return new Wish(
                ServerConfiguration.of(
                        dhcp1,
                        objects(
                                dhcp1,
                                server("dhcp2", "{nodeName: node2}"),
                                relationship("pair", "{primaryServer: dhcp1, secondaryServer: dhcp2}"),
                                new SecretBuilder()
                                        .withNewMetadata()
                                        .withName("pair-dhcp-failover")
                                        .withNamespace("dhcp")
                                        .endMetadata()
                                        .addToData("current", "c2VjcmV0")
                                        .build(),
                                SHARED)),
                Set.of());
    }

    private void awaitLease(String scope, String lease) {
        await().untilAsserted(() -> assertThat(node.spec("DhcpScope", scope))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("leaseDuration", lease));
    }

    @Test
    void aServerIsToldAndSaysWhatItHolds() {
        link.wish(wish("8h"));

        await().until(() -> link.replication().inStep());
        assertThat(node.held().generation()).isEqualTo(1);
        await().untilAsserted(() -> {
            assertThat(link.heard().connected()).isTrue();
            assertThat(link.heard().status()).isNotNull();
            assertThat(link.heard().status().scopes()).hasSize(1);
        });
    }

    @Test
    void eachChangeIsSentOnceWithTheNextGeneration() {
        link.wish(wish("8h"));
        await().until(() -> link.replication().inStep());
        link.wish(wish("4h"));
        awaitLease("scope0", "4h");

        assertThat(node.held().generation()).isEqualTo(2);
        assertThat(node.calls()).containsExactly("PUT /v1/configuration", "PUT /v1/configuration");
    }

    @Test
    void whatAServerHoldsAlreadyIsNotSentAgain() {
        link.wish(wish("8h"));
        await().until(() -> link.replication().inStep());
        try (ServerLink another = new ServerLink("dhcp1", client, InstantSource.system(), () -> {})) {
            another.aim(node.uri());
            another.wish(wish("8h"));
            await().until(() -> another.replication().inStep());
        }

        assertThat(node.calls()).containsExactly("PUT /v1/configuration");
    }

    @Test
    void anOperatorThatBeginsFindsThatTheServerHoldsWhatItIsToSecretsIncluded() {
        link.wish(pair());
        await().until(() -> link.replication().inStep());
        assertThat(node.names("Secret")).containsExactly("pair-dhcp-failover");
        try (ServerLink another = new ServerLink("dhcp1", client, InstantSource.system(), () -> {})) {
            another.aim(node.uri());
            another.wish(pair());
            await().until(() -> another.replication().inStep());
        }

        assertThat(node.calls()).containsExactly("PUT /v1/configuration");
    }

    /** The relationship and its Secret are gone, and the scope waits to be handed over. */
    @Test
    void whatAServerGoesOnWithIsNotTakenFromItWhereNobodyElseKnowsTheSecret() {
        link.wish(pair());
        await().until(() -> link.replication().inStep());
        link.close();
        Wish alone = wish("8h");
        try (ServerLink another = new ServerLink("dhcp1", client, InstantSource.system(), () -> {})) {
            another.aim(node.uri());
            another.wish(new Wish(alone.configuration(), Set.of("DhcpScope/scope0")));
            await().until(() -> another.replication().isKnown()
                    || !another.replication().refused().isEmpty());

            assertThat(node.names("DhcpFailoverRelationship")).containsExactly("pair");
            assertThat(node.spec("DhcpScope", "scope0")).asString().contains("failoverRelationship=pair");
            assertThat(node.held().generation()).isEqualTo(1);

            another.wish(alone);
            awaitLease("scope0", "8h");
            assertThat(node.names("DhcpFailoverRelationship")).isEmpty();
        }
    }

    @Test
    void aServerThatHoldsSomethingElseIsMended() {
        link.wish(wish("8h"));
        await().until(() -> link.replication().inStep());
        node.hold(new ConfigurationDocument(7, List.of()));

        awaitLease("scope0", "8h");
        assertThat(node.held().generation()).isEqualTo(8);
    }

    @Test
    void aServerThatWasAwayIsToldWhenItReturns() throws IOException {
        link.wish(wish("8h"));
        await().until(() -> link.replication().inStep());
        node.stop();
        await().until(() -> !link.heard().connected());
        link.wish(wish("2h"));
        node.start();

        awaitLease("scope0", "2h");
        await().until(() -> link.heard().connected());
    }

    @Test
    void anObjectThatTheServerRefusesIsWithheldAndTheOthersAreServed() {
        link.wish(wish("8h", "8h"));
        await().until(() -> link.replication().inStep());
        node.refuse(document -> document.items().toString().contains("leaseDuration=1h")
                ? List.of(new Problem("DhcpScope/scope0", "spec.leaseDuration: not here"))
                : List.of());
        link.wish(wish("1h", "2h"));

        awaitLease("scope1", "2h");
        awaitLease("scope0", "8h");
        await().untilAsserted(() -> assertThat(link.replication().refused())
                .isEqualTo(Map.of("DhcpScope/scope0", "spec.leaseDuration: not here")));
    }

    @Test
    void whatAnOlderServerRefusedIsSentAgainToANewerOne() {
        node.refuse(document -> List.of(new Problem("DhcpScope/scope0", "unknown field"))
                .subList(0, document.items().toString().contains("scope0") ? 1 : 0));
        link.wish(wish("8h"));
        await().until(() -> !link.replication().refused().isEmpty());
        node.refuse(document -> List.of());
        node.version("2");

        awaitLease("scope0", "8h");
        await().until(() -> link.replication().refused().isEmpty());
    }

    @Test
    void aWholeThatIsRefusedIsSaidAndTheServerGoesOnWithWhatItHolds() {
        link.wish(wish("8h"));
        await().until(() -> link.replication().inStep());
        node.refuse(document -> List.of(new Problem(null, "no room")));
        link.wish(wish("1h"));

        await().untilAsserted(() -> assertThat(link.replication().refused()).containsEntry("", "no room"));
        assertThat(link.replication().inStep()).isFalse();
        awaitLease("scope0", "8h");
    }

    @Test
    void ofTwoOperatorsTheOneThatIsLateLooksAgain() throws IOException {
        link.wish(wish("8h"));
        await().until(() -> link.replication().inStep());
        node.hold(new ConfigurationDocument(5, node.held().items()));
        link.wish(wish("3h"));

        awaitLease("scope0", "3h");
        assertThat(node.held().generation()).isGreaterThan(5);
    }

    @Test
    void aServerThatDoesNotAnswerIsKnownToBeAway() {
        link.wish(wish("8h"));
        await().until(() -> link.replication().inStep());
        node.stop();

        await().until(() -> !link.heard().connected());
        assertThat(link.heard().failure()).isNotEmpty();
        assertThat(link.heard().status()).isNotNull();
    }
}
