package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates, changes and deletes objects as an API server does: versions, generations, the status apart, finalizers, owners. */
final class Objects {

    private static final String STATUS = "status";
    private static final String METADATA = "metadata";

    /** What a client cannot set. */
    private static final List<String> OWN =
            List.of("uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds");

    private final ObjectStore store;
    private final Admission admission;

    Objects(ObjectStore store, Admission admission) {
        this.store = store;
        this.admission = admission;
    }

    ObjectNode get(Key key) throws ApiException {
        ObjectNode object = store.get(key);
        if (object == null) {
            throw ApiException.notFound(key.kind(), key.name());
        }
        return object;
    }

    ObjectNode create(Kind kind, String namespace, ObjectNode asked) throws ApiException {
        synchronized (store) {
            ObjectNode object = asked.deepCopy();
            ObjectNode metadata = Json.object(object, METADATA);
            if (!metadata.hasNonNull("name")) {
                metadata.put(
                        "name",
                        metadata.path("generateName").asText()
                                + UUID.randomUUID().toString().substring(0, 5));
            }
            Key key = new Key(kind, namespace, metadata.path("name").asText());
            if (store.get(key) != null) {
                throw ApiException.alreadyExists(kind, key.name());
            }
            if (kind.isChecked()) {
                object.remove(STATUS);
            }
            return stored(key, object, null);
        }
    }

    /** Puts what a client sends in the place of what is there, or only of its status. */
    ObjectNode replace(Key key, boolean status, ObjectNode asked) throws ApiException {
        synchronized (store) {
            ObjectNode old = get(key);
            JsonNode version = asked.path(METADATA).path("resourceVersion");
            if (!version.asText().isEmpty()
                    && !version.equals(old.path(METADATA).path("resourceVersion"))) {
                throw ApiException.conflict(key.kind(), key.name());
            }
            return changed(key, status, asked.deepCopy(), old);
        }
    }

    /** Changes what is there by a patch of the media type. */
    ObjectNode patch(Key key, boolean status, String type, JsonNode patch) throws ApiException {
        synchronized (store) {
            ObjectNode old = get(key);
            ObjectNode object = old.deepCopy();
            switch (type) {
                case "application/merge-patch+json" -> Merge.patch(object, asObject(patch), false);
                case "application/strategic-merge-patch+json" -> Merge.patch(object, asObject(patch), true);
                case "application/json-patch+json" -> object = asObject(jsonPatch(object, patch));
                default -> throw ApiException.unsupported(type);
            }
            if (!object.path(METADATA)
                    .path("resourceVersion")
                    .equals(old.path(METADATA).path("resourceVersion"))) {
                throw ApiException.conflict(key.kind(), key.name());
            }
            return changed(key, status, object, old);
        }
    }

    private static JsonNode jsonPatch(ObjectNode object, JsonNode patch) throws ApiException {
        try {
            return JsonPatch.apply(patch, object);
        } catch (JsonPatchException e) {
            throw ApiException.badRequest("the patch does not fit: " + e.getMessage());
        }
    }

    private static ObjectNode asObject(JsonNode node) throws ApiException {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.badRequest("the body is not an object");
    }

    /** Server-side apply. */
    ObjectNode apply(Key key, boolean status, String manager, ObjectNode asked) throws ApiException {
        synchronized (store) {
            ObjectNode old = store.get(key);
            if (old == null && status) {
                throw ApiException.notFound(key.kind(), key.name());
            }
            ObjectNode object = old == null ? Json.MAPPER.createObjectNode() : old.deepCopy();
            String owner = manager + (status ? "/status" : "");
            Map<String, ObjectNode> applied = store.applied(key);
            List<ObjectNode> others = new ArrayList<>();
            applied.forEach((name, each) -> {
                if (!name.equals(owner)) {
                    others.add(each);
                }
            });
            ObjectNode wanted = asked.deepCopy();
            ObjectNode metadata = Json.object(wanted, METADATA);
            metadata.remove(OWN);
            metadata.remove(List.of("resourceVersion", "managedFields"));
            ObjectNode before = applied.get(owner);
            Merge.apply(
                    object,
                    wanted,
                    before == null ? MissingNode.getInstance() : before,
                    others,
                    key.kind().schema());
            ObjectNode result;
            if (old == null) {
                if (key.kind().isChecked()) {
                    object.remove(STATUS);
                }
                result = stored(key, object, null);
            } else {
                result = changed(key, status, object, old);
            }
            store.applied(key).put(owner, wanted);
            return result;
        }
    }

