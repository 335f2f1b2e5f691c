package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.failover.message.Secrets;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Picks what concerns one server out of all objects of a namespace, and checks what they say of each other. */
final class ServerSelection {

    private static final String SERVER = "DhcpServer";
    private static final String RELATIONSHIP = "DhcpFailoverRelationship";
    private static final String SCOPE = "DhcpScope";

    private final String namespace;
    private final Map<String, ManifestObject> servers;
    private final Map<String, ManifestObject> relationships;
    private final Map<String, ManifestObject> scopes;
    private final RelationshipSecrets secrets;
    private final Consumer<Problem> problems;

    /**
     * Of these objects, which all passed the schema.
     *
     * @param problems is told what they say wrong of each other
     */
    ServerSelection(String namespace, Collection<ManifestObject> objects, Consumer<Problem> problems) {
        this.namespace = namespace;
        this.servers = byName(objects, SERVER);
        this.relationships = byName(objects, RELATIONSHIP);
        this.scopes = byName(objects, SCOPE);
        this.problems = problems;
        this.secrets = new RelationshipSecrets(namespace, byName(objects, RelationshipSecrets.KIND), problems);
    }

    private Map<String, ManifestObject> byName(Collection<ManifestObject> objects, String kind) {
        Map<String, ManifestObject> byName = new TreeMap<>();
        for (ManifestObject object : objects) {
            if (object.id().kind().equals(kind) && object.id().namespace().equals(namespace)) {
                byName.put(object.id().name(), object);
            }
        }
        return byName;
    }

    /** What concerns the server; null where it cannot be told, and of no use where a problem was told. */
    @Nullable ServerManifests of(ObjectName name) {
        relationships.values().forEach(relationship -> {
            checkReference(relationship, "primaryServer", SERVER, servers);
            checkReference(relationship, "secondaryServer", SERVER, servers);
        });
        scopes.values().forEach(scope -> {
            checkReference(scope, "server", SERVER, servers);
            checkReference(scope, "failoverRelationship", RELATIONSHIP, relationships);
        });
        ManifestObject server = servers.get(name.text());
        if (server == null) {
            return null;
        }
        Manifest<DhcpServerSpec> itself = server.asServer();
        if (itself.spec().external() != null) {
            problems.accept(
                    server.problem("spec.external: this server cannot be run, because it is said to run elsewhere:"
                            + " start another, or replace external by nodeName"));
        }
        Map<String, Manifest<DhcpServerSpec>> partners = new TreeMap<>();
        List<Manifest<DhcpFailoverRelationshipSpec>> own = new ArrayList<>();
        Map<ObjectName, Secrets> known = new HashMap<>();
        for (ManifestObject relationship : relationships.values()) {
            Map<String, Object> spec = relationship.spec();
            String primary = Values.text(spec, "primaryServer");
            String secondary = Values.text(spec, "secondaryServer");
            if (primary.equals(name.text()) || secondary.equals(name.text())) {
                own.add(relationship.asRelationship());
                ManifestObject partner = servers.get(primary.equals(name.text()) ? secondary : primary);
                if (partner != null) {
                    partners.put(partner.id().name(), partner.asServer());
                    checkReachable(partner, name);
                    Secrets shared = secrets.of(relationship, partner.asServer().spec());
                    if (shared != null) {
                        known.put(own.getLast().name(), shared);
                    }
                }
            }
        }
        return new ServerManifests(namespace, itself, own, List.copyOf(partners.values()), scopesOf(name, own), known);
    }

    private void checkReachable(ManifestObject partner, ObjectName server) {
        if (FailoverEndpoint.of(partner.asServer().spec()) == null) {
            problems.accept(partner.problem(
                    "spec.failoverAddress: it is needed here, where no Kubernetes node says it: give the address at which "
                            + server + " reaches this server, and from which this server reaches " + server));
        }
    }

    private void checkReference(
            ManifestObject object, String field, String kind, Map<String, ManifestObject> candidates) {
        String name = Values.text(object.spec(), field);
        if (!name.isEmpty() && !candidates.containsKey(name)) {
            problems.accept(object.problem("spec." + field + ": there is no " + kind + " " + name + " in the namespace "
                    + namespace + " (" + Values.listed(candidates.keySet()) + "): name one of these, or add it"));
        }
    }

    private List<Manifest<DhcpScopeSpec>> scopesOf(
            ObjectName server, List<Manifest<DhcpFailoverRelationshipSpec>> relationshipsOfServer) {
        List<String> own =
                relationshipsOfServer.stream().map(each -> each.name().text()).toList();
        List<Manifest<DhcpScopeSpec>> served = new ArrayList<>();
        for (ManifestObject scope : scopes.values()) {
            Map<String, Object> spec = scope.spec();
            if (Values.text(spec, "server").equals(server.text())
                    || own.contains(Values.text(spec, "failoverRelationship"))) {
                served.add(scope.asScope());
            }
        }
        checkOverlaps(served);
        return served;
    }

    /** In the order of their networks, a scope overlaps one before it only if it overlaps the one that ends last. */
    private void checkOverlaps(List<Manifest<DhcpScopeSpec>> served) {
        List<Manifest<DhcpScopeSpec>> inOrder = served.stream()
                .sorted(Comparator.comparing(
                        (Manifest<DhcpScopeSpec> scope) -> scope.spec().subnet().network()))
                .toList();
        @Nullable Manifest<DhcpScopeSpec> last = null;
        for (Manifest<DhcpScopeSpec> scope : inOrder) {
            if (last == null || !last.spec().subnet().overlaps(scope.spec().subnet())) {
                last = scope;
                continue;
            }
            try {
                new ScopeTable(
                        List.of(ServedScope.of(last.name(), last.spec()), ServedScope.of(scope.name(), scope.spec())));
            } catch (IllegalArgumentException e) {
                ManifestObject object = scopes.get(scope.name().text());
                if (object != null) {
                    problems.accept(object.problem("spec.subnet: " + e.getMessage()));
                }
            }
            if (last.spec().subnet().last().compareTo(scope.spec().subnet().last()) < 0) {
                last = scope;
            }
        }
    }
}
