package io.dhcpfailover.operator.action;

import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionStatus;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.summary.ServerView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that an action's next step follows from; all objects are of its namespace.
 *
 * @param spec what is asked
 * @param status how far it was; null where it was not begun
 * @param createdAt when it was asked for
 * @param relationships those that are served, by their names
 * @param servers all, by their names
 * @param scopes the names of the scopes of each relationship
 * @param resumed whether it was begun by an operator that has ended since, maybe between the record of what it does and
 *     doing it. So that is done again, where it shows no effect
 * @param refused what the server that was told last answered instead of doing it; null where it did, or was not told
 */
public record ActionView(
        DhcpFailoverActionSpec spec,
        @Nullable DhcpFailoverActionStatus status,
        Instant createdAt,
        Map<ObjectName, DhcpFailoverRelationshipSpec> relationships,
        Map<ObjectName, ServerView> servers,
        Map<ObjectName, List<ObjectName>> scopes,
        boolean resumed,
        @Nullable String refused) {

    /** Copies the maps. */
    public ActionView {
        relationships = Map.copyOf(relationships);
        servers = Map.copyOf(servers);
        scopes = Map.copyOf(scopes);
    }

    /** What was recorded before. */
    Map<String, String> details() {
        return status == null ? Map.of() : status.details();
    }

    /** When it was begun; now where it was not. */
    Instant startedAt(Instant now) {
        return status == null || status.startedAt() == null ? now : status.startedAt();
    }

    /** Whether more time has passed since it was begun, or asked for where it was not. */
    boolean isOver(Duration time, Instant now) {
        Instant from = status == null || status.startedAt() == null ? createdAt : status.startedAt();
        return now.isAfter(from.plus(time));
    }

    /** The server of this name, which exists. */
    ServerView server(ObjectName name) {
        return Objects.requireNonNull(servers.get(name), name::text);
    }

    /** What a server says now; null where it does not answer. */
    @Nullable NodeStatus current(ObjectName server) {
        return server(server).current();
    }

    /** What a server says now of a relationship; null where it does not answer. */
    @Nullable RelationshipReport report(ObjectName server, ObjectName relationship) {
        return server(server).report(relationship);
    }

    /** The other server of a relationship. */
    ObjectName partner(ObjectName relationship, ObjectName server) {
        DhcpFailoverRelationshipSpec pair = Objects.requireNonNull(relationships.get(relationship), relationship::text);
        return pair.primaryServer().equals(server) ? pair.secondaryServer() : pair.primaryServer();
    }

    /** The relationships that a server takes part in, in the order of their names. */
    List<ObjectName> relationshipsOf(ObjectName server) {
        return relationships.entrySet().stream()
                .filter(entry -> entry.getValue().primaryServer().equals(server)
                        || entry.getValue().secondaryServer().equals(server))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
