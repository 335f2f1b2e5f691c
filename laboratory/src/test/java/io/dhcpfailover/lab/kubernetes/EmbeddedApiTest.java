package io.dhcpfailover.lab.kubernetes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator's client sees of the embedded API. */
@Timeout(60)
class EmbeddedApiTest {

    private static final String NAMESPACE = "dhcp";
    private static final String RELATIONSHIP = """
            apiVersion: dhcpfailover.io/v1alpha1
            kind: DhcpFailoverRelationship
            metadata: {name: pair}
            spec: {primaryServer: dhcp1, secondaryServer: dhcp2, mode: HotStandby}
            """;
    private static final String SERVER = """
            apiVersion: dhcpfailover.io/v1alpha1
            kind: DhcpServer
            metadata: {name: dhcp1}
            spec: {nodeName: node1}
            """;

    private final EmbeddedApi api;
    private final KubernetesClient client;

    EmbeddedApiTest() throws IOException {
        api = EmbeddedApi.start(InetAddress.getLoopbackAddress(), new SchemaAdmission());
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(api.kubeconfig(NAMESPACE)))
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
    }

    private <T extends HasMetadata> T apply(Class<T> type, String manifest) {
        return client.resources(type)
                .inNamespace(NAMESPACE)
                .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    private <T extends HasMetadata> T get(Class<T> type, String name) {
        return requireNonNull(
                client.resources(type).inNamespace(NAMESPACE).withName(name).get());
    }

    @Test
    void anApplyCreatesAndFillsDefaults() {
        DhcpFailoverRelationship applied = apply(DhcpFailoverRelationship.class, RELATIONSHIP);
        assertThat(requireNonNull(applied.getSpec()).mode()).isEqualTo(DhcpFailoverRelationshipSpec.Mode.HotStandby);
        assertThat(applied.getSpec().maxClientLeadTime()).isEqualTo(Duration.ofHours(1));
        assertThat(applied.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(applied.getMetadata().getUid()).isNotBlank();
    }

    @Test
    void whatAManagerDoesNotApplyAnyMoreIsRemovedAndWhatOthersSetStays() {
        client.resource(configMap(Map.of("mine", "1", "also mine", "2"), "first"))
                .fieldManager("first")
                .serverSideApply();
        client.resource(configMap(Map.of("yours", "3"), "second"))
                .fieldManager("second")
                .serverSideApply();
        client.resource(configMap(Map.of("mine", "4"), "first"))
                .fieldManager("first")
                .serverSideApply();
        assertThat(get(ConfigMap.class, "map").getData()).isEqualTo(Map.of("mine", "4", "yours", "3"));
    }

    private static ConfigMap configMap(Map<String, String> data, String manager) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("map")
                .addToFinalizers("example.org/" + manager)
                .endMetadata()
                .withData(data)
                .build();
    }

    @Test
    void finalizersOfAllManagersHoldAnObjectBack() {
        client.resource(configMap(Map.of(), "first")).fieldManager("first").serverSideApply();
        client.resource(configMap(Map.of(), "second")).fieldManager("second").serverSideApply();
        assertThat(get(ConfigMap.class, "map").getMetadata().getFinalizers())
                .containsExactly("example.org/first", "example.org/second");
        client.configMaps().inNamespace(NAMESPACE).withName("map").delete();
        assertThat(get(ConfigMap.class, "map").getMetadata().getDeletionTimestamp())
                .isNotNull();
        client.configMaps().inNamespace(NAMESPACE).withName("map").edit(map -> {
            map.getMetadata().setFinalizers(List.of());
            return map;
        });
        assertThat(client.configMaps().inNamespace(NAMESPACE).withName("map").get())
                .isNull();
    }

    @Test
    void aRefusalIsInTheWordsOfARealApi() {
        assertThatThrownBy(() -> apply(DhcpScope.class, """
                        apiVersion: dhcpfailover.io/v1alpha1
                        kind: DhcpScope
                        metadata: {name: office}
                        spec:
                          subnet: 192.0.2.0/24
                          failoverRelationship: pair
                          ranges: [{start: 192.0.2.10, end: 192.0.3.10}]
                        """))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("DhcpScope.dhcpfailover.io \"office\" is invalid: spec.ranges");
        assertThat(client.resources(DhcpScope.class).inAnyNamespace().list().getItems())
                .isEmpty();
    }

    @Test
    void aStatusIsApartFromTheSpec() {
        DhcpServer server = apply(DhcpServer.class, SERVER);
        DhcpServer changed = client.resource(server)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"version\": \"1.0\"}, \"spec\": {\"nodeName\": \"other\"}}");
        assertThat(requireNonNull(changed.getStatus()).version()).isEqualTo("1.0");
        assertThat(requireNonNull(changed.getSpec()).nodeName()).hasToString("node1");
        assertThat(changed.getMetadata().getGeneration()).isEqualTo(1);
        DhcpServer applied = apply(DhcpServer.class, SERVER + "status: {version: '2.0'}\n");
        assertThat(requireNonNull(applied.getStatus()).version()).isEqualTo("1.0");
    }

    @Test
    void aChangeOfTheSpecIsANewGenerationAndTheSameIsNone() {
        apply(DhcpServer.class, SERVER);
        DhcpServer same = apply(DhcpServer.class, SERVER);
        assertThat(same.getMetadata().getGeneration()).isEqualTo(1);
        DhcpServer changed = client.resource(same)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"authorized\": false}}");
        assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void anOldVersionIsNotWrittenOverANewerOne() {
        ConfigMap old = client.resource(configMap(Map.of("a", "1"), "first")).create();
        client.resource(new ConfigMapBuilder(old).addToData("b", "2").build()).update();
        assertThatThrownBy(() -> client.resource(
                                new ConfigMapBuilder(old).addToData("c", "3").build())
                        .update())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo(409));
    }

    @Test
    void whatLostItsOwnerIsDeleted() {
        DhcpServer owner = apply(DhcpServer.class, SERVER);
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName("owned")
                        .withOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion(owner.getApiVersion())
                                .withKind(owner.getKind())
                                .withName("dhcp1")
                                .withUid(owner.getMetadata().getUid())
                                .build())
                        .endMetadata()
                        .build())
                .create();
        client.resource(owner).delete();
        assertThat(client.secrets().inNamespace(NAMESPACE).withName("owned").get())
                .isNull();
    }

    @Test
    void anInformerHearsOfEveryChange() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (SharedIndexInformer<DhcpServer> informer =
                client.resources(DhcpServer.class).inNamespace(NAMESPACE).inform(new Recorder(heard))) {
            apply(DhcpServer.class, SERVER);
            await().untilAsserted(() -> assertThat(heard).contains("added dhcp1"));
            client.resource(get(DhcpServer.class, "dhcp1"))
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"authorized\": false}}");
            client.resource(get(DhcpServer.class, "dhcp1")).delete();
            await().untilAsserted(
                            () -> assertThat(heard).containsExactly("added dhcp1", "changed dhcp1", "deleted dhcp1"));
            assertThat(informer.isWatching()).isTrue();
        }
    }

    private record Recorder(List<String> heard) implements ResourceEventHandler<DhcpServer> {
        @Override
        public void onAdd(DhcpServer server) {
            heard.add("added " + server.getMetadata().getName());
        }

        @Override
        public void onUpdate(DhcpServer before, DhcpServer after) {
            heard.add("changed " + after.getMetadata().getName());
        }

        @Override
        public void onDelete(DhcpServer server, boolean unknown) {
            heard.add("deleted " + server.getMetadata().getName());
        }
    }

    @Test
    void kubectlIsGivenATableWithTheColumnsOfTheKind() throws IOException, InterruptedException {
        apply(DhcpServer.class, SERVER);
        try (HttpClient http = HttpClient.newHttpClient()) {
            String table = http.send(
                            HttpRequest.newBuilder(URI.create(
                                            api.url() + "/apis/dhcpfailover.io/v1alpha1/namespaces/dhcp/dhcpservers"))
                                    .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(Json.MAPPER
                            .readTree(table)
                            .path("rows")
                            .path(0)
                            .path("cells")
                            .toString())
                    .isEqualTo("[\"dhcp1\",\"node1\",null,true,null,null,null,\"0s\",null,null]");
        }
    }
}
