package io.dhcpfailover.operator.desired;

import static java.util.Objects.requireNonNull;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Replication;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.v1alpha1.SecretReference;
import io.dhcpfailover.api.value.ObjectName;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one server is to hold.
 *
 * @param server its name
 * @param items by their {@link Item#key}
 * @param kept the keys of items that the server keeps as it holds them, where it does: scopes of a relationship with
 *     replication Manual of which it is the secondary
 */
public record ServerConfiguration(String server, SortedMap<String, Item> items, Set<String> kept) {

    static final String SERVER = "DhcpServer";
    static final String RELATIONSHIP = "DhcpFailoverRelationship";
    static final String SCOPE = "DhcpScope";
    static final String SECRET = "Secret";

    /** What a server is to hold, as users ask for it. */
    public static ServerConfiguration of(DhcpServer server, NamespaceObjects objects) {
        return of(server, objects, new Items());
    }

    /** The same, with items that were made before. */
    public static ServerConfiguration of(DhcpServer server, NamespaceObjects objects, Items made) {
        return new Selection(server, objects, made).select();
    }

    /** Picks what concerns a server. */
    private static final class Selection {
        private final ObjectName server;
        private final NamespaceObjects objects;
        private final Items made;
        private final SortedMap<String, Item> items = new TreeMap<>();
        private final Set<String> kept = new TreeSet<>();

        Selection(DhcpServer server, NamespaceObjects objects, Items made) {
            this.server = new ObjectName(server.getMetadata().getName());
            this.objects = objects;
            this.made = made;
            add(Manifests.itself(server, objects.failoverAddresses().get(this.server.text())));
        }

        ServerConfiguration select() {
            objects.relationships().values().forEach(this::addRelationship);
            objects.scopes().values().forEach(this::addScope);
            return new ServerConfiguration(server.text(), items, kept);
        }

        private void addRelationship(DhcpFailoverRelationship relationship) {
            DhcpFailoverRelationshipSpec spec = requireNonNull(relationship.getSpec());
            boolean primary = spec.primaryServer().equals(server);
            if (!primary && !spec.secondaryServer().equals(server)) {
                return;
            }
            ObjectName name = primary ? spec.secondaryServer() : spec.primaryServer();
            DhcpServer partner = objects.servers().get(name.text());
            if (partner != null && isReachable(partner)) {
                add(Manifests.partner(partner, objects.failoverAddresses().get(name.text())));
            }
            Item item = made.of(relationship);
            add(item);
            if (spec.messageAuthentication().enabled()) {
                SecretReference secret = spec.messageAuthentication().secretRef();
                addSecret(
                        secret == null
                                ? Names.sharedSecret(item.name())
                                : secret.name().text());
            }
        }

        /** Whether it is known where; a server cannot hold a relationship with a partner of which it is not. */
        private boolean isReachable(DhcpServer partner) {
            return requireNonNull(partner.getSpec()).external() != null
                    || objects.failoverAddresses()
                            .containsKey(partner.getMetadata().getName());
        }

        private void addScope(DhcpScope scope) {
            DhcpScopeSpec spec = requireNonNull(scope.getSpec());
            ObjectName relationship = spec.failoverRelationship();
            boolean alone = server.equals(spec.server());
            boolean paired = relationship != null && items.containsKey(Item.key(RELATIONSHIP, relationship.text()));
            if (!alone && !paired) {
                if (DisabledCopies.of(scope, objects).contains(server.text())) {
                    add(Manifests.disabledCopy(scope, server));
                }
                return;
            }
            Item item = made.of(scope);
            add(item);
            if (relationship != null && isCopiedByHand(objects.relationships().get(relationship.text()))) {
                kept.add(item.key());
            }
            if (spec.dnsUpdate() != null && spec.dnsUpdate().tsigSecretRef() != null) {
                addSecret(spec.dnsUpdate().tsigSecretRef().name().text());
            }
        }

        private boolean isCopiedByHand(@Nullable DhcpFailoverRelationship relationship) {
            if (relationship == null) {
                return false;
            }
            DhcpFailoverRelationshipSpec spec = requireNonNull(relationship.getSpec());
            return spec.replication() == Replication.Manual
                    && spec.secondaryServer().equals(server);
        }

        private void addSecret(String name) {
            Secret secret = objects.secrets().get(name);
            if (secret != null) {
                add(Manifests.secret(secret));
            }
        }

        private void add(Item item) {
            items.put(item.key(), item);
        }
    }

    /**
     * What the server is sent.
     *
     * @param held what it holds, by {@link Item#key}
     * @param withheld keys of objects that it is not sent as they are: those that contradict others, and those that it
     *     refused; it goes on with what it holds of them, and without those of which it holds nothing
     * @param copied keys that are sent as they are although they are {@link #kept}
     * @return whole in itself: nothing in it refers to what is not in it
     */
    public SortedMap<String, Item> toSend(Map<String, Item> held, Set<String> withheld, Set<String> copied) {
        SortedMap<String, Item> send = new TreeMap<>(items);
        for (String key : kept) {
            Item before = held.get(key);
            if (before != null && !copied.contains(key) && sameOwner(before, items.get(key))) {
                send.put(key, before);
            }
        }
        for (String key : withheld) {
            Item before = held.get(key);
            if (before == null) {
                send.remove(key);
            } else {
                send.put(key, before);
                addReferred(before, send, held);
            }
        }
        goOnWithHeld(send, held);
        return Closure.of(send);
    }

    /** Where an object cannot be served as asked because of what it refers to, it is served as before. */
    private static void goOnWithHeld(SortedMap<String, Item> send, Map<String, Item> held) {
        Set<String> left = Closure.of(send).keySet();
        for (String key : Set.copyOf(send.keySet())) {
            Item before = held.get(key);
            if (!left.contains(key) && before != null) {
                send.put(key, before);
                addReferred(before, send, held);
            }
        }
    }

    private static boolean sameOwner(Item held, @Nullable Item asked) {
        return asked != null && held.reference("failoverRelationship").equals(asked.reference("failoverRelationship"));
    }

    /** What goes on being served as before needs what it was served with. */
    private static void addReferred(Item item, SortedMap<String, Item> send, Map<String, Item> held) {
        for (String key : Closure.references(item)) {
            Item before = held.get(key);
            if (!send.containsKey(key) && before != null) {
                send.put(key, before);
                addReferred(before, send, held);
            }
        }
    }
}
