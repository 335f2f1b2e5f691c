package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells those who watch what happens. */
final class Watches {

    /** How long it is waited for a change before the time that was asked for is looked at. */
    private static final long QUIET_MILLISECONDS = 10_000;

    private final ObjectStore store;

    Watches(ObjectStore store) {
        this.store = store;
    }

    /** Writes changes until nobody reads them, or the time that was asked for is over. */
    void run(Call call, Selection selection, OutputStream out) throws IOException, InterruptedException {
        long end = call.query("timeoutSeconds").isEmpty()
                ? Long.MAX_VALUE
                : System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(call.query("timeoutSeconds")));
        String from = call.query("resourceVersion");
        long version;
        if (from.isEmpty() || from.equals("0")) {
            ObjectStore.Listed listed = store.list(selection);
            for (ObjectNode object : listed.objects()) {
                write(call, selection, out, "ADDED", object);
            }
            version = listed.version();
        } else {
            version = Long.parseLong(from);
        }
        out.flush();
        while (System.nanoTime() < end) {
            List<Change> changes;
            try {
                changes = store.after(version, QUIET_MILLISECONDS);
            } catch (ApiException e) {
                event(out, "ERROR", EmbeddedApi.status(e));
                return;
            }
            for (Change change : changes) {
                version = change.version();
                write(call, selection, out, change);
            }
            out.flush();
        }
    }

    private static void write(Call call, Selection selection, OutputStream out, Change change) throws IOException {
        ObjectNode before = wanted(selection, change.key(), change.before());
        ObjectNode after = wanted(selection, change.key(), change.after());
        if (after != null) {
            write(call, selection, out, before == null ? "ADDED" : "MODIFIED", after);
        } else if (before != null) {
            ObjectNode last = before.deepCopy();
            Json.object(last, "metadata").put("resourceVersion", Long.toString(change.version()));
            write(call, selection, out, "DELETED", last);
        }
    }

    private static @Nullable ObjectNode wanted(Selection selection, Key key, @Nullable ObjectNode object) {
        return object != null && selection.matches(key, object) ? object : null;
    }

    private static void write(Call call, Selection selection, OutputStream out, String type, ObjectNode object)
            throws IOException {
        event(
                out,
                type,
                call.table()
                        ? Tables.table(
                                selection.kind(),
                                List.of(object),
                                object.path("metadata").path("resourceVersion").asText())
                        : object);
    }

    private static void event(OutputStream out, String type, ObjectNode object) throws IOException {
        ObjectNode event = Json.MAPPER.createObjectNode().put("type", type);
        event.set("object", object);
        out.write(Json.MAPPER.writeValueAsBytes(event));
        out.write('\n');
    }
}
