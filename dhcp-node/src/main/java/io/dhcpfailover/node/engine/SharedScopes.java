package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.Service;
import io.dhcpfailover.node.failover.Service.Answers;
import io.dhcpfailover.node.failover.Service.Fresh;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.scope.ServedScope;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of a relationship. One that joins it while it is in service was served by one server, or by none: that goes
 * on serving it alone until the other says that it has it too, and the other serves it once it knows every binding.
 */
final class SharedScopes {

    /** The kind of a stored record of shared scopes: its first octet. */
    static final byte KIND = 6;

    private enum Membership {
        /** Was served here, and the partner does not know its bindings. */
        ALONE,
        /** Is new here, and may have bindings that only the partner knows. */
        JOINING,
        /** Both serve it. */
        SHARED
    }

    private final TreeMap<Ipv4Address, ServedScope> scopes = new TreeMap<>();
    private final Map<Ipv4Address, Membership> memberships = new TreeMap<>();
    private Set<Ipv4Address> partners = Set.of();
    private Set<Ipv4Address> asked = Set.of();

    /**
     * The record of a store.
     *
     * @param relationship by name
     * @param leadTime the MCLT of both
     * @param networks of the scopes that were shared
     */
    record Stored(String relationship, LeadTime.Kept leadTime, Set<Ipv4Address> networks) {

        Stored shifted(long seconds) {
            return new Stored(relationship, leadTime.shifted(seconds), networks);
        }

        /** Kind (1), name's length (1), name, the MCLT of both as of {@link LeadTime} (4 by 8), networks (4). */
        byte[] encode() {
            byte[] name = relationship.getBytes(StandardCharsets.UTF_8);
            ByteBuffer record = ByteBuffer.allocate(2 + name.length + 4 * Long.BYTES + networks.size() * Integer.BYTES)
                    .put(KIND)
                    .put((byte) name.length)
                    .put(name)
                    .putLong(leadTime.own())
                    .putLong(leadTime.partners())
                    .putLong(leadTime.before())
                    .putLong(leadTime.until());
            networks.stream().sorted().forEach(network -> record.putInt(network.bits()));
            return record.array();
        }

        /**
         * Reads what {@link #encode} wrote.
         *
         * @throws IllegalArgumentException when the octets are no such record
         */
        static Stored decode(byte[] octets) {
            ByteBuffer record = ByteBuffer.wrap(octets);
            try {
                record.get();
                byte[] name = new byte[record.get() & 0xFF];
                record.get(name);
                LeadTime.Kept leadTime =
                        new LeadTime.Kept(record.getLong(), record.getLong(), record.getLong(), record.getLong());
                Set<Ipv4Address> networks = new HashSet<>();
                while (record.hasRemaining()) {
                    networks.add(new Ipv4Address(record.getInt()));
                }
                return new Stored(new String(name, StandardCharsets.UTF_8), leadTime, networks);
            } catch (BufferUnderflowException e) {
                throw new IllegalArgumentException("a record of " + octets.length + " octets ends too early", e);
            }
        }
    }

    /**
     * These are its scopes, before the relationship begins.
     *
     * @param known networks of those that were shared; null where it is new
     * @param used networks in which clients have addresses: a new relationship tells the partner of them by its states
     */
    void begin(Collection<ServedScope> next, @Nullable Set<Ipv4Address> known, Set<Ipv4Address> used) {
        take(next);
        for (Ipv4Address network : scopes.keySet()) {
            boolean isKnown = known == null ? used.contains(network) : known.contains(network);
            Membership unknown = used.contains(network) ? Membership.ALONE : Membership.JOINING;
            memberships.put(network, isKnown ? Membership.SHARED : unknown);
        }
    }

    /**
     * These are its scopes from now on.
     *
     * @param served networks that this server served alone before
     * @return those that joined
     */
    List<ServedScope> configure(Collection<ServedScope> next, Set<Ipv4Address> served) {
        take(next);
        List<ServedScope> joined = new ArrayList<>();
        scopes.forEach((network, scope) -> {
            if (!memberships.containsKey(network)) {
                memberships.put(network, served.contains(network) ? Membership.ALONE : Membership.JOINING);
                joined.add(scope);
            }
        });
        return joined;
    }

