package io.dhcpfailover.operator.view;

import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus;
import io.dhcpfailover.api.v1alpha1.DhcpResource;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerStatus;
import io.dhcpfailover.api.v1alpha1.SecretReference;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.desired.Handover;
import io.dhcpfailover.operator.desired.Item;
import io.dhcpfailover.operator.desired.Items;
import io.dhcpfailover.operator.desired.Names;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.desired.ServerConfiguration;
import io.dhcpfailover.operator.node.Heard;
import io.dhcpfailover.operator.node.ServerLink;
import io.dhcpfailover.operator.node.ServerLinks;
import io.dhcpfailover.operator.node.Wish;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.validation.Declarations;
import io.dhcpfailover.operator.validation.Declared;
import io.dhcpfailover.operator.validation.Judgement;
import io.dhcpfailover.operator.validation.Judgements;
import io.dhcpfailover.operator.validation.Surroundings;
import io.dhcpfailover.operator.validation.Validator;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Secret;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at all objects together. One thread uses it. */
@Singleton
final class Viewer {

    private final Caches caches;
    private final Addresses addresses;
    private final Secrets secrets;
    private final ServerLinks links;
    private final ServerViews views;

    private final Items items = new Items();

    /** What was valid when it was last looked at: it goes on where it is changed to something that is not. */
    private final Map<ObjectKey, Object> lastValid = new HashMap<>();

    Viewer(Caches caches, Addresses addresses, Secrets secrets, ServerLinks links, ServerViews views) {
        this.caches = caches;
        this.addresses = addresses;
        this.secrets = secrets;
        this.links = links;
        this.views = views;
    }

    /** Looks now. */
    ClusterView look() {
        List<DhcpServer> servers = complete(DhcpServer.class);
        List<DhcpFailoverRelationship> relationships = complete(DhcpFailoverRelationship.class);
        List<DhcpScope> scopes = complete(DhcpScope.class);
        Set<ObjectKey> named = named(relationships, scopes);
        secrets.refresh(named);
        Judgements judgements = judge(servers, relationships, scopes, named);
        remember(judgements);
        Map<String, NamespaceObjects> namespaces = new HashMap<>();
        Map<ObjectKey, Wish> wishes = new HashMap<>();
        Map<ObjectKey, SortedMap<String, String>> awaited = new HashMap<>();
        Map<String, SortedMap<String, DhcpServer>> ofServers = byNamespace(servers);
        Map<String, SortedMap<String, DhcpFailoverRelationship>> ofRelationships = byNamespace(relationships);
        Map<String, SortedMap<String, DhcpScope>> ofScopes = byNamespace(scopes);
        Set<String> names = new TreeSet<>(ofServers.keySet());
        names.addAll(ofRelationships.keySet());
        names.addAll(ofScopes.keySet());
        names.forEach(namespace -> {
            SortedMap<String, DhcpServer> own = ofServers.getOrDefault(namespace, new TreeMap<>());
            NamespaceObjects objects = new NamespaceObjects(
                    namespace,
                    own,
                    ofRelationships.getOrDefault(namespace, new TreeMap<>()),
                    ofScopes.getOrDefault(namespace, new TreeMap<>()),
                    secrets(namespace, named),
                    failoverAddresses(own.values()));
            namespaces.put(namespace, objects);
            Set<String> withheld = withheld(namespace, judgements);
            Handover handover = handover(namespace, own, objects);
            Map<String, SortedMap<String, String>> others = handover.awaited();
            handover.wishes().forEach((name, wish) -> {
                ObjectKey server = new ObjectKey(Kind.DhcpServer.name(), namespace, name);
                SortedMap<String, String> waits = others.getOrDefault(name, Collections.emptySortedMap());
                Set<String> notYet = new TreeSet<>(withheld);
                notYet.addAll(waits.keySet());
                wishes.put(server, new Wish(wish, notYet));
                awaited.put(server, waits);
            });
        });
        return new ClusterView(namespaces, judgements, wishes, awaited);
    }

    private Handover handover(String namespace, Map<String, DhcpServer> servers, NamespaceObjects objects) {
        Map<String, ServerConfiguration> configurations = new HashMap<>();
        Map<String, NodeStatus> said = new HashMap<>();
        Map<String, Map<String, Item>> held = new HashMap<>();
        Set<String> expected = new HashSet<>();
        servers.forEach((name, server) -> {
            if (server.getSpec() == null || server.getSpec().external() != null) {
                return;
            }
            if (views.isExpected(objects, new ObjectName(name))) {
                expected.add(name);
            }
            configurations.put(name, ServerConfiguration.of(server, objects, items));
            ServerLink link = links.find(new ObjectKey(Kind.DhcpServer.name(), namespace, name));
            if (link != null) {
                if (link.replication().isKnown()) {
                    held.put(name, link.replication().sent());
                }
                NodeStatus status = link.heard().status();
                if (status != null) {
                    said.put(name, status);
                }
            }
        });
        return new Handover(configurations, said, held, expected);
    }

    /** An object of which only metadata was read says nothing. */
    private <T extends DhcpResource<?, ?>> List<T> complete(Class<T> kind) {
        return caches.all(kind).stream()
                .filter(object -> object.getSpec() != null)
                .toList();
    }