    private ObjectNode changed(Key key, boolean status, ObjectNode asked, ObjectNode old) throws ApiException {
        ObjectNode object = asked;
        if (status) {
            object = old.deepCopy();
            Json.set(object, STATUS, asked.path(STATUS));
        } else if (key.kind().hasStatus()) {
            Json.set(object, STATUS, old.path(STATUS));
        }
        return stored(key, object, old);
    }

    private ObjectNode stored(Key key, ObjectNode object, @Nullable ObjectNode old) throws ApiException {
        object.put("apiVersion", key.kind().apiVersion());
        object.put("kind", key.kind().kind());
        ObjectNode metadata = Json.object(object, METADATA);
        if (key.kind().namespaced()) {
            metadata.put("namespace", key.namespace());
        }
        metadata.put("name", key.name());
        JsonNode oldMetadata = old == null ? MissingNode.getInstance() : old.path(METADATA);
        if (old == null) {
            metadata.remove(OWN);
            metadata.put("uid", UUID.randomUUID().toString());
            metadata.put("creationTimestamp", now());
            metadata.put("generation", 1);
        } else {
            OWN.forEach(field -> Json.set(metadata, field, oldMetadata.path(field)));
        }
        Json.set(metadata, "resourceVersion", oldMetadata.path("resourceVersion"));
        if (key.kind().kind().equals("Secret")) {
            encodeTexts(object);
        }
        if (key.kind().isChecked()) {
            List<String> problems = admission.admit(object, old);
            if (!problems.isEmpty()) {
                throw ApiException.invalid(key.kind(), key.name(), problems);
            }
        }
        if (object.equals(old)) {
            return object;
        }
        if (old != null && !content(object).equals(content(old))) {
            metadata.put("generation", oldMetadata.path("generation").asLong() + 1);
        }
        if (metadata.has("deletionTimestamp") && metadata.path("finalizers").isEmpty() && !isGraceful(key, object)) {
            return removed(key, object);
        }
        return store.put(key, object);
    }

    private static void encodeTexts(ObjectNode secret) {
        if (secret.remove("stringData") instanceof ObjectNode texts) {
            ObjectNode data = Json.object(secret, "data");
            texts.properties()
                    .forEach(text -> data.put(
                            text.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(text.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static ObjectNode content(ObjectNode object) {
        return object.deepCopy().without(List.of(METADATA, STATUS));
    }

    /** Marks an object as deleted, and removes it where nothing holds it back. */
    ObjectNode delete(Key key, @Nullable Long graceSeconds) throws ApiException {
        synchronized (store) {
            ObjectNode object = get(key).deepCopy();
            ObjectNode metadata = Json.object(object, METADATA);
            boolean now = graceSeconds != null && graceSeconds == 0;
            boolean graceful = isGraceful(key, object) && !now;
            if (!metadata.has("deletionTimestamp")) {
                metadata.put("deletionTimestamp", now());
                metadata.put("deletionGracePeriodSeconds", graceful ? 30 : 0);
            }
            if (graceful || !metadata.path("finalizers").isEmpty()) {
                return object.equals(store.get(key)) ? object : store.put(key, object);
            }
            return removed(key, object);
        }
    }

    /** A pod that a kubelet runs is there until that has ended it. */
    private static boolean isGraceful(Key key, ObjectNode object) {
        return key.kind().kind().equals("Pod")
                && !object.path("spec").path("nodeName").asText().isEmpty();
    }

    private ObjectNode removed(Key key, ObjectNode last) throws ApiException {
        store.remove(key);
        TextNode uid = TextNode.valueOf(last.path(METADATA).path("uid").asText());
        for (Map.Entry<Key, ObjectNode> each : store.all()) {
            if (each.getValue().path(METADATA).path("ownerReferences") instanceof ArrayNode owners
                    && owners.findValues("uid").equals(List.of(uid))) {
                delete(each.getKey(), null);
            }
        }
        return last;
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
