package io.dhcpfailover.operator.node;

import io.dhcpfailover.api.node.ConfigurationAnswer.Problem;
import io.dhcpfailover.api.node.ConfigurationDocument;
import io.dhcpfailover.api.node.ContentHash;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.operator.desired.Item;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings a server to hold what it is to hold. One thread uses it.
 *
 * <p>The generation of the whole is the one that the server says it holds, and one more. So it never goes back, whatever
 * clocks or operators say; and of two operators that write at a time, one is refused and looks again.
 *
 * <p>An object that the server refuses is withheld from it until something that is asked changes, or the server's version
 * does; it goes on with what it holds of that object.
 */
final class ConfigurationPush {

    /** A server that refuses one object after another is not sent more than this in a row. */
    private static final int ATTEMPTS_MAX = 8;

    /** What a server refuses as a whole is tried again, since what was in its way may be gone. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final NodeClient client;
    private Map<String, Item> held = Map.of();
    private @Nullable String heldHash;
    private long heldGeneration = -1;
    private final Map<String, String> refused = new TreeMap<>();
    private @Nullable Wish refusedOf;
    private String refusedBy = "";
    private boolean drifted;

    /** What it could not be brought to hold, and when. */
    private @Nullable Wish failed;

    private long failedAtNanos;

    /** What the server was brought to hold last, as far as it takes it. */
    private @Nullable Wish settled;

    ConfigurationPush(NodeClient client) {
        this.client = client;
    }

    /**
     * Looks, and sends what is missing.
     *
     * @param status what the server said last
     * @param copied keys that are sent although they are kept
     * @return how far the server is now
     * @throws IOException where the server cannot be told
     */
    Replication step(URI server, NodeStatus status, Wish wish, Set<String> copied)
            throws IOException, InterruptedException {
        if (wish.equals(settled)
                && copied.isEmpty()
                && status.generation() == heldGeneration
                && Objects.equals(status.hash(), heldHash)
                && status.version().equals(refusedBy)) {
            return replication(true);
        }
        if (wish.equals(failed) && copied.isEmpty() && System.nanoTime() - failedAtNanos < AGAIN.toNanos()) {
            return replication(false);
        }
        settled = null;
        failed = null;
        forgetRefusals(wish, status.version());
        NodeStatus now = status;
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            learn(server, now, wish);
            SortedMap<String, Item> send = send(wish, copied);
            if (send.isEmpty() || holds(now, send)) {
                held = send.isEmpty() ? held : send;
                settled = wish;
                return replication(true);
            }
            if (send.values().stream().anyMatch(Item::isUnknown)) {
                return goesOn(send, wish);
            }
            switch (client.put(server, document(now.generation() + 1, send))) {
                case Placed.Held(var answer) -> {
                    held = send;
                    heldHash = answer.hash();
                    heldGeneration = answer.generation();
                    boolean mended = drifted;
                    drifted = false;
                    settled = wish;
                    return new Replication(held, true, mended, refused, null);
                }
                case Placed.Stale _ -> now = client.status(server);
                case Placed.Refused(var problems) -> {
                    if (!withhold(problems, send)) {
                        return failed(wish);
                    }
                }
            }
        }
        return failed(wish);
    }

    /**
     * What the server is to go on with for now needs a Secret that this operator does not know, since another one sent it. So
     * nothing is sent until all of that is asked anew or is to end.
     */
    private Replication goesOn(SortedMap<String, Item> send, Wish wish) {
        if (hash(withoutSecrets(send)).equals(hash(withoutSecrets(held)))) {
            settled = wish;
            return replication(true);
        }
        send.values().stream()
                .filter(Item::isUnknown)
                .forEach(secret -> refused.put(
                        secret.key(),
                        "the server goes on with what refers to this Secret, and nobody but the server knows what it"
                                + " holds of it; changes wait until that is valid again"));
        return failed(wish);
    }

    private static Map<String, Item> withoutSecrets(Map<String, Item> items) {
        Map<String, Item> others = new HashMap<>(items);
        others.values().removeIf(Item::isSecret);
        return others;
    }

    private Replication failed(Wish wish) {
        failed = wish;
        failedAtNanos = System.nanoTime();
        return replication(false);
    }

    private Replication replication(boolean inStep) {
        return new Replication(held, inStep, drifted, refused, null);
    }

    private SortedMap<String, Item> send(Wish wish, Set<String> copied) {
        Set<String> withheld = new TreeSet<>(wish.withheld());
        withheld.addAll(refused.keySet());
        return wish.configuration().toSend(held, withheld, copied);
    }

    /** Whether the server holds it, by its own word. */
    private static boolean holds(NodeStatus status, SortedMap<String, Item> send) {
        return status.generation() > 0 && hash(send).equals(status.hash());
    }

    /** Finds out what the server holds, where that is not what it was seen to hold. */
    private void learn(URI server, NodeStatus status, Wish wish) throws IOException, InterruptedException {
        if (status.generation() == heldGeneration && Objects.equals(status.hash(), heldHash)) {
            return;
        }
        if (status.generation() == 0) {
            held = Map.of();
        } else {
            drifted = drifted || heldGeneration > 0;
            SortedMap<String, Item> asked = wish.configuration().toSend(Map.of(), Set.of(), Set.of());
            held = hash(asked).equals(status.hash()) ? asked : read(client.configuration(server));
        }
        heldGeneration = status.generation();
        heldHash = status.hash();
    }

    /** A server does not say what it holds of Secrets. */
    private static Map<String, Item> read(ConfigurationDocument document) {
        Map<String, Item> items = new HashMap<>();
        document.items().stream()
                .map(Item::ofHeld)
                .filter(item -> !item.isSecret())
                .forEach(item -> items.put(item.key(), item));
        for (Item item : List.copyOf(items.values())) {
            item.secrets().stream().map(Item::unknownSecret).forEach(secret -> items.put(secret.key(), secret));
        }
        return items;
    }

    private void forgetRefusals(Wish wish, String version) {
        if (!wish.equals(refusedOf) || !version.equals(refusedBy)) {
            refused.clear();
            refusedOf = wish;
            refusedBy = version;
        }
    }

    /** Whether there is anything else to try. */
    private boolean withhold(Iterable<Problem> problems, SortedMap<String, Item> send) {
        boolean any = false;
        for (Problem problem : problems) {
            String key = key(problem.object());
            Item item = send.get(key);
            boolean another = item != null && !item.equals(held.get(key));
            any |= another && !refused.containsKey(key);
            refused.merge(
                    another ? key : "", problem.message(), (one, more) -> one.equals(more) ? one : one + "; " + more);
        }
        return any;
    }

    /** By the kind and the name in what a problem calls its object; empty for the whole. */
    private static String key(@Nullable String object) {
        if (object == null) {
            return "";
        }
        int kind = object.indexOf(object.indexOf(' ') < 0 ? '/' : ' ');
        int name = Math.max(object.lastIndexOf('/'), object.lastIndexOf(' '));
        return kind < 0 ? object : Item.key(object.substring(0, kind), object.substring(name + 1));
    }

    private static ConfigurationDocument document(long generation, SortedMap<String, Item> items) {
        return new ConfigurationDocument(
                generation, items.values().stream().map(Item::manifest).toList());
    }

    /** As {@link ContentHash#ofConfiguration} of their manifests, so with what Secrets hold. */
    private static String hash(Map<String, Item> items) {
        Map<String, String> hashes = new HashMap<>();
        items.values().forEach(item -> hashes.put(item.key(), item.hash()));
        return ContentHash.ofAll(hashes);
    }
}
