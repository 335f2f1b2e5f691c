package io.dhcpfailover.operator.desired;

import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.node.ScopeReport;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scopes that go from one server to another, or from a pair to one of its servers: whoever is to have one without the other
 * waits until the other has let it go, and until all that the other knew of it has been told. Otherwise both would answer for
 * a moment, each without the other, and could give one address to two clients.
 *
 * @param wishes what each server of a namespace is to hold, by its name
 * @param said what each said last, by its name; absent for one that said nothing to this operator yet
 * @param held what each holds, by its name and then by {@link Item#key}; absent for one of which that is not known yet, and
 *     which goes on with whatever that is
 * @param expected the names of those that said nothing to this operator yet and may do so in a moment: until then, what they
 *     serve is nobody else's
 */
public record Handover(
        Map<String, ServerConfiguration> wishes,
        Map<String, NodeStatus> said,
        Map<String, Map<String, Item>> held,
        Set<String> expected) {

    /** What a scope names its relationship by. */
    private static final String RELATIONSHIP = "failoverRelationship";

    /** Keys of scopes of which a server goes on with what it holds for now, each with what it waits for, for people. */
    public SortedMap<String, String> awaitedBy(String server) {
        return awaited().getOrDefault(server, Collections.emptySortedMap());
    }

    /** The same of each server that waits for anything. */
    public Map<String, SortedMap<String, String>> awaited() {
        return new Search().awaited();
    }

    /** Looks only at those servers that may stand in the way of another: there may be many. */
    private final class Search {

        /** What was said of each scope and relationship: by its name, and then by the name of the server that said it. */
        private final Map<String, Map<String, ScopeReport>> scopes = new HashMap<>();

        private final Map<String, Map<String, RelationshipReport>> relationships = new HashMap<>();
        private final List<String> silent = new ArrayList<>();

        Search() {
            for (String server : wishes.keySet()) {
                NodeStatus status = said.get(server);
                if (status == null) {
                    silent.add(server);
                    continue;
                }
                for (ScopeReport report : status.scopes()) {
                    scopes.computeIfAbsent(report.name(), any -> new HashMap<>())
                            .put(server, report);
                }
                for (RelationshipReport report : status.relationships()) {
                    relationships
                            .computeIfAbsent(report.name(), any -> new HashMap<>())
                            .put(server, report);
                }
            }
        }

        Map<String, SortedMap<String, String>> awaited() {
            Map<String, SortedMap<String, String>> awaited = new HashMap<>();
            wishes.forEach((server, wish) -> {
                for (Item item : wish.items().values()) {
                    String what = item.kind().equals(ServerConfiguration.SCOPE) && !isInactive(item)
                            ? awaited(server, item)
                            : null;
                    if (what != null) {
                        awaited.computeIfAbsent(server, any -> new TreeMap<>()).put(item.key(), what);
                    }
                }
            });
            return awaited;
        }

        /** What a server waits for before it gets this; null for nothing. */
        private @Nullable String awaited(String server, Item item) {
            if (!held.containsKey(server)) {
                return "what " + server + " holds is not known yet: it has to be reached first";
            }
            Predicate<String> concerns = other -> !other.equals(server) && !areToShare(other, item);
            Map<String, RelationshipReport> owing =
                    relationships.getOrDefault(relationshipBefore(server, item), Map.of());
            Stream<String> serving = scopes.getOrDefault(item.name(), Map.of()).entrySet().stream()
                    .filter(each -> concerns.test(each.getKey()) && isServed(each.getKey(), each.getValue(), item))
                    .map(each -> each.getKey()
                            + " still serves it as before, as far as it said: where it is gone, delete its DhcpServer");
            Stream<String> telling = owing.entrySet().stream()
                    .filter(each -> concerns.test(each.getKey()) && owesUpdates(each.getValue()))
                    .map(each -> each.getKey()
                            + " may know of leases that it has not told: it has to be in NORMAL, with all updates"
                            + " acknowledged");
            Stream<String> unheard = silent.stream()
                    .filter(other -> concerns.test(other) && mayServe(server, other, item))
                    .map(other -> other
                            + " has said nothing yet, and may serve it: start it, or delete its DhcpServer where it is"
                            + " gone");
            // The same one each time, so that the status does not change for nothing.
            return Stream.of(serving, telling, unheard)
                    .flatMap(Function.identity())
                    .min(Comparator.naturalOrder())
                    .orElse(null);
        }
    }

    /** Whoever is to answer nobody waits for nobody, or the two would wait for each other. */
    private static boolean isInactive(Item item) {
        return item.reference("state").equals(DhcpScopeSpec.State.Inactive.name());
    }

    /** Both are to have it by the same relationship: they tell each other what they need to know. */
    private boolean areToShare(String other, Item item) {
        Item its = wished(other, item);
        String relationship = item.reference(RELATIONSHIP);
        return its != null && !relationship.isEmpty() && relationship.equals(its.reference(RELATIONSHIP));
    }

    /** Whether a server of which nothing is heard may serve what another is to have without it. */
    private boolean mayServe(String server, String other, Item item) {
        return held.keySet().stream().anyMatch(holder -> !holder.equals(other) && areShared(holder, other, item))
                || (expected.contains(other) && !isServedAlready(server, item));
    }

    /** Whether the server has it from the same owner already, so that nobody else does. */
    private boolean isServedAlready(String server, Item item) {
        Item before = held.getOrDefault(server, Map.of()).get(item.key());
        return before != null
                && before.reference("server").equals(item.reference("server"))
                && before.reference(RELATIONSHIP).equals(item.reference(RELATIONSHIP));
    }

    /** Whether the server holds it in a relationship with the other. */
    private boolean areShared(String server, String other, Item item) {
        Item shared = held.getOrDefault(server, Map.of())
                .get(Item.key(ServerConfiguration.RELATIONSHIP, relationshipBefore(server, item)));
        return shared != null
                && (other.equals(shared.reference("primaryServer"))
                        || other.equals(shared.reference("secondaryServer")));
    }

    /** Whether the other serves it otherwise than it is to. */
    private boolean isServed(String other, ScopeReport report, Item item) {
        Item its = wished(other, item);
        return its == null || !its.hash().equals(report.hash());
    }

    /** Whether what clients were told by the other may not have been told to the server yet. */
    private static boolean owesUpdates(RelationshipReport report) {
        return report.state() != FailoverState.Normal || report.pendingUpdates() > 0 || report.unackedUpdates() > 0;
    }

    /** By which the server holds a scope; empty where it holds it alone, or not. */
    private String relationshipBefore(String server, Item item) {
        Item before = held.getOrDefault(server, Map.of()).get(item.key());
        return before == null ? "" : before.reference(RELATIONSHIP);
    }

    private @Nullable Item wished(String server, Item item) {
        ServerConfiguration wish = wishes.get(server);
        return wish == null ? null : wish.items().get(item.key());
    }
}
