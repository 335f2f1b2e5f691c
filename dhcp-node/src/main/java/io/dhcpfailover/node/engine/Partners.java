package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.State;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.RelationshipState;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The relationships of a server, by name. */
final class Partners {

    private final BindingTable table;
    private final LeaseTrail trail;
    private final Map<String, RelationshipState.Named> stored;
    private final Map<String, StoredScopes> storedScopes;
    private final Map<String, Partner> partners = new TreeMap<>();
    private final List<Partner> ended = new ArrayList<>();
    private Set<Ipv4Address> served = Set.of();
    private long numbers;

    Partners(StoredState store, LeaseTrail trail) {
        this.trail = trail;
        table = store.table();
        stored = new HashMap<>(store.relationships());
        storedScopes = new HashMap<>(store.scopes());
    }

    /** The relationship of a scope; null where it has none, or none that is known. */
    @Nullable Partner of(ServedScope scope) {
        ObjectName name = scope.spec().failoverRelationship();
        return name == null ? null : partners.get(name.toString());
    }

    @Nullable Partner of(String relationship) {
        return partners.get(relationship);
    }

    Collection<Partner> all() {
        return partners.values();
    }

    /** Takes part in these relationships from now on, of which those scopes are that name them. */
    void configure(Map<String, Relationship> relationships, ScopeTable scopes) {
        for (Partner gone : List.copyOf(partners.values())) {
            if (!relationships.containsKey(gone.name())
                    || relationships.get(gone.name()).self() != gone.self()) {
                keep(gone, scopes);
                partners.remove(gone.name());
            }
        }
        forgetCopiesThatAreServed(relationships.keySet(), scopes);
        Set<Ipv4Address> copies = copies();
        Set<Ipv4Address> own = new HashSet<>(served);
        own.removeAll(copies);
        relationships.forEach((name, relationship) -> {
            Partner partner = partners.computeIfAbsent(
                    name,
                    key -> new Partner(
                            key, relationship, table, stored.get(key), storedScopes.get(key), () -> ++numbers, trail));
            partner.configure(relationship, its(name, scopes), own, scopes, copies);
        });
        served = scopes.scopes().stream()
                .map(scope -> scope.spec().subnet().network())
                .collect(Collectors.toUnmodifiableSet());
        freeEnded(scopes);
    }

    /** Whoever has this server serve a copy alone, or with another partner, says that it counts. */
    private void forgetCopiesThatAreServed(Set<String> relationships, ScopeTable scopes) {
        Set<Ipv4Address> served = scopes.scopes().stream()
                .filter(scope -> scope.spec().state() == State.Active)
                .map(scope -> scope.spec().subnet().network())
                .collect(Collectors.toUnmodifiableSet());
        storedScopes.replaceAll((name, kept) -> {
            Map<Ipv4Prefix, Membership> memberships = new HashMap<>(kept.memberships());
            memberships
                    .entrySet()
                    .removeIf(entry -> entry.getValue() == Membership.COPY
                            && served.contains(entry.getKey().network()));
            return relationships.contains(name) ? kept : kept.with(memberships);
        });
    }

    /** Networks that left a relationship, of which this server's word counts for nothing. */
    private Set<Ipv4Address> copies() {
        Set<Ipv4Address> copies = new HashSet<>();
        Map<String, StoredScopes> all = new HashMap<>(storedScopes);
        partners.values().forEach(partner -> all.put(partner.name(), partner.storedScopes()));
        for (StoredScopes each : all.values()) {
            each.memberships().forEach((subnet, membership) -> {
                if (membership != Membership.SHARED && membership != Membership.ALONE) {
                    copies.add(subnet.network());
                }
            });
        }
        return copies;
    }

    private static List<ServedScope> its(String relationship, ScopeTable scopes) {
        return scopes.scopes().stream().filter(isOf(relationship)).toList();
    }

    private static Predicate<ServedScope> isOf(String name) {
        return scope -> {
            ObjectName relationship = scope.spec().failoverRelationship();
            return relationship != null && relationship.toString().equals(name);
        };
    }

