package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dhcpfailover.api.v1alpha1.ApiGroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds that the API serves: those of this project, from the CustomResourceDefinitions that ship, and what an operator needs. */
final class Kinds {

    private static final String FOLDER = "/io/dhcpfailover/api/manifests/";
    private static final List<String> OWN =
            List.of("dhcpservers", "dhcpscopes", "dhcpfailoverrelationships", "dhcpfailoveractions");

    private final List<Kind> kinds = new ArrayList<>();
    private final List<ObjectNode> definitions = new ArrayList<>();

    Kinds() {
        for (String plural : OWN) {
            ObjectNode definition = definition(plural);
            definitions.add(definition);
            kinds.add(own(definition));
        }
        kinds.addAll(List.of(
                Kind.builtIn("v1", "namespaces", "Namespace", false, Column.AGE),
                Kind.builtIn(
                        "v1",
                        "nodes",
                        "Node",
                        false,
                        new Column("Status", "string", ".status.conditions[?(@.type==\"Ready\")].reason", 0),
                        Column.AGE,
                        new Column("Internal-IP", "string", ".status.addresses[?(@.type==\"InternalIP\")].address", 1)),
                Kind.builtIn(
                        "v1",
                        "pods",
                        "Pod",
                        true,
                        new Column("Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status", 0),
                        new Column("Status", "string", ".status.phase", 0),
                        new Column("Restarts", "integer", ".status.containerStatuses[0].restartCount", 0),
                        Column.AGE,
                        new Column("IP", "string", ".status.podIP", 1),
                        new Column("Node", "string", ".spec.nodeName", 1)),
                Kind.builtIn("v1", "secrets", "Secret", true, new Column("Type", "string", ".type", 0), Column.AGE),
                Kind.builtIn("v1", "configmaps", "ConfigMap", true, Column.AGE),
                Kind.builtIn("v1", "services", "Service", true, Column.AGE),
                Kind.builtIn("v1", "serviceaccounts", "ServiceAccount", true, Column.AGE),
                Kind.builtIn("v1", "persistentvolumeclaims", "PersistentVolumeClaim", true, Column.AGE),
                Kind.builtIn(
                        "v1",
                        "events",
                        "Event",
                        true,
                        new Column("Last Seen", "date", ".lastTimestamp", 0),
                        new Column("Type", "string", ".type", 0),
                        new Column("Reason", "string", ".reason", 0),
                        new Column("Object", "string", ".involvedObject.name", 0),
                        new Column("Message", "string", ".message", 0)),
                Kind.builtIn(
                        "events.k8s.io/v1",
                        "events",
                        "Event",
                        true,
                        new Column("Last Seen", "date", ".eventTime", 0),
                        new Column("Type", "string", ".type", 0),
                        new Column("Reason", "string", ".reason", 0),
                        new Column("Object", "string", ".regarding.name", 0),
                        new Column("Message", "string", ".note", 0)),
                Kind.builtIn(
                        "apps/v1",
                        "statefulsets",
                        "StatefulSet",
                        true,
                        new Column("Ready", "integer", ".status.readyReplicas", 0),
                        Column.AGE),
                Kind.builtIn("apps/v1", "controllerrevisions", "ControllerRevision", true, Column.AGE),
                Kind.builtIn("policy/v1", "poddisruptionbudgets", "PodDisruptionBudget", true, Column.AGE),
                Kind.builtIn(
                        "coordination.k8s.io/v1",
                        "leases",
                        "Lease",
                        true,
                        new Column("Holder", "string", ".spec.holderIdentity", 0),
                        Column.AGE),
                Kind.builtIn(
                        "apiextensions.k8s.io/v1",
                        "customresourcedefinitions",
                        "CustomResourceDefinition",
                        false,
                        new Column("Created At", "string", ".metadata.creationTimestamp", 0))));
    }

    private static ObjectNode definition(String plural) {
        try (InputStream file = ApiGroup.class.getResourceAsStream(FOLDER + plural + "." + ApiGroup.NAME + ".yaml")) {
            if (file == null) {
                throw new IllegalStateException("the API's jar has no definition of " + plural);
            }
            return (ObjectNode) Json.YAML.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Kind own(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        JsonNode names = spec.path("names");
        JsonNode version = spec.path("versions").path(0);
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : version.path("additionalPrinterColumns")) {
            columns.add(new Column(
                    column.path("name").asText(),
                    column.path("type").asText(),
                    column.path("jsonPath").asText(),
                    column.path("priority").asInt()));
        }
        return new Kind(
                spec.path("group").asText(),
                version.path("name").asText(),
                names.path("plural").asText(),
                names.path("kind").asText(),
                true,
                true,
                texts(names.path("shortNames")),
                texts(names.path("categories")),
                List.copyOf(columns),
                version.path("schema").path("openAPIV3Schema"));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    /** The definitions of this project's kinds. */
    List<ObjectNode> definitions() {
        return definitions;
    }

    /** The kind that a path names. */
    Optional<Kind> find(String group, String version, String plural) {
        return stream()
                .filter(kind -> kind.group().equals(group)
                        && kind.version().equals(version)
                        && kind.plural().equals(plural))
                .findFirst();
    }

    /** The kind of this name, which is in no two groups but that of events. */
    Kind named(String kind) {
        return stream().filter(each -> each.kind().equals(kind)).findFirst().orElseThrow();
    }

    Stream<Kind> stream() {
        return kinds.stream();
    }
}
