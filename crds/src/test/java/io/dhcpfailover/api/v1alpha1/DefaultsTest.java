package io.dhcpfailover.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A document that did not pass an API server has the same defaults in Java as one that did: nobody must find
 * authentication off, or a server not authorized, because a field was left out.
 */
class DefaultsTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DhcpServer               | dhcpservers               | {nodeName: node-1}
                    DhcpServer               | dhcpservers               | {external: {address: 192.0.2.1, protocol: Native}}
                    DhcpScope                | dhcpscopes                | {subnet: 192.0.2.0/24, server: dhcp1}
                    DhcpScope                | dhcpscopes                | {subnet: 192.0.2.0/24, server: dhcp1, conflictDetection: {}, onLeave: {}, dnsUpdate: {server: 192.0.2.1}}
                    DhcpFailoverRelationship | dhcpfailoverrelationships | {primaryServer: dhcp1, secondaryServer: dhcp2}
                    DhcpFailoverRelationship | dhcpfailoverrelationships | {primaryServer: dhcp1, secondaryServer: dhcp2, messageAuthentication: {}, onDelete: {}}
                    DhcpFailoverAction       | dhcpfailoveractions       | {action: Drill}
                    """)
    void areThoseOfTheSchema(String kind, String plural, String spec) throws Exception {
        JsonNode schema = YAML.readTree(Path.of("manifests/%s.dhcpfailover.io.yaml".formatted(plural))
                        .toFile())
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
        JsonNode given = YAML.readTree(spec);

        assertThat(throughJava(kind, given)).isEqualTo(throughJava(kind, withDefaults(given, schema)));
        assertThat(throughJava(kind, given)).isEqualTo(withDefaults(given, schema));
    }

    private static JsonNode throughJava(String kind, JsonNode spec) throws IOException, ClassNotFoundException {
        ObjectNode document = YAML.createObjectNode();
        document.set("spec", spec);
        DhcpResource<?, ?> object = (DhcpResource<?, ?>)
                YAML.treeToValue(document, Class.forName(DhcpResource.class.getPackageName() + "." + kind));
        return written(Objects.requireNonNull(object.getSpec()));
    }

    private static JsonNode written(Object spec) throws JsonProcessingException {
        return YAML.readTree(YAML.writeValueAsString(spec));
    }

    /** What the API server does: defaults of absent fields, and of the fields inside of them. */
    private static JsonNode withDefaults(JsonNode value, JsonNode schema) {
        if (!(value instanceof ObjectNode object)) {
            return value;
        }
        ObjectNode filled = object.deepCopy();
        schema.path("properties").properties().forEach(property -> {
            JsonNode present = filled.get(property.getKey());
            JsonNode chosen = present == null ? property.getValue().get("default") : present;
            if (chosen != null) {
                filled.set(property.getKey(), withDefaults(chosen, property.getValue()));
            }
        });
        return filled;
    }
}