    private Judgements judge(
            List<DhcpServer> servers,
            List<DhcpFailoverRelationship> relationships,
            List<DhcpScope> scopes,
            Set<ObjectKey> named) {
        List<Declared<DhcpServerSpec>> declaredServers = servers.stream()
                .map(each -> declared(each, conditions(each.getStatus()), DhcpServerSpec.class))
                .toList();
        List<Declared<DhcpFailoverRelationshipSpec>> declaredRelationships = relationships.stream()
                .map(each -> declared(each, conditions(each.getStatus()), DhcpFailoverRelationshipSpec.class))
                .toList();
        List<Declared<DhcpScopeSpec>> declaredScopes = scopes.stream()
                .map(each -> declared(each, conditions(each.getStatus()), DhcpScopeSpec.class))
                .toList();
        return Validator.judge(
                new Declarations(declaredServers, declaredRelationships, declaredScopes), surroundings(servers, named));
    }

    private <S> Declared<S> declared(DhcpResource<S, ?> object, List<Condition> conditions, Class<S> type) {
        Object remembered = lastValid.get(ObjectKey.of(object));
        return Declared.of(object, conditions, remembered == null ? null : type.cast(remembered));
    }

    private static List<Condition> conditions(@Nullable Object status) {
        return switch (status) {
            case DhcpServerStatus server -> server.conditions();
            case DhcpFailoverRelationshipStatus relationship -> relationship.conditions();
            case DhcpScopeStatus scope -> scope.conditions();
            case null, default -> List.of();
        };
    }

    private void remember(Judgements judgements) {
        Set<ObjectKey> known = new HashSet<>();
        for (Map<ObjectKey, ? extends Judgement<?>> each :
                List.of(judgements.servers(), judgements.relationships(), judgements.scopes())) {
            each.forEach((key, judgement) -> {
                known.add(key);
                Object served = judgement.served();
                if (served != null) {
                    lastValid.put(key, served);
                }
            });
        }
        lastValid.keySet().retainAll(known);
        items.retain(known);
    }

    private Surroundings surroundings(List<DhcpServer> servers, Set<ObjectKey> named) {
        Set<String> nodes = caches.all(Node.class).stream()
                .map(node -> node.getMetadata().getName())
                .collect(Collectors.toSet());
        Map<ObjectKey, Map<String, Integer>> lengths = new HashMap<>();
        for (ObjectKey key : named) {
            Secret secret = secrets.find(key);
            if (secret != null) {
                lengths.put(key, lengths(secret));
            }
        }
        Map<ObjectKey, Duration> clocks = new HashMap<>();
        for (DhcpServer server : servers) {
            ServerLink link = links.find(ObjectKey.of(server));
            Heard heard = link == null ? null : link.heard();
            if (heard != null && heard.connected() && heard.status() != null && heard.heardAt() != null) {
                clocks.put(
                        ObjectKey.of(server),
                        Duration.between(heard.heardAt(), heard.status().time()));
            }
        }
        return new Surroundings(nodes, lengths, clocks);
    }

    private static Map<String, Integer> lengths(Secret secret) {
        Map<String, Integer> lengths = new HashMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((name, value) ->
                            lengths.put(name, Base64.getDecoder().decode(value).length));
        }
        return lengths;
    }

    /** The Secrets that users name, and those that the operator generates. */
    private static Set<ObjectKey> named(List<DhcpFailoverRelationship> relationships, List<DhcpScope> scopes) {
        Set<ObjectKey> named = new TreeSet<>();
        for (DhcpFailoverRelationship relationship : relationships) {
            DhcpFailoverRelationshipSpec spec = relationship.getSpec();
            if (spec != null && spec.messageAuthentication().enabled()) {
                SecretReference reference = spec.messageAuthentication().secretRef();
                named.add(Secrets.key(
                        relationship.getMetadata().getNamespace(),
                        reference == null
                                ? Names.sharedSecret(relationship.getMetadata().getName())
                                : reference.name().text()));
            }
        }
        for (DhcpScope scope : scopes) {
            DhcpScopeSpec spec = scope.getSpec();
            if (spec != null && spec.dnsUpdate() != null && spec.dnsUpdate().tsigSecretRef() != null) {
                named.add(Secrets.key(
                        scope.getMetadata().getNamespace(),
                        spec.dnsUpdate().tsigSecretRef().name().text()));
            }
        }
        return named;
    }

    private Map<String, Secret> secrets(String namespace, Set<ObjectKey> named) {
        Map<String, Secret> found = new HashMap<>();
        for (ObjectKey key : named) {
            Secret secret = key.namespace().equals(namespace) ? secrets.find(key) : null;
            if (secret != null) {
                found.put(key.name(), secret);
            }
        }
        return found;
    }

    private Map<String, Ipv4Address> failoverAddresses(Collection<DhcpServer> servers) {
        Map<String, Ipv4Address> known = new HashMap<>();
        for (DhcpServer server : servers) {
            Ipv4Address address = addresses.ofFailover(server);
            if (address != null) {
                known.put(server.getMetadata().getName(), address);
            }
        }
        return known;
    }

    private static Set<String> withheld(String namespace, Judgements judgements) {
        Set<String> withheld = new TreeSet<>();
        for (Map<ObjectKey, ? extends Judgement<?>> each :
                List.of(judgements.servers(), judgements.relationships(), judgements.scopes())) {
            each.forEach((key, judgement) -> {
                if (key.namespace().equals(namespace) && !judgement.isValid()) {
                    withheld.add(Item.key(key.kind(), key.name()));
                }
            });
        }
        return withheld;
    }

    private static <T extends DhcpResource<?, ?>> Map<String, SortedMap<String, T>> byNamespace(List<T> objects) {
        Map<String, SortedMap<String, T>> sorted = new HashMap<>();
        for (T object : objects) {
            sorted.computeIfAbsent(object.getMetadata().getNamespace(), namespace -> new TreeMap<>())
                    .put(object.getMetadata().getName(), object);
        }
        return sorted;
    }
}
