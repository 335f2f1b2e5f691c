package io.dhcpfailover.lab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that the chart renders is of the types of the Kubernetes API: no field that it does not know, none of another type. */
class SchemasTest {

    /** Kinds of the Prometheus operator, which are none of Kubernetes. */
    private static final String MONITORING = "monitoring.coreos.com/v1";

    private static final KubernetesSerialization KINDS = new KubernetesSerialization();
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(new SimpleModule().setDeserializerModifier(new WithoutAnySetters()))
            .build();

    /** The types keep fields that they do not know, which is not wanted here. */
    private static final class WithoutAnySetters extends BeanDeserializerModifier {

        private static final long serialVersionUID = 1;

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription description, BeanDeserializerBuilder builder) {
            builder.setAnySetter(null);
            return builder;
        }
    }

    static Stream<String> values() {
        return Stream.of(
                "{}",
                "{watchNamespaces: [], replicaCount: 1, crds: {keep: false}, serviceAccount: {annotations: {a: b}}}",
                """
                serviceMonitor: {enabled: true, relabelings: [{action: labeldrop, regex: pod}]}
                podMonitor: {enabled: true}
                prometheusRule: {enabled: true}
                grafanaDashboard: {enabled: true}
                networkPolicy: {metricsFrom: [{podSelector: {}}], egress: [{to: [{podSelector: {}}]}]}
                env: [{name: JAVA_TOOL_OPTIONS, value: -Xmx300m}]
                imagePullSecrets: [{name: registry}]
                priorityClassName: system-cluster-critical
                nodeSelector: {kubernetes.io/os: linux}
                tolerations: [{operator: Exists}]
                podLabels: {a: b}
                podAnnotations: {a: b}
                """);
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyObjectIsOfItsType(String values) {
        List<String> wrong = new ArrayList<>();
        List<JsonNode> objects = Rendered.ofValues(values).objects();
        for (JsonNode object : objects) {
            if (!object.path("apiVersion").asText().equals(MONITORING)) {
                String problem = problem(object);
                if (!problem.isEmpty()) {
                    wrong.add(problem);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(objects).hasSizeGreaterThan(8);
    }

    private static String problem(JsonNode object) {
        String what =
                object.path("kind").asText() + " " + object.at("/metadata/name").asText() + ": ";
        Object typed = KINDS.unmarshal(
                ((ObjectNode) object).deepCopy().retain("apiVersion", "kind").toString());
        if (typed instanceof GenericKubernetesResource) {
            return what + object.path("apiVersion").asText() + " is no API of Kubernetes";
        }
        try {
            Object _ = STRICT.treeToValue(object, typed.getClass());
            return "";
        } catch (JsonProcessingException e) {
            return what + e.getOriginalMessage();
        }
    }

    @Test
    void aFieldThatDoesNotExistIsFound() throws IOException {
        String deployment = Rendered.of(Map.of()).only("Deployment").toString();

        assertThat(problem(STRICT.readTree(deployment.replace("\"replicas\"", "\"replica\""))))
                .contains("replica");
        assertThat(problem(STRICT.readTree(deployment.replaceFirst("\"replicas\":[0-9]+", "\"replicas\":\"two\""))))
                .contains("two");
    }
}
