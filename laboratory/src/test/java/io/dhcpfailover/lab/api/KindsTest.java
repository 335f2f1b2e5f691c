package io.dhcpfailover.lab.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dhcpfailover.lab.cluster.Cluster;
import io.dhcpfailover.lab.cluster.ClusterExtension;
import io.dhcpfailover.lab.cluster.KubectlCondition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds as a person meets them by kubectl: names, defaults, explanations, columns. */
@ExtendWith({ClusterExtension.class, KubectlCondition.class})
class KindsTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Cluster cluster;
    private String namespace = "";

    KindsTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void createNamespace() {
        namespace = cluster.createNamespace("kinds");
    }

    @AfterEach
    void deleteNamespace() {
        cluster.delete(namespace);
    }

    @Test
    void allAreEstablishedWithoutAComplaint() {
        assertThat(cluster.kinds()).hasSize(4).allSatisfy(kind -> {
            assertThat(Cluster.holds(kind, "Established")).isTrue();
            assertThat(Cluster.holds(kind, "NamesAccepted")).isTrue();
            assertThat(Cluster.holds(kind, "NonStructuralSchema")).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    DhcpServer | {nodeName: node-1} | {nodeName: node-1, authorized: true, failoverPort: 647}
                    DhcpServer | {external: {address: 192.0.2.1, protocol: Native}} | {authorized: true, failoverPort: 647, external: {address: 192.0.2.1, protocol: Native, port: 647}}
                    DhcpScope | {subnet: 192.0.2.0/24, ranges: [{start: 192.0.2.1, end: 192.0.2.9}], server: dhcp1} | {subnet: 192.0.2.0/24, ranges: [{start: 192.0.2.1, end: 192.0.2.9}], server: dhcp1, leaseDuration: 8d, state: Active, clients: DHCP, conflictDetection: {attempts: 0, timeout: 500ms}, onLeave: {keepOn: Primary, partnerCopy: Delete}}
                    DhcpFailoverRelationship | {primaryServer: dhcp1, secondaryServer: dhcp2} | {primaryServer: dhcp1, secondaryServer: dhcp2, mode: LoadBalance, maxClientLeadTime: 1h, partnerDownOnProof: true, messageAuthentication: {enabled: true}, replication: Automatic, loadBalanceMaxWait: 3s, contactInterval: 1s, onDelete: {keepScopesOn: Primary, partnerCopy: Delete}}
                    DhcpFailoverAction | {action: Drill, relationship: dhcp2-dhcp1} | {action: Drill, relationship: dhcp2-dhcp1, ttlAfterFinished: 7d}
                    """)
    void defaultsAppear(String kind, String given, String expected) throws IOException {
        GenericKubernetesResource created = create(kind, "minimal", given);

        assertThat(YAML.<JsonNode>valueToTree(created.get("spec"))).isEqualTo(YAML.readTree(expected));
    }

    @Test
    void getDhcpListsAllOfThem() throws Exception {
        createOneOfEach();

        assertThat(kubectl("get", "dhcp"))
                .contains("dhcpserver.dhcpfailover.io/dhcp1")
                .contains("dhcpscope.dhcpfailover.io/office")
                .contains("dhcpfailoverrelationship.dhcpfailover.io/dhcp2-dhcp1")
                .contains("dhcpfailoveraction.dhcpfailover.io/drill");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    dsrv,   NAME NODE ADDRESS AUTHORIZED SCOPES LEASES READY AGE,            VERSION MESSAGE
                    dscope, NAME SUBNET RELATIONSHIP FREE IN-USE UTIL% IN-SYNC READY AGE,    SERVER STATE LEASE MESSAGE
                    dfr,    NAME MODE STATE SINCE SCOPES IN-SYNC READY AGE,                  PRIMARY SECONDARY MCLT PENDING MESSAGE
                    dfa,    NAME ACTION RELATIONSHIP SERVER PHASE AGE,                       STARTED FINISHED REASON MESSAGE
                    """)
    void theColumnsReadWell(String shortName, String columns, String wide) throws Exception {
        createOneOfEach();

        assertThat(header(kubectl("get", shortName))).isEqualTo(columns);
        assertThat(header(kubectl("get", shortName, "-o", "wide"))).isEqualTo(columns + " " + wide);
    }

    @Test
    void aRelationshipIsOneLineThatSaysHowItIs() throws Exception {
        GenericKubernetesResource created =
                create("DhcpFailoverRelationship", "dhcp2-dhcp1", "{primaryServer: dhcp1, secondaryServer: dhcp2}");
        created.setAdditionalProperty("status", YAML.readTree("""
                        state: Normal/Normal
                        since: 2026-01-31T12:00:00Z
                        scopes: 3
                        scopesInSync: 3
                        conditions: [{type: Ready, status: "True", reason: Serving, message: Both servers answer., lastTransitionTime: 2026-01-31T12:00:00Z}]
                        """));
        cluster.client().resource(created).updateStatus();

        assertThat(kubectl("get", "dfr", "dhcp2-dhcp1", "--no-headers"))
                .matches("dhcp2-dhcp1 +LoadBalance +Normal/Normal +\\S+ +3 +3 +True +\\S+\\s+");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    clockSkew: soon                                                   | must be a duration such as 30s, 5m, 1h30m or 8d
                    address: 10.0.0                                                   | must be an IPv4 address such as 192.0.2.10
                    relationships: [{name: Not a name, role: Primary}]                | must be the name of an object
                    conditions: [{type: Ready, status: 'True', reason: R, message: '', lastTransitionTime: '2026-01-31'}] | must be a time such as
                    """)
    void aStatusThatJavaCouldNotReadIsRefused(String status, String refusal) throws IOException {
        GenericKubernetesResource created = create("DhcpServer", "dhcp1", "{nodeName: node-1}");
        created.setAdditionalProperty("status", YAML.readTree("{" + status + "}"));

        assertThatThrownBy(() -> cluster.client().resource(created).updateStatus())
                .hasMessageContaining(refusal);
    }

    @Test
    void explainSaysWhatAFieldMeans() throws Exception {
        assertThat(kubectl("explain", "dfr.spec.maxClientLeadTime"))
                .contains("FIELD: maxClientLeadTime <string>")
                .contains("MCLT");
        assertThat(kubectl("explain", "dscope.spec.reservations.macAddress")).contains("hardware address");
    }

    @Test
    void objectsAreFoundByTheFieldsThatPeopleAskFor() throws Exception {
        create(
                "DhcpScope",
                "office",
                "{subnet: 192.0.2.0/24, ranges: [{start: 192.0.2.1, end: 192.0.2.9}], server: dhcp1}");
        create(
                "DhcpScope",
                "branch",
                "{subnet: 198.51.100.0/24, ranges: [{start: 198.51.100.1, end: 198.51.100.9}], failoverRelationship: dhcp2-dhcp1}");

        assertThat(kubectl("get", "dscope", "--field-selector", "spec.failoverRelationship=dhcp2-dhcp1", "-o", "name"))
                .isEqualToIgnoringNewLines("dhcpscope.dhcpfailover.io/branch");
    }

    private void createOneOfEach() throws IOException {
        create("DhcpServer", "dhcp1", "{nodeName: node-1}");
        create(
                "DhcpScope",
                "office",
                "{subnet: 192.0.2.0/24, ranges: [{start: 192.0.2.1, end: 192.0.2.9}], server: dhcp1}");
        create("DhcpFailoverRelationship", "dhcp2-dhcp1", "{primaryServer: dhcp1, secondaryServer: dhcp2}");
        create("DhcpFailoverAction", "drill", "{action: Drill, relationship: dhcp2-dhcp1}");
    }

    private GenericKubernetesResource create(String kind, String name, String spec) throws IOException {
        GenericKubernetesResource resource = YAML.readValue(
                "{apiVersion: dhcpfailover.io/v1alpha1, kind: %s, metadata: {name: %s, namespace: %s}, spec: %s}"
                        .formatted(kind, name, namespace, spec),
                GenericKubernetesResource.class);
        return cluster.client().resource(resource).create();
    }

    private String kubectl(String... arguments) throws IOException, InterruptedException {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--namespace";
        all[arguments.length + 1] = namespace;
        return cluster.kubectl(all);
    }

    private static String header(String table) {
        return table.lines()
                .filter(line -> line.startsWith("NAME"))
                .findFirst()
                .orElse("")
                .trim()
                .replaceAll(" {2,}", " ");
    }
}
