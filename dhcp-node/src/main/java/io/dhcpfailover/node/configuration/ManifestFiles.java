package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.node.ContentHash;
import io.dhcpfailover.api.v1alpha1.ApiGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The objects of manifest files, or of documents that came otherwise, that are of the API's kinds, each held to its
 * schema, and Secrets as they are.
 */
final class ManifestFiles {

    /** How large all files may be together, in octets. Ten thousand scopes with options have about 10 MiB. */
    static final long SIZE_MAX = 64L << 20;

    private static final String VERSION = ApiGroup.NAME + "/" + ApiGroup.VERSION;

    private final ManifestSchema schema;
    private final Map<ManifestObject.Id, ManifestObject> before;
    private final Consumer<Problem> problems;
    private final Map<ManifestObject.Id, ManifestObject> objects = new LinkedHashMap<>();

    /**
     * Reads files one by one.
     *
     * @param before what they were when they were last read, for the rules about changes
     * @param problems is told what is wrong in them
     */
    ManifestFiles(ManifestSchema schema, Map<ManifestObject.Id, ManifestObject> before, Consumer<Problem> problems) {
        this.schema = schema;
        this.before = before;
        this.problems = problems;
    }

    /** What was read so far. */
    Map<ManifestObject.Id, ManifestObject> objects() {
        return objects;
    }

    /** Reads a file. */
    void read(Path path) {
        String file = Objects.requireNonNull(path.getFileName()).toString();
        try {
            String text = text(path);
            for (Object document : documents(text)) {
                readDocument(file, document);
            }
        } catch (CharacterCodingException e) {
            problems.accept(new Problem(file, null, "it is not text in UTF-8: save it as such"));
        } catch (IOException e) {
            problems.accept(new Problem(file, null, "it cannot be read: " + e));
        } catch (IllegalArgumentException e) {
            problems.accept(new Problem(file, null, Objects.requireNonNullElse(e.getMessage(), e.toString())));
        } catch (RuntimeException | StackOverflowError e) {
            // A mistake of this program; it must not end what reads the folder.
            problems.accept(new Problem(file, null, "it cannot be checked: " + e));
        }
    }

    private static String text(Path path) throws IOException {
        byte[] octets = Files.readAllBytes(path);
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(octets))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** What begins as JSON may still be YAML, as {@code kubectl} takes it. */
    private static List<Object> documents(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return YamlReader.read(text);
        }
        try {
            return JsonReader.read(text);
        } catch (IllegalArgumentException notJson) {
            try {
                return YamlReader.read(text);
            } catch (IllegalArgumentException notYaml) {
                notJson.addSuppressed(notYaml);
                throw notJson;
            }
        }
    }

    /** Reads a document of a file. */
    void readDocument(String file, Object document) {
        if (!(document instanceof Map)) {
            problems.accept(new Problem(
                    file,
                    null,
                    "a document is " + Values.type(document)
                            + " where an object with apiVersion and kind is expected"));
            return;
        }
        Map<String, Object> manifest = Values.object(document);
        String kind = Values.text(manifest, "kind");
        String version = Values.text(manifest, "apiVersion");
        if (kind.isEmpty() || version.isEmpty()) {
            problems.accept(new Problem(
                    file,
                    kind.isEmpty() ? null : ManifestObject.Id.of(manifest).toString(),
                    (kind.isEmpty() ? "kind" : "apiVersion") + " not set: a manifest says both as texts"));
        } else if (kind.endsWith("List") && manifest.get("items") instanceof List<?> items) {
            for (Object item : items) {
                readDocument(file, item);
            }
        } else if (version.startsWith(ApiGroup.NAME + "/")) {
            readObject(file, manifest, kind, version);
        } else if (version.equals("v1") && kind.equals(RelationshipSecrets.KIND)) {
            add(new ManifestObject(file, ManifestObject.Id.of(manifest), "", manifest));
        }
    }

    /** Whether there is none of it yet. */
    private boolean add(ManifestObject object) {
        ManifestObject same = objects.get(object.id());
        if (same != null && !object.id().name().isEmpty()) {
            problems.accept(object.problem("it stands "
                    + (same.file().equals(object.file()) ? "twice in this file" : "in " + same.file() + " too")
                    + ": remove one, or give it another name"));
            return false;
        }
        objects.put(object.id(), object);
        return true;
    }

    private void readObject(String file, Map<String, Object> manifest, String kind, String version) {
        ManifestObject.Id id = ManifestObject.Id.of(manifest);
        if (!version.equals(VERSION) || !ManifestSchema.isKind(kind)) {
            problems.accept(new Problem(
                    file, id.toString(), "no matches for kind \"" + kind + "\" in version \"" + version + "\""));
            return;
        }
        if (kind.equals("DhcpFailoverAction")) {
            return; // What is done once is asked of the server itself, not left in a folder.
        }
        ManifestObject old = before.get(id);
        ManifestSchema.Checked checked = schema.check(manifest, old == null ? null : old.content());
        ManifestObject object =
                new ManifestObject(file, id, ContentHash.ofSpec(Values.object(manifest, "spec")), checked.object());
        if (add(object)) {
            for (String problem : checked.problems()) {
                problems.accept(object.problem(problem));
            }
        }
    }
}
