package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.RelationshipState;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.lease.Agreement;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
    private final Map<String, SharedScopes.Stored> storedScopes;
    private final Map<String, Partner> partners = new TreeMap<>();
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
                keep(gone);
                partners.remove(gone.name());
            }
        }
        relationships.forEach((name, relationship) -> {
            Partner partner = partners.computeIfAbsent(
                    name,
                    key -> new Partner(
                            key, relationship, table, stored.get(key), storedScopes.get(key), () -> ++numbers, trail));
            List<ServedScope> its = scopes.scopes().stream().filter(isOf(name)).toList();
            partner.configure(relationship, its, served);
        });
        served = scopes.scopes().stream()
                .map(scope -> scope.spec().subnet().network())
                .collect(Collectors.toUnmodifiableSet());
        scopes.scopes().stream()
                .filter(scope -> scope.spec().failoverRelationship() == null)
                .forEach(this::freeEnded);
    }

    private static Predicate<ServedScope> isOf(String name) {
        return scope -> {
            ObjectName relationship = scope.spec().failoverRelationship();
            return relationship != null && relationship.toString().equals(name);
        };
    }

    private void keep(Partner gone) {
        byte[] record = gone.record();
        if (record != null) {
            stored.put(gone.name(), RelationshipState.decode(record));
            storedScopes.put(gone.name(), SharedScopes.decode(gone.scopesRecord()));
        }
    }

    /** Where a scope has no partner any more, nobody has to agree. */
    private void freeEnded(ServedScope scope) {
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            Agreement agreement = binding.agreement();
            if (agreement != null && scope.spec().subnet().contains(binding.address())) {
                if (binding.state() == BindingState.BACKUP || BindingMessages.isEnded(binding.state())) {
                    table.turn(binding, BindingState.FREE, binding.since());
                }
                table.forgetAgreement(binding);
            }
        }
    }

    void flush(long now, boolean storageFailing, Consumer<Effect> effects) {
        for (Partner partner : partners.values()) {
            partner.flush(now, storageFailing, effects);
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
            effects.accept(new Effect.DropLink(name, "there is no relationship of this name any more"));
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
        Map<String, RelationshipState.Named> rest = new TreeMap<>(stored);
        for (Partner partner : partners.values()) {
            byte[] record = partner.record();
            if (record != null) {
                records.add(record);
                records.add(partner.scopesRecord());
                rest.remove(partner.name());
            }
        }
        rest.forEach((name, named) -> records.add(named.state().encode(name, named.self())));
        return records;
    }
}
