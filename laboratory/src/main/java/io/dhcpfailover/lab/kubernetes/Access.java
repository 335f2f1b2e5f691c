package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** The API for who is in its process: a kubelet's stand-in, and whoever applies manifests. */
public final class Access {

    private static final String MANAGER = "lab";

    private final Kinds kinds;
    private final ObjectStore store;
    private final Objects objects;

    Access(Kinds kinds, ObjectStore store, Objects objects) {
        this.kinds = kinds;
        this.store = store;
        this.objects = objects;
    }

    /** An object; missing where there is none. What is returned must not be changed. */
    public JsonNode find(String kind, String namespace, String name) {
        ObjectNode object = store.get(new Key(kinds.named(kind), namespace, name));
        return object == null ? MissingNode.getInstance() : object;
    }

    /** All objects of a kind, in all namespaces. They must not be changed. */
    public List<ObjectNode> list(String kind) {
        return store.list(Selection.of(kinds.named(kind), "", "", "")).objects();
    }

    /** The version of all that there is: each change has a greater one. */
    public long version() {
        return store.version();
    }

    /** Waits until something has changed since a version, or the time is over; the version then. */
    public long await(long version, Duration patience) throws InterruptedException {
        return store.await(version, patience.toMillis());
    }

    /** Applies a manifest, as {@code kubectl apply --server-side} does. */
    public void apply(String namespace, ObjectNode manifest) throws ApiException {
        Kind kind = kinds.named(manifest.path("kind").asText());
        String name = manifest.path("metadata").path("name").asText();
        ObjectNode _ = objects.apply(new Key(kind, kind.namespaced() ? namespace : "", name), false, MANAGER, manifest);
    }

    /** Changes an object by a merge patch, as {@code kubectl patch --type=merge} does. */
    public void patch(String kind, String namespace, String name, ObjectNode patch) throws ApiException {
        patch(kind, namespace, name, false, patch);
    }

    /** Changes the status of an object by a merge patch. */
    public void patchStatus(String kind, String namespace, String name, ObjectNode status) throws ApiException {
        ObjectNode patch = Json.MAPPER.createObjectNode();
        patch.set("status", status);
        patch(kind, namespace, name, true, patch);
    }

    private void patch(String kind, String namespace, String name, boolean status, ObjectNode patch)
            throws ApiException {
        ObjectNode _ = objects.patch(
                new Key(kinds.named(kind), namespace, name), status, "application/merge-patch+json", patch);
    }

    /** Creates an object. */
    public void create(String namespace, ObjectNode object) throws ApiException {
        ObjectNode _ = objects.create(kinds.named(object.path("kind").asText()), namespace, object);
    }

    /**
     * Deletes an object.
     *
     * @param now whether a pod is gone at once, as its kubelet says when it has ended it
     */
    public void delete(String kind, String namespace, String name, boolean now) throws ApiException {
        ObjectNode _ = objects.delete(new Key(kinds.named(kind), namespace, name), now ? 0L : null);
    }
}
