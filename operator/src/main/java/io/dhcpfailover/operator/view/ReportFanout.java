package io.dhcpfailover.operator.view;

import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.node.ScopeReport;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.node.Heard;
import io.dhcpfailover.operator.node.Replication;
import io.dhcpfailover.operator.node.ServerLink;
import io.dhcpfailover.operator.node.ServerLinks;
import io.dhcpfailover.operator.report.ObjectKey;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Wakes what a server's words are about. */
@Singleton
public final class ReportFanout {

    private record Known(boolean connected, @Nullable NodeStatus status, Replication replication) {}

    private final ServerLinks links;
    private final ClusterViews views;
    private final Wakes wakes;
    private final Map<ObjectKey, Known> known = new ConcurrentHashMap<>();

    /** Between these. */
    public ReportFanout(ServerLinks links, ClusterViews views, Wakes wakes) {
        this.links = links;
        this.views = views;
        this.wakes = wakes;
    }

    /** Begins to listen. */
    public void begin() {
        links.listen(this::heard);
    }

    private void heard(ObjectKey server) {
        ServerLink link = links.find(server);
        if (link == null) {
            known.remove(server);
            return;
        }
        Heard heard = link.heard();
        Known now = new Known(heard.connected(), heard.status(), link.replication());
        Known before = known.put(server, now);
        wakes.wake(server);
        if (before == null
                || !served(before).equals(served(now))
                || !before.replication().equals(now.replication())) {
            views.changed();
        }
        Set<String> relationships = new TreeSet<>();
        Set<String> scopes = new TreeSet<>();
        if (before == null
                || before.connected() != now.connected()
                || !before.replication().equals(now.replication())) {
            addAll(server, relationships, scopes);
            addServed(before, relationships, scopes);
        } else {
            addChanged(before.status(), now.status(), relationships, scopes);
        }
        relationships.forEach(name -> wake(Kind.DhcpFailoverRelationship, server, name));
        scopes.forEach(name -> wake(Kind.DhcpScope, server, name));
        doubtLostPartners(server, now);
        wakePartners(server, before, now);
    }

    /** What becomes of a server follows from what its partners say of it, too. */
    private void wakePartners(ObjectKey server, @Nullable Known before, Known now) {
        ClusterView view = views.current();
        NamespaceObjects objects = view == null ? null : view.namespace(server.namespace());
        if (objects == null) {
            return;
        }
        Set<String> standings = standings(before);
        for (String each : standings(now)) {
            String partner = standings.contains(each) ? null : partner(objects, each.split(" ", 2)[0], server.name());
            if (partner != null) {
                wake(Kind.DhcpServer, server, partner);
            }
        }
    }

    private static Set<String> standings(@Nullable Known known) {
        Set<String> standings = new TreeSet<>();
        if (known != null && known.status() != null) {
            known.status()
                    .relationships()
                    .forEach(report -> standings.add(
                            report.name() + " " + report.state() + " " + report.connected() + " " + known.connected()));
        }
        return standings;
    }

    /** The other server of a relationship; null where there is no such relationship. */
    private static @Nullable String partner(NamespaceObjects objects, String relationship, String server) {
        var named = objects.relationships().get(relationship);
        if (named == null || named.getSpec() == null) {
            return null;
        }
        String primary = named.getSpec().primaryServer().text();
        return primary.equals(server) ? named.getSpec().secondaryServer().text() : primary;
    }

    /** What others wait for that are to have a scope of this server. */
    private static List<Object> served(Known known) {
        NodeStatus status = known.status();
        if (status == null) {
            return List.of();
        }
        // That it has said anything is something, too: before that, it is waited for.
        List<Object> served = new ArrayList<>(List.of("heard"));
        status.scopes().forEach(scope -> served.add(scope.name() + " " + scope.hash()));
        status.relationships()
                .forEach(report -> served.add(report.name() + " " + report.state() + " "
                        + (report.pendingUpdates() + report.unackedUpdates() > 0)));
        return served;
    }

    private void wake(Kind kind, ObjectKey server, String name) {
        wakes.wake(new ObjectKey(kind.name(), server.namespace(), name));
    }

    /** All that it is to serve. */
    private void addAll(ObjectKey server, Set<String> relationships, Set<String> scopes) {
        ClusterView view = views.current();
        var wish = view == null ? null : view.wishes().get(server);
        if (wish != null) {
            wish.configuration().items().values().forEach(item -> {
                if (item.kind().equals(Kind.DhcpFailoverRelationship.name())) {
                    relationships.add(item.name());
                } else if (item.kind().equals(Kind.DhcpScope.name())) {
                    scopes.add(item.name());
                }
            });
        }
    }

    /** All that it said it serves. */
    private static void addServed(@Nullable Known before, Set<String> relationships, Set<String> scopes) {
        NodeStatus status = before == null ? null : before.status();
        if (status != null) {
            status.relationships().forEach(report -> relationships.add(report.name()));
            status.scopes().forEach(report -> scopes.add(report.name()));
        }
    }

    private static void addChanged(
            @Nullable NodeStatus before, @Nullable NodeStatus now, Set<String> relationships, Set<String> scopes) {
        Map<String, RelationshipReport> relationshipsBefore = new HashMap<>();
        Map<String, ScopeReport> scopesBefore = new HashMap<>();
        if (before != null) {
            before.relationships().forEach(report -> relationshipsBefore.put(report.name(), report));
            before.scopes().forEach(report -> scopesBefore.put(report.name(), report));
        }
        if (now != null) {
            for (RelationshipReport report : now.relationships()) {
                if (!report.equals(relationshipsBefore.remove(report.name()))) {
                    relationships.add(report.name());
                }
            }
            for (ScopeReport report : now.scopes()) {
                if (!report.equals(scopesBefore.remove(report.name()))) {
                    scopes.add(report.name());
                }
            }
            if (before != null && !Objects.equals(before.problems(), now.problems())) {
                now.relationships().forEach(report -> relationships.add(report.name()));
            }
        }
        relationships.addAll(relationshipsBefore.keySet());
        scopes.addAll(scopesBefore.keySet());
    }

    /** A server that its partner has lost may be gone: its stream would not tell for some time. */
    private void doubtLostPartners(ObjectKey server, Known now) {
        ClusterView view = views.current();
        NamespaceObjects objects = view == null ? null : view.namespace(server.namespace());
        if (objects == null || now.status() == null) {
            return;
        }
        for (RelationshipReport report : now.status().relationships()) {
            String partner = report.connected() ? null : partner(objects, report.name(), server.name());
            ServerLink link = partner == null
                    ? null
                    : links.find(new ObjectKey(Kind.DhcpServer.name(), server.namespace(), partner));
            if (link != null) {
                link.doubt();
            }
        }
    }
}
