package io.dhcpfailover.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dhcpfailover.api.testing.ManifestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest is accepted and refused as the API server accepts and refuses it, in the same words. */
class ManifestSchemaTest {

    private static final String SERVER = """
            apiVersion: dhcpfailover.io/v1alpha1
            kind: DhcpServer
            metadata: {name: dhcp1}
            spec: {nodeName: node-1}
            """;

    private final ManifestSchema schema = new ManifestSchema();

    @TestFactory
    Stream<DynamicTest> everyManifestOfTheTableIsAcceptedOrRefused() {
        return ManifestCase.all().stream()
                .map(manifest -> DynamicTest.dynamicTest(manifest.toString(), () -> check(manifest)));
    }

    private void check(ManifestCase manifest) {
        JsonNode update = manifest.update();
        ManifestSchema.Checked created = checked(manifest.manifest(), null);
        List<String> problems = created.problems();
        if (update != null) {
            assertThat(problems).isEmpty();
            problems = checked(update, created.object()).problems();
        }
        if (manifest.refused() == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).anySatisfy(problem -> assertThat(problem).contains(manifest.refused()));
        }
    }

    private ManifestSchema.Checked checked(JsonNode manifest, @Nullable Map<String, Object> old) {
        return schema.check(Values.object(JsonReader.read(manifest.toString()).getFirst()), old);
    }

    private ManifestSchema.Checked checked(String manifest) {
        return schema.check(Values.object(YamlReader.read(manifest).getFirst()), null);
    }

    /** The table has no manifest for a rule in a field that no case has. */
    @ParameterizedTest
    @ValueSource(strings = {"DhcpServer", "DhcpScope", "DhcpFailoverRelationship", "DhcpFailoverAction"})
    void everyRuleIsUnderstood(String kind) {
        assertThat(rules(ManifestSchema.schemaOf(kind)))
                .hasSizeGreaterThan(10)
                .allSatisfy(rule -> assertThat(rule.expression()).isNotNull());
    }

    private static List<Rule> rules(Schema schema) {
        List<Rule> rules = new ArrayList<>(schema.rules());
        Stream.of(
                        schema.properties().values().stream(),
                        Stream.ofNullable(schema.items()),
                        Stream.ofNullable(schema.additionalProperties()))
                .flatMap(Function.identity())
                .forEach(each -> rules.addAll(rules(each)));
        return rules;
    }

    @Test
    void whatIsAbsentHasItsDefault() {
        ManifestSchema.Checked relationship = checked("""
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpFailoverRelationship
                metadata: {name: dhcp1-dhcp2}
                spec: {primaryServer: dhcp1, secondaryServer: dhcp2, replication: null}
                """);

        assertThat(relationship.problems()).isEmpty();
        assertThat(Values.object(relationship.object(), "spec"))
                .containsEntry("mode", "LoadBalance")
                .containsEntry("replication", "Automatic")
                .containsEntry("messageAuthentication", Map.of("enabled", true));
    }

    @Test
    void aStatusIsPassedOver() {
        assertThat(checked(SERVER + "status: {leases: many}").problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "spec: {nodeName: node-1, nodename: n} | unknown field \"spec.nodename\"",
                "specs: {nodeName: node-1} | unknown field \"specs\"",
                "specs: {nodeName: node-1} | spec: Required value",
                "spec: [n] | spec: Invalid value: \"array\": spec in body must be of type object: \"array\"",
                "spec: {nodeName: null} | spec.nodeName in body must be of type string: \"null\"",
                "spec: {nodeName: node-1, failoverPort: 1.5} | spec.failoverPort in body must be of type integer: \"number\"",
                "spec: {nodeName: node-1, failoverPort: 65536} | spec.failoverPort: Invalid value: 65536: spec.failoverPort in body should be less than or equal to 65535",
                "spec: {nodeName: Node-1} | spec.nodeName: Invalid value: \"Node-1\": must be the name of an object",
                "spec: {} | spec: Invalid value: \"object\": give either nodeName",
                "metadata: {} | metadata.name: Required value",
                "metadata: {name: Dhcp1} | a lowercase RFC 1123 subdomain must consist of",
                "metadata: {name: dhcp1, namespace: a.b} | a lowercase RFC 1123 label must consist of",
                "metadata: {name: dhcp1, owner: me} | unknown field \"metadata.owner\"",
                "metadata: {name: dhcp1, annotations: {a: 1}} | metadata.annotations.a: Invalid value: 1: must be a text: put it in quotes"
            })
    void aMistakeIsToldInTheWordsOfTheApiServer(String change, String refusal) {
        String field = change.substring(0, change.indexOf(':') + 1);
        String others = Stream.of(SERVER.split("\n"))
                .filter(line -> !line.startsWith(field) && !(field.startsWith("spec") && line.startsWith("spec")))
                .reduce("", (all, line) -> all + line + "\n");

        assertThat(checked(others + change).problems())
                .anySatisfy(problem -> assertThat(problem).contains(refusal));
    }
}