    private void keep(Partner gone, ScopeTable scopes) {
        RelationshipState.Named kept = gone.end(its(gone.name(), scopes), scopes);
        if (kept != null) {
            stored.put(gone.name(), kept);
            storedScopes.put(gone.name(), gone.storedScopes());
            ended.add(gone);
        }
    }

    /** Where a scope has no partner any more, nobody has to agree. */
    private void freeEnded(ScopeTable scopes) {
        Set<Ipv4Address> copies = copies();
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            ServedScope scope = binding.agreement() == null ? null : scopes.ofAddress(binding.address());
            if (scope != null
                    && scope.spec().failoverRelationship() == null
                    && !copies.contains(scope.spec().subnet().network())) {
                if (binding.state() == BindingState.BACKUP || BindingMessages.isEnded(binding.state())) {
                    table.turn(binding, BindingState.FREE, binding.since());
                }
                table.forgetAgreement(binding);
            }
        }
    }

    void flush(long now, boolean storageFailing, long storageBusy, Consumer<Effect> effects) {
        for (Partner gone : ended) {
            RelationshipState.Named kept = stored.get(gone.name());
            if (kept != null && !partners.containsKey(gone.name())) {
                effects.accept(new Effect.Store(kept.state().encode(kept.name(), kept.self())));
                effects.accept(new Effect.Store(gone.storedScopes().encode()));
                gone.erase(effects);
                storedScopes.put(gone.name(), gone.storedScopes());
            }
        }
        ended.clear();
        for (Partner partner : partners.values()) {
            partner.flush(now, storageFailing, storageBusy, effects);
        }
    }

    /** The time of a lease between partners has passed. */
    void lapsed(Binding binding) {
        for (Partner partner : partners.values()) {
            if (partner.has(binding)) {
                partner.ends().lapsed(binding);
                return;
            }
        }
    }

    void stored(long number, long now, Consumer<Effect> effects) {
        for (Partner partner : partners.values()) {
            partner.stored(number, now, effects);
        }
    }

    void sessionBegan(String name, PartnerSession session, long now, Consumer<Effect> effects) {
        Partner partner = partners.get(name);
        if (partner == null) {
            effects.accept(new Effect.DropLink(name, "there is no relationship of this name any more", false));
        } else {
            partner.sessionBegan(session, now, effects);
        }
    }

    void heard(String name, Message message, long now, Consumer<Effect> effects) {
        Partner partner = partners.get(name);
        if (partner != null) {
            partner.heard(message, now, effects);
        }
    }

    void sessionEnded(String name, long lastHeard, long now, Consumer<Effect> effects) {
        Partner partner = partners.get(name);
        if (partner != null) {
            partner.sessionEnded(lastHeard, now, effects);
        }
    }

    @Nullable String happened(String name, FailoverEvent event, long now, Consumer<Effect> effects) {
        Partner partner = partners.get(name);
        return partner == null
                ? "there is no relationship " + name + " on this server"
                : partner.happened(event, now, effects);
    }

    void clockStepped(long seconds, Consumer<Effect> effects) {
        partners.values().forEach(partner -> partner.clockStepped(seconds, effects));
        stored.replaceAll((name, named) ->
                new RelationshipState.Named(name, named.self(), named.state().shifted(seconds)));
        storedScopes.replaceAll((name, kept) -> kept.shifted(seconds));
    }

    /** A record of each relationship, also of those that this server is not told of now. */
    List<byte[]> records() {
        List<byte[]> records = new ArrayList<>();
        Map<String, StoredScopes> scopes = new TreeMap<>(storedScopes);
        Map<String, RelationshipState.Named> states = new TreeMap<>(stored);
        for (Partner partner : partners.values()) {
            byte[] record = partner.record();
            if (record != null) {
                records.add(record);
                states.remove(partner.name());
                scopes.put(partner.name(), partner.storedScopes());
            }
        }
        states.forEach((name, named) -> records.add(named.state().encode(name, named.self())));
        scopes.values().forEach(each -> records.add(each.encode()));
        return records;
    }
}
