package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.value.ObjectName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a server is sent to the rules of the API server, and to what the server holds. For several threads; each
 * call is about one change.
 */
public final class ConfigurationCheck {

    private static final String SCOPE = "DhcpScope";
    private static final String RELATIONSHIP = "DhcpFailoverRelationship";
    private static final String FILE = "the configuration";
    private static final String GENERATION = "generation";
    private static final String METADATA = "metadata";

    private final OwnServer server;
    private final ManifestSchema schema = new ManifestSchema();

    /**
     * For one server.
     *
     * @param namespace that its objects are in; null for the one that has a server of this name
     */
    public ConfigurationCheck(ObjectName server, @Nullable String namespace) {
        this.server = new OwnServer(server, namespace, "in the configuration");
    }

    /**
     * The whole, instead of what is held.
     *
     * @param json an {@link io.dhcpfailover.api.node.ConfigurationDocument}
     * @param held null where nothing is
     */
    public ConfigurationChange whole(String json, @Nullable HeldConfiguration held, Instant now) {
        Map<String, Object> document;
        try {
            document = read(json);
        } catch (IllegalArgumentException e) {
            return unreadable(e);
        }
        List<Problem> problems = new ArrayList<>();
        Object generation = document.get(GENERATION);
        if (!(generation instanceof Long number) || number < 1) {
            problems.add(new Problem(null, null, "generation: it must be a whole number from 1 on"));
        }
        List<Map<String, Object>> items = items(document.get("items"), problems);
        if (!(generation instanceof Long number) || !problems.isEmpty()) {
            return new ConfigurationChange.Invalid(problems);
        }
        if (held != null && number < held.generation() && !isOfAnotherServer(items, held)) {
            return new ConfigurationChange.Stale(List.of(new Problem(
                    null,
                    null,
                    "generation: " + number + " is older than " + held.generation()
                            + ", which this server holds: read what is to be held again, and send that")));
        }
        ConfigurationChange change = check(number, items, held, now);
        return change instanceof ConfigurationChange.Accepted(HeldConfiguration next)
                        && held != null
                        && number == held.generation()
                ? sameGeneration(next, held)
                : change;
    }

    private static ConfigurationChange sameGeneration(HeldConfiguration next, HeldConfiguration held) {
        return next.saysTheSameAs(held)
                ? new ConfigurationChange.Same(held)
                : new ConfigurationChange.Stale(List.of(new Problem(
                        null,
                        null,
                        "generation: this server holds something else of the same generation " + held.generation()
                                + ": send it with a higher one")));
    }

    /**
     * One DhcpScope, which is added or changed.
     *
     * @param name of it
     * @param json its manifest
     */
    public ConfigurationChange scope(String name, String json, @Nullable HeldConfiguration held, Instant now) {
        return one(SCOPE, name, json, held, now);
    }

    /**
     * One DhcpFailoverRelationship, which is added or changed.
     *
     * @param name of it
     * @param json its manifest
     */
    public ConfigurationChange relationship(String name, String json, @Nullable HeldConfiguration held, Instant now) {
        return one(RELATIONSHIP, name, json, held, now);
    }

    private ConfigurationChange one(
            String kind, String name, String json, @Nullable HeldConfiguration held, Instant now) {
        Map<String, Object> manifest;
        try {
            manifest = read(json);
        } catch (IllegalArgumentException e) {
            return unreadable(e);
        }
        if (held == null) {
            return new ConfigurationChange.Stale(List.of(
                    new Problem(null, null, "this server holds no configuration yet: send it the whole first")));
        }
        ManifestObject.Id id = ManifestObject.Id.of(manifest);
        String namespace = held.manifests().namespace();
        if (!id.equals(new ManifestObject.Id(kind, namespace, name))) {
            return new ConfigurationChange.Invalid(List.of(new Problem(
                    null,
                    id.toString(),
                    "kind, metadata.name: the path says " + kind + " " + name + " of the namespace " + namespace
                            + ": send its manifest there")));
        }
        List<Map<String, Object>> items = new ArrayList<>();
        held.items().stream()
                .filter(item -> !ManifestObject.Id.of(item).equals(id))
                .forEach(items::add);
        items.add(manifest);
        ConfigurationChange change = check(held.generation(), items, held, now);
        return change instanceof ConfigurationChange.Accepted(HeldConfiguration next)
                ? sameGenerationOfOne(id, next, held)
                : change;
    }

    private static ConfigurationChange sameGenerationOfOne(
            ManifestObject.Id id, HeldConfiguration next, HeldConfiguration held) {
        ManifestObject before = held.objects().get(id);
        ManifestObject after = next.objects().get(id);
        if (before == null || after == null || isAnother(before, after) || generation(before) != generation(after)) {
            return new ConfigurationChange.Accepted(next);
        }
        return next.saysTheSameAs(held)
                ? new ConfigurationChange.Same(held)
                : new ConfigurationChange.Stale(List.of(new Problem(
                        null,
                        id.toString(),
                        "metadata.generation: this server holds another spec of the same generation "
                                + generation(before) + ": send the object as the API server has it now")));
    }

