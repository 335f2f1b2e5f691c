package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the API says of itself. */
final class Discovery {

    private final Kinds kinds;

    Discovery(Kinds kinds) {
        this.kinds = kinds;
    }

    /** The document of a path; null where there is none. */
    @Nullable ObjectNode document(List<String> path) {
        String whole = String.join("/", path);
        return switch (path.size()) {
            case 1 ->
                switch (whole) {
                    case "version" -> version();
                    case "api" -> core();
                    case "apis" -> groups();
                    default -> null;
                };
            case 2 ->
                switch (whole) {
                    case "api/v1" -> resources("", "v1");
                    case "openapi/v3" -> openApi();
                    default -> path.getFirst().equals("apis") ? group(path.get(1)) : null;
                };
            case 3 -> path.getFirst().equals("apis") ? resources(path.get(1), path.get(2)) : null;
            case 5 -> whole.startsWith("openapi/v3/apis/") ? schemas(path.get(3), path.get(4)) : null;
            default -> null;
        };
    }

    private static ObjectNode named(String kind, String apiVersion) {
        return Json.MAPPER.createObjectNode().put("kind", kind).put("apiVersion", apiVersion);
    }

    private static ObjectNode version() {
        return Json.MAPPER
                .createObjectNode()
                .put("major", "1")
                .put("minor", "33")
                .put("gitVersion", "v1.33.0+lab")
                .put("platform", "linux/amd64");
    }

    private static ObjectNode core() {
        ObjectNode document = named("APIVersions", "v1");
        document.putArray("versions").add("v1");
        return document;
    }

    private ObjectNode groups() {
        ObjectNode document = named("APIGroupList", "v1");
        ArrayNode groups = document.putArray("groups");
        kinds.stream()
                .map(Kind::group)
                .filter(group -> !group.isEmpty())
                .distinct()
                .map(this::group)
                .forEach(groups::add);
        return document;
    }

    private @Nullable ObjectNode group(String name) {
        Kind kind = kinds.stream()
                .filter(each -> each.group().equals(name))
                .findFirst()
                .orElse(null);
        if (kind == null) {
            return null;
        }
        ObjectNode group = named("APIGroup", "v1").put("name", name);
        ObjectNode version = group.putArray("versions").addObject();
        version.put("groupVersion", kind.apiVersion()).put("version", kind.version());
        group.set("preferredVersion", version.deepCopy());
        return group;
    }

    private @Nullable ObjectNode resources(String group, String version) {
        List<Kind> those = kinds.stream()
                .filter(kind -> kind.group().equals(group) && kind.version().equals(version))
                .toList();
        if (those.isEmpty()) {
            return null;
        }
        ObjectNode document = named("APIResourceList", "v1")
                .put("groupVersion", those.getFirst().apiVersion());
        ArrayNode resources = document.putArray("resources");
        for (Kind kind : those) {
            resource(resources.addObject(), kind, kind.plural());
            if (kind.hasStatus()) {
                resource(resources.addObject(), kind, kind.plural() + "/status");
            }
        }
        return document;
    }

    private static void resource(ObjectNode resource, Kind kind, String name) {
        boolean whole = name.equals(kind.plural());
        resource.put("name", name)
                .put("singularName", whole ? kind.kind().toLowerCase(Locale.ROOT) : "")
                .put("namespaced", kind.namespaced())
                .put("kind", kind.kind());
        ArrayNode verbs = resource.putArray("verbs");
        List.of("get", "patch", "update").forEach(verbs::add);
        if (whole) {
            List.of("create", "delete", "deletecollection", "list", "watch").forEach(verbs::add);
            kind.shortNames().forEach(resource.putArray("shortNames")::add);
            kind.categories().forEach(resource.putArray("categories")::add);
        }
    }

    private ObjectNode openApi() {
        ObjectNode document = Json.MAPPER.createObjectNode();
        ObjectNode paths = document.putObject("paths");
        kinds.stream()
                .map(Discovery::path)
                .distinct()
                .forEach(path -> paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path));
        return document;
    }

    private static String path(Kind kind) {
        return kind.group().isEmpty() ? "api/v1" : "apis/" + kind.apiVersion();
    }

    /** The schemas of a group, by which kubectl explains its kinds, and that fields are checked here and not in kubectl. */
    private ObjectNode schemas(String group, String version) {
        ObjectNode document = Json.MAPPER.createObjectNode().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.33.0");
        ObjectNode paths = document.putObject("paths");
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        kinds.stream()
                .filter(kind -> kind.group().equals(group) && kind.version().equals(version))
                .forEach(kind -> {
                    String name = "io.dhcpfailover." + kind.version() + "." + kind.kind();
                    if (kind.isChecked()) {
                        ObjectNode schema = kind.schema().deepCopy();
                        groupVersionKind(
                                schema.putArray("x-kubernetes-group-version-kind")
                                        .addObject(),
                                kind);
                        schemas.set(name, schema);
                    }
                    operation(paths, kind, name);
                });
        return document;
    }

    private static void operation(ObjectNode paths, Kind kind, String schema) {
        String path = "/" + path(kind) + (kind.namespaced() ? "/namespaces/{namespace}/" : "/") + kind.plural();
        ObjectNode methods = paths.putObject(path + "/{name}");
        for (String method : List.of("get", "patch", "put", "delete")) {
            ObjectNode operation = methods.putObject(method);
            operation
                    .putArray("parameters")
                    .addObject()
                    .put("name", "fieldValidation")
                    .put("in", "query");
            groupVersionKind(operation.putObject("x-kubernetes-group-version-kind"), kind);
            JsonNode reference = Json.MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + schema);
            operation
                    .putObject("responses")
                    .putObject("200")
                    .put("description", "OK")
                    .putObject("content")
                    .putObject("application/json")
                    .set("schema", reference);
        }
    }

    private static void groupVersionKind(ObjectNode object, Kind kind) {
        object.put("group", kind.group()).put("version", kind.version()).put("kind", kind.kind());
    }
}
