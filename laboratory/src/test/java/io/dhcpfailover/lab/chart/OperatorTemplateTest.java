package io.dhcpfailover.lab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's Deployment, and what stands around it. */
class OperatorTemplateTest {

    private static final String NAME = "test-dhcp-failover-operator";

    @Test
    void itsPodsPassTheRestrictedLevel() {
        JsonNode pod = Rendered.of(Map.of()).only("Deployment").at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0/securityContext");

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(65532);
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(container.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(container.at("/capabilities/add").isMissingNode()).isTrue();
        assertThat(pod.at("/hostNetwork").isMissingNode()).isTrue();
    }

    @Test
    void theOperatorIsToldWhatItNeeds() {
        Rendered rendered = Rendered.ofValues("""
                watchNamespaces: [dhcp, lab]
                nodeImage: {repository: example.org/node, tag: "7"}
                imagePullSecrets: [{name: one}, {name: two}]
                """);

        assertThat(environment(rendered))
                .containsEntry("DHCP_FAILOVER_WATCHED_NAMESPACES", "dhcp,lab")
                .containsEntry("DHCP_FAILOVER_LEADER_ELECTION", "true")
                .containsEntry("DHCP_FAILOVER_NODE_IMAGE", "example.org/node:7")
                .containsEntry("DHCP_FAILOVER_NODE_IMAGE_PULL_SECRETS", "one,two")
                .containsEntry("DHCP_FAILOVER_NAMESPACE", "metadata.namespace")
                .containsEntry("DHCP_FAILOVER_IDENTITY", "metadata.name");
    }

    @ParameterizedTest
    @CsvSource({"'', '', dhcpfailover/operator:0.1.0-SNAPSHOT", "7, '', dhcpfailover/operator:7"})
    void theImageIsThatOfTheChartUnlessATagSaysOtherwise(String tag, String digest, String image) {
        assertThat(image(Rendered.ofValues("image: {tag: \"%s\", digest: \"%s\"}".formatted(tag, digest))))
                .isEqualTo(image);
    }

    @Test
    void aDigestGoesBeforeATag() {
        String digest = "sha256:" + "0a".repeat(32);

        assertThat(image(Rendered.ofValues("image: {tag: \"7\", digest: \"%s\"}".formatted(digest))))
                .isEqualTo("dhcpfailover/operator@" + digest);
    }

    @Test
    void theValuesThatPeopleExpectReachThePod() {
        JsonNode pod = Rendered.ofValues("""
                        replicaCount: 3
                        imagePullSecrets: [{name: pull}]
                        nodeSelector: {role: infra}
                        tolerations: [{key: infra, operator: Exists}]
                        affinity: {nodeAffinity: {}}
                        topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}]
                        priorityClassName: high
                        podAnnotations: {one: two}
                        podLabels: {three: four}
                        env: [{name: FIVE, value: six}]
                        resources: {limits: {memory: 1Gi}}
                        """).only("Deployment").at("/spec/template");

        assertThat(pod.at("/spec/imagePullSecrets/0/name").asText()).isEqualTo("pull");
        assertThat(pod.at("/spec/nodeSelector/role").asText()).isEqualTo("infra");
        assertThat(pod.at("/spec/tolerations/0/key").asText()).isEqualTo("infra");
        assertThat(pod.at("/spec/affinity/nodeAffinity").isObject()).isTrue();
        assertThat(pod.at("/spec/affinity/podAntiAffinity").isMissingNode()).isTrue();
        assertThat(pod.at("/spec/topologySpreadConstraints/0/maxSkew").asInt()).isEqualTo(1);
        assertThat(pod.at("/spec/priorityClassName").asText()).isEqualTo("high");
        assertThat(pod.at("/metadata/annotations/one").asText()).isEqualTo("two");
        assertThat(pod.at("/metadata/labels/three").asText()).isEqualTo("four");
        assertThat(pod.at("/spec/containers/0/resources/limits/memory").asText())
                .isEqualTo("1Gi");
        assertThat(pod.at("/spec/containers/0/env"))
                .anySatisfy(variable ->
                        assertThat(variable.required("name").asText()).isEqualTo("FIVE"));
    }

    @Test
    void replicasAvoidEachOthersNodeAndAreNotAllEvictedAtOnce() {
        Rendered rendered = Rendered.of(Map.of());

        assertThat(rendered.only("Deployment")
                        .at(
                                "/spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution")
                        .size())
                .isEqualTo(1);
        assertThat(rendered.only("PodDisruptionBudget").at("/spec/selector"))
                .isEqualTo(rendered.only("Deployment").at("/spec/selector"));
    }

    @Test
    void aSingleReplicaCanBeEvictedAndElectsNobody() {
        Rendered rendered = Rendered.of(Map.of("replicaCount", 1));

        assertThat(rendered.ofKind("PodDisruptionBudget")).isEmpty();
        assertThat(environment(rendered)).containsEntry("DHCP_FAILOVER_LEADER_ELECTION", "false");
    }

    @Test
    void onlyHealthAndMetricsCanBeReached() {
        JsonNode policy = Rendered.of(Map.of()).only("NetworkPolicy").required("spec");

        assertThat(policy.at("/policyTypes")).hasSize(1);
        assertThat(policy.at("/ingress")).hasSize(1);
        assertThat(policy.at("/ingress/0/ports/0/port").asText()).isEqualTo("http");
    }

    @Test
    void whatItMayReachIsLimitedWhereThatIsAsked() {
        JsonNode policy = Rendered.ofValues(
                        "networkPolicy: {egress: [{ports: [{port: 443}]}], metricsFrom: [{podSelector: {}}]}")
                .only("NetworkPolicy")
                .required("spec");

        assertThat(policy.at("/policyTypes/1").asText()).isEqualTo("Egress");
        assertThat(policy.at("/egress/0/ports/0/port").asInt()).isEqualTo(443);
        assertThat(policy.at("/ingress/0/from")).hasSize(1);
        assertThat(Rendered.of(Map.of("networkPolicy.enabled", false)).ofKind("NetworkPolicy"))
                .isEmpty();
    }

    @Test
    void furtherObjectsAreTemplates() {
        assertThat(Rendered.ofValues("""
                        extraObjects:
                        - {apiVersion: v1, kind: ConfigMap, metadata: {name: "{{ .Release.Name }}-more"}}
                        """).only("ConfigMap").at("/metadata/name").asText())
                .isEqualTo("test-more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replicaCount: two",
                "watchNamespaces: [Not_A_Name]",
                "watchNamespaces: dhcp",
                "image: {digest: latest}",
                "image: {name: operator}",
                "serviceMonitor: {interval: soon}",
                "imagePullSecrets: [pull]",
                "nodeImage: {pullPolicy: Sometimes}"
            })
    void aValueOfTheWrongShapeIsRefused(String values) {
        assertThatThrownBy(() -> Rendered.ofValues(values))
                .hasMessageContaining(values.substring(0, values.indexOf(':')));
    }

    @Test
    void aServiceAccountThatIsThereIsUsed() {
        Rendered rendered = Rendered.ofValues("serviceAccount: {create: false, name: mine}");

        assertThat(rendered.ofKind("ServiceAccount")).isEmpty();
        assertThat(rendered.only("Deployment")
                        .at("/spec/template/spec/serviceAccountName")
                        .asText())
                .isEqualTo("mine");
        assertThat(rendered.named("RoleBinding", NAME).at("/subjects/0/name").asText())
                .isEqualTo("mine");
    }

    private static String image(Rendered rendered) {
        return rendered.only("Deployment")
                .at("/spec/template/spec/containers/0/image")
                .asText();
    }

    private static Map<String, String> environment(Rendered rendered) {
        Map<String, String> environment = new HashMap<>();
        rendered.only("Deployment")
                .at("/spec/template/spec/containers/0/env")
                .forEach(variable -> environment.put(
                        variable.required("name").asText(),
                        variable.at("/value")
                                .asText(variable.at("/valueFrom/fieldRef/fieldPath")
                                        .asText())));
        return environment;
    }
}
