package io.dhcpfailover.operator.desired;

import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.node.ScopeReport;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Scopes that go from one server to another, or from a pair to one of its servers: whoever is to have one without the other
 * waits until the other has let it go, and until all that the other knew of it has been told. Otherwise both would answer for
 * a moment, each without the other, and could give one address to two clients.
 *
 * @param wishes what each server of a namespace is to hold, by its name
 * @param said what each said last, by its name; absent for one that said nothing to this operator yet
 * @param held what each holds as far as it is known, by its name and then by {@link Item#key}
 */
public record Handover(
        Map<String, ServerConfiguration> wishes, Map<String, NodeStatus> said, Map<String, Map<String, Item>> held) {

    /** Keys of scopes of which a server goes on with what it holds for now, each with what it waits for, for people. */
    public SortedMap<String, String> awaitedBy(String server) {
        ServerConfiguration wish = wishes.get(server);
        SortedMap<String, String> awaited = new TreeMap<>();
        if (wish != null) {
            for (Item item : wish.items().values()) {
                if (item.kind().equals(ServerConfiguration.SCOPE)) {
                    wishes.keySet().stream()
                            .map(other -> awaited(server, other, item))
                            .filter(Objects::nonNull)
                            .min(Comparator.naturalOrder())
                            .ifPresent(what -> awaited.put(item.key(), what));
                }
            }
        }
        return awaited;
    }

    /** What a server waits for of another one; null for nothing. */
    private @Nullable String awaited(String server, String other, Item item) {
        if (other.equals(server) || areToShare(other, item) || isInactive(item)) {
            return null;
        }
        NodeStatus status = said.get(other);
        if (status == null) {
            return isUnknown(server) || areShared(server, other, item)
                    ? other
                            + " has said nothing yet, and may serve it: start it, or delete its DhcpServer where it is gone"
                    : null;
        }
        if (serves(other, status, item)) {
            return other + " still serves it as before, as far as it said: where it is gone, delete its DhcpServer";
        }
        return owesUpdates(server, status, item)
                ? other
                        + " may know of leases that it has not told: it has to be in NORMAL, with all updates acknowledged"
                : null;
    }

    /** Whether this operator does not know yet what a server holds, and so not with whom it shares it. */
    private boolean isUnknown(String server) {
        return held.getOrDefault(server, Map.of()).isEmpty();
    }

    /** Whoever is to answer nobody waits for nobody, or the two would wait for each other. */
    private static boolean isInactive(Item item) {
        return item.reference("state").equals(DhcpScopeSpec.State.Inactive.name());
    }

    /** Both are to have it by the same relationship: they tell each other what they need to know. */
    private boolean areToShare(String other, Item item) {
        Item its = wished(other, item);
        String relationship = item.reference("failoverRelationship");
        return its != null && !relationship.isEmpty() && relationship.equals(its.reference("failoverRelationship"));
    }

    /** Whether the server holds it in a relationship with the other, of which nothing is heard. */
    private boolean areShared(String server, String other, Item item) {
        Map<String, Item> its = held.getOrDefault(server, Map.of());
        Item before = its.get(item.key());
        String relationship = before == null ? "" : before.reference("failoverRelationship");
        Item shared = its.get(Item.key(ServerConfiguration.RELATIONSHIP, relationship));
        return shared != null
                && (other.equals(shared.reference("primaryServer"))
                        || other.equals(shared.reference("secondaryServer")));
    }

    private boolean serves(String other, NodeStatus status, Item item) {
        Item its = wished(other, item);
        for (ScopeReport report : status.scopes()) {
            if (report.name().equals(item.name())) {
                return its == null || !its.hash().equals(report.hash());
            }
        }
        return false;
    }

    /** Whether what clients were told by the other may not have been told to the server yet. */
    private boolean owesUpdates(String server, NodeStatus other, Item item) {
        Item before = held.getOrDefault(server, Map.of()).get(item.key());
        String relationship = before == null ? "" : before.reference("failoverRelationship");
        for (RelationshipReport report : other.relationships()) {
            if (report.name().equals(relationship)) {
                return report.state() != FailoverState.Normal
                        || report.pendingUpdates() > 0
                        || report.unackedUpdates() > 0;
            }
        }
        return false;
    }

    private @Nullable Item wished(String server, Item item) {
        ServerConfiguration wish = wishes.get(server);
        return wish == null ? null : wish.items().get(item.key());
    }
}