    private static ConfigurationChange unreadable(IllegalArgumentException e) {
        return new ConfigurationChange.Unreadable(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }

    /** The object of a JSON text. */
    static Map<String, Object> read(String json) {
        List<Object> documents = JsonReader.read(json);
        if (documents.size() != 1 || !(documents.getFirst() instanceof Map)) {
            throw new IllegalArgumentException("one object of JSON is expected");
        }
        return Values.object(documents.getFirst());
    }

    private static List<Map<String, Object>> items(@Nullable Object list, List<Problem> problems) {
        List<Map<String, Object>> items = new ArrayList<>();
        if (!(list instanceof List<?> elements)) {
            problems.add(new Problem(null, null, "items: it must be a list of manifests"));
            return items;
        }
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof Map<?, ?> item) {
                items.add(Values.object(item));
            } else {
                problems.add(
                        new Problem(null, null, "items[" + i + "]: it must be an object with apiVersion and kind"));
            }
        }
        return items;
    }

    private ConfigurationChange check(
            long generation, List<Map<String, Object>> items, @Nullable HeldConfiguration held, Instant now) {
        List<Problem> problems = new ArrayList<>();
        Map<ManifestObject.Id, ManifestObject> before = before(items, held);
        ManifestFiles reader = new ManifestFiles(schema, before, problems::add);
        Map<ManifestObject.Id, ManifestObject> objects = reader.objects();
        ServerManifests manifests = null;
        try {
            items.forEach(item -> reader.readDocument(FILE, item));
            objects.values().forEach(object -> checkGeneration(object, problems));
            manifests = problems.isEmpty() ? server.among(objects.values(), problems) : null;
        } catch (RuntimeException | StackOverflowError e) {
            // A mistake of this program; who sent it has to hear of it.
            problems.add(new Problem(null, null, "it cannot be checked: " + e));
        }
        if (manifests == null || !problems.isEmpty()) {
            return new ConfigurationChange.Invalid(problems);
        }
        for (ManifestObject object : objects.values()) {
            ManifestObject old = before.get(object.id());
            if (old != null && generation(object) < generation(old)) {
                problems.add(object.problem("metadata.generation: " + generation(object) + " is older than "
                        + generation(old) + ", which this server holds: send the object as the API server has it now"));
            }
        }
        return problems.isEmpty()
                ? new ConfigurationChange.Accepted(new HeldConfiguration(
                        generation, items, objects, appliedAt(objects, before, held, now), manifests))
                : new ConfigurationChange.Stale(problems);
    }

    /** What is held of these objects, without those that were deleted and made anew since. */
    private static Map<ManifestObject.Id, ManifestObject> before(
            List<Map<String, Object>> items, @Nullable HeldConfiguration held) {
        Map<ManifestObject.Id, ManifestObject> before = new HashMap<>();
        if (held != null) {
            for (Map<String, Object> item : items) {
                ManifestObject old = held.objects().get(ManifestObject.Id.of(item));
                if (old != null && !isAnother(old.content(), item)) {
                    before.put(old.id(), old);
                }
            }
        }
        return before;
    }

    private static boolean isOfAnotherServer(List<Map<String, Object>> items, HeldConfiguration held) {
        ManifestObject.Id server = new ManifestObject.Id(
                "DhcpServer",
                held.manifests().namespace(),
                held.manifests().server().name().text());
        ManifestObject old = held.objects().get(server);
        return old != null
                && items.stream()
                        .anyMatch(item -> ManifestObject.Id.of(item).equals(server) && isAnother(old.content(), item));
    }

    private static boolean isAnother(ManifestObject before, ManifestObject after) {
        return isAnother(before.content(), after.content());
    }

    /** Whether an object of the same name was deleted and made anew: its generations begin again. */
    private static boolean isAnother(Map<String, Object> before, Map<String, Object> after) {
        String old = Values.text(Values.object(before, METADATA), "uid");
        String now = Values.text(Values.object(after, METADATA), "uid");
        return !old.isEmpty() && !now.isEmpty() && !old.equals(now);
    }

    private static void checkGeneration(ManifestObject object, List<Problem> problems) {
        if (!object.id().kind().equals(RelationshipSecrets.KIND) && generation(object) < 1) {
            problems.add(object.problem("metadata.generation: Required value: it tells older from newer; the API server"
                    + " sets it, and whoever has none counts from 1"));
        }
    }

    /** 0 where it says none. */
    private static long generation(ManifestObject object) {
        return Values.object(object.content(), METADATA).get(GENERATION) instanceof Long number ? number : 0;
    }

    private static Map<String, Instant> appliedAt(
            Map<ManifestObject.Id, ManifestObject> objects,
            Map<ManifestObject.Id, ManifestObject> before,
            @Nullable HeldConfiguration held,
            Instant now) {
        Map<String, Instant> appliedAt = new HashMap<>();
        for (ManifestObject object : objects.values()) {
            ManifestObject old = before.get(object.id());
            String key = HeldConfiguration.key(object.id());
            boolean same = old != null
                    && generation(old) == generation(object)
                    && HeldConfiguration.contentHash(old).equals(HeldConfiguration.contentHash(object));
            Instant since = same && held != null ? held.appliedAt().get(key) : null;
            appliedAt.put(key, since == null ? now : since);
        }
        return appliedAt;
    }
}