    private void take(Collection<ServedScope> next) {
        scopes.clear();
        next.forEach(scope -> scopes.put(scope.spec().subnet().network(), scope));
        memberships.keySet().retainAll(scopes.keySet());
    }

    Collection<ServedScope> all() {
        return scopes.values();
    }

    /** The scope that an address is in; null where it is in none. */
    @Nullable ServedScope of(Ipv4Address address) {
        Map.Entry<Ipv4Address, ServedScope> before = scopes.floorEntry(address);
        return before != null && before.getValue().spec().subnet().contains(address) ? before.getValue() : null;
    }

    /** Whether the address is one that clients of a scope get. */
    boolean has(Binding binding) {
        ServedScope scope = of(binding.address());
        return scope != null && (scope.pool().contains(binding.address()) || scope.isReserved(binding.address()));
    }

    /** Whether bindings that are known here of the scope are worth nothing: it has just come. */
    boolean isJoining(ServedScope scope) {
        return memberships.get(scope.spec().subnet().network()) == Membership.JOINING;
    }

    /** Those of which both give addresses. */
    List<ServedScope> shared() {
        return scopes.entrySet().stream()
                .filter(entry -> memberships.get(entry.getKey()) == Membership.SHARED)
                .map(Map.Entry::getValue)
                .toList();
    }

    List<Ipv4Address> networks() {
        return List.copyOf(scopes.keySet());
    }

    /**
     * The partner says which scopes it has: from now on this server gives of those what is its own and no more.
     *
     * @return whether anything changed
     */
    boolean heard(List<Ipv4Address> networks) {
        partners = new HashSet<>(networks);
        boolean changed = false;
        for (Map.Entry<Ipv4Address, Membership> entry : memberships.entrySet()) {
            if (entry.getValue() == Membership.ALONE && partners.contains(entry.getKey())) {
                entry.setValue(Membership.SHARED);
                changed = true;
            }
        }
        return changed;
    }

    /** Whether both have a scope whose bindings have to be told first. */
    boolean asksForBindings() {
        return !unknown().isEmpty();
    }

    private Set<Ipv4Address> unknown() {
        Set<Ipv4Address> unknown = new HashSet<>();
        memberships.forEach((network, membership) -> {
            if (membership == Membership.JOINING && partners.contains(network)) {
                unknown.add(network);
            }
        });
        return unknown;
    }

    /** The partner is asked for them. */
    void asked() {
        asked = unknown();
    }

    /** It has told all; whether anything changed. */
    boolean answered() {
        boolean changed = false;
        for (Ipv4Address network : asked) {
            if (memberships.containsKey(network)) {
                changed |= memberships.put(network, Membership.SHARED) != Membership.SHARED;
            }
        }
        asked = Set.of();
        return changed;
    }

    /** The partner has told all that it knows of the scopes that it has. */
    void shareTold() {
        memberships.replaceAll((network, membership) -> partners.contains(network) ? Membership.SHARED : membership);
    }

    /** Of a partner that does not say which scopes it has. */
    void shareAll() {
        memberships.replaceAll((network, membership) -> Membership.SHARED);
    }

    /**
     * What holds for a scope where this holds for the relationship.
     *
     * @param mayBeAlone whether what is known of a scope can be what this server knows alone
     */
    Service service(ServedScope scope, Service general, boolean partnerDown, boolean mayBeAlone) {
        Ipv4Address network = scope.spec().subnet().network();
        return switch (memberships.getOrDefault(network, Membership.JOINING)) {
            case SHARED -> general;
            case JOINING -> partnerDown ? general : new Service(Answers.NONE, Fresh.NONE);
            case ALONE ->
                partners.contains(network) || !mayBeAlone ? general : new Service(Answers.ALL, Fresh.OWN_AND_PARTNERS);
        };
    }

    /** What a restart must find again. */
    Stored stored(String relationship, LeadTime.Kept leadTime) {
        return new Stored(
                relationship,
                leadTime,
                memberships.entrySet().stream()
                        .filter(entry -> entry.getValue() == Membership.SHARED)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
