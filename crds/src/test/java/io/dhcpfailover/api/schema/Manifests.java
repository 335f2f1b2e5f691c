package io.dhcpfailover.api.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.dhcpfailover.api.v1alpha1.ApiGroup;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverAction;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpResource;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.value.DurationText;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The CustomResourceDefinitions that the kinds' Java types say. */
final class Manifests {

    /** Every kind, in the order in which a user meets them. */
    static final List<Class<? extends DhcpResource<?, ?>>> KINDS =
            List.of(DhcpServer.class, DhcpScope.class, DhcpFailoverRelationship.class, DhcpFailoverAction.class);

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR));

    private Manifests() {}

    /** The definition of a kind. */
    static CustomResourceDefinition definition(Class<? extends DhcpResource<?, ?>> kind) {
        Map<String, CustomResourceDefinition> generated = new ConcurrentHashMap<>();
        ObjectMapper mapper = new ObjectMapper();
        KubernetesSerialization serialization = new KubernetesSerialization(mapper, true);
        // Defaults are read by the field's type alone, without its annotations. Registered after Kubernetes' own.
        mapper.registerModule(new SimpleModule()
                .addDeserializer(Duration.class, new DurationText.Reader())
                .addSerializer(Duration.class, new DurationText.Writer()));
        new CRDGenerator()
                .withObjectMapper(mapper, serialization)
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata crd, String version) {
                        generated.put(crd.getMetadata().getName(), refine((CustomResourceDefinition) crd, kind));
                        return crd;
                    }
                })
                .customResourceClasses(List.of(kind))
                .forCRDVersions("v1")
                .withOutput(new InMemory())
                .generate();
        return generated.values().iterator().next();
    }

    /** The manifest of a kind, as it lies in {@code crds/manifests}. */
    static String yaml(Class<? extends DhcpResource<?, ?>> kind) {
        return yaml(definition(kind));
    }

    /** Any object as YAML, in the form of the manifests. */
    static String yaml(Object object) {
        try {
            return YAML.writeValueAsString(withWholeNumbers(new ObjectMapper().valueToTree(object)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CustomResourceDefinition refine(
            CustomResourceDefinition crd, Class<? extends DhcpResource<?, ?>> kind) {
        CustomResourceDefinitionVersion version = crd.getSpec().getVersions().getFirst();
        List<String> order = Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        version.setAdditionalPrinterColumns(version.getAdditionalPrinterColumns().stream()
                .sorted(Comparator.comparingInt(
                        (CustomResourceColumnDefinition column) -> order.indexOf(column.getName())))
                .toList());
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        SchemaRefiner.describe(root, kind);
        ParameterizedType superclass = (ParameterizedType) kind.getGenericSuperclass();
        SchemaRefiner.refineObject(property(root, "spec"), (Class<?>) superclass.getActualTypeArguments()[0]);
        SchemaRefiner.refineObject(
                property(root, "status"), (Class<?>) superclass.getActualTypeArguments()[1]);
        root.setRequired(List.of("spec"));
        if (!crd.getSpec().getGroup().equals(ApiGroup.NAME)) {
            throw new IllegalStateException(kind + " is not of the group " + ApiGroup.NAME);
        }
        return crd;
    }

    private static JSONSchemaProps property(JSONSchemaProps schema, String name) {
        return Objects.requireNonNull(schema.getProperties().get(name), name);
    }

    /** Bounds are whole numbers here, and 647 reads better than 647.0. */
    private static JsonNode withWholeNumbers(JsonNode node) {
        switch (node) {
            case ObjectNode object ->
                object.properties()
                        .forEach(property -> object.set(property.getKey(), withWholeNumbers(property.getValue())));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, withWholeNumbers(array.get(i)));
                }
            }
            default -> {
                if (node.isDouble() && node.canConvertToExactIntegral()) {
                    return LongNode.valueOf(node.longValue());
                }
            }
        }
        return node;
    }

    /** The generator wants to write somewhere. */
    private static final class InMemory implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        @Override
        public ByteArrayOutputStream outputFor(String name) {
            return new ByteArrayOutputStream();
        }

        @Override
        public void close() {}
    }
}
