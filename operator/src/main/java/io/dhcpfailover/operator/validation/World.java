package io.dhcpfailover.operator.validation;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.operator.report.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What exists, and what of it is served, as far as it has been judged. */
final class World {

    private final Set<ObjectKey> servers = new HashSet<>();
    private final Set<ObjectKey> relationships = new HashSet<>();
    private final Set<ObjectKey> running = new HashSet<>();
    private final Map<ObjectKey, DhcpServerSpec> servedServers = new HashMap<>();
    private final Map<ObjectKey, DhcpFailoverRelationshipSpec> servedRelationships = new HashMap<>();

    World(Declarations declarations) {
        declarations.servers().stream().filter(each -> each.spec() != null).forEach(each -> servers.add(each.key()));
        declarations.relationships().stream()
                .filter(each -> each.spec() != null)
                .forEach(each -> relationships.add(each.key()));
        declarations.relationships().stream()
                .filter(each -> each.lastValid() != null)
                .forEach(each -> running.add(each.key()));
    }

    /** Whether a relationship was valid before. */
    boolean runs(ObjectKey relationship) {
        return running.contains(relationship);
    }

    /** Those that somebody asks for; not those that are deleted and still run. */
    Set<ObjectKey> servers() {
        return servers;
    }

    /** Those that somebody asks for; not those that are deleted and still run. */
    Set<ObjectKey> relationships() {
        return relationships;
    }

    /** What is served as a server; null where nothing is. */
    @Nullable DhcpServerSpec server(ObjectKey key) {
        return servedServers.get(key);
    }

    /** What is served as a relationship; null where nothing is. */
    @Nullable DhcpFailoverRelationshipSpec relationship(ObjectKey key) {
        return servedRelationships.get(key);
    }

    void serve(ObjectKey key, DhcpServerSpec spec) {
        servedServers.put(key, spec);
    }

    void serve(ObjectKey key, DhcpFailoverRelationshipSpec spec) {
        servedRelationships.put(key, spec);
    }
}
