package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.v1alpha1.Reservation;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.node.failover.BindingVersion;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.Pool;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The bindings of the scopes of a relationship: which they are, and what becomes of them when a scope joins. */
final class PartnerScopes {

    private final Partner partner;
    private final BindingTable table;
    private final SharedScopes shared = new SharedScopes();
    private final Set<Ipv4Address> joined = new HashSet<>();

    /** Whether reservations have changed, and the partner may have to be told of addresses that are reserved now. */
    private boolean reserved;

    PartnerScopes(Partner partner, BindingTable table) {
        this.partner = partner;
        this.table = table;
    }

    SharedScopes shared() {
        return shared;
    }

    /**
     * These are its scopes, before the relationship begins.
     *
     * @param known what the store has of them; null where the relationship is new
     * @param all scopes of this server
     * @param copies networks of which this server's word counts for nothing
     */
    void begin(
            Collection<ServedScope> its,
            @Nullable Map<Ipv4Prefix, Membership> known,
            ScopeTable all,
            Set<Ipv4Address> copies) {
        Set<Ipv4Address> used = used(its);
        used.removeAll(copies);
        joined.clear();
        shared.begin(its, known, used, all).forEach(scope -> joined.add(network(scope)));
        shareAllWithIsc();
    }

    /**
     * These are its scopes from now on.
     *
     * @param served the networks that this server had before
     * @param all scopes of this server
     * @return whether anything changed that the partner or a restart has to know
     */
    boolean configure(Collection<ServedScope> its, Set<Ipv4Address> served, ScopeTable all) {
        List<Ipv4Address> networks = shared.networks();
        Map<Ipv4Prefix, Membership> memberships = shared.memberships();
        Map<Ipv4Address, List<Reservation>> reservations = reservations();
        shared.configure(its, served, all).forEach(scope -> joined.add(network(scope)));
        reserved |= !reservations.equals(reservations());
        shareAllWithIsc();
        return !networks.equals(shared.networks()) || !memberships.equals(shared.memberships());
    }

    private Map<Ipv4Address, List<Reservation>> reservations() {
        Map<Ipv4Address, List<Reservation>> reservations = new HashMap<>();
        for (ServedScope scope : shared.all()) {
            reservations.put(network(scope), scope.spec().reservations());
        }
        return reservations;
    }

    private static Ipv4Address network(ServedScope scope) {
        return scope.spec().subnet().network();
    }

    private void shareAllWithIsc() {
        if (partner.isIsc()) {
            // It does not say which scopes it has.
            shared.shareAll();
        }
    }

    /** Networks in which a client has, or had, an address. */
    private Set<Ipv4Address> used(Collection<ServedScope> its) {
        ScopeTable scopes = new ScopeTable(List.copyOf(its));
        Set<Ipv4Address> used = new HashSet<>();
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            ServedScope scope = binding.client() == null ? null : scopes.ofAddress(binding.address());
            if (scope != null) {
                used.add(network(scope));
            }
        }
        return used;
    }

    /** Counts what is known of the changes of both; whether a client has, or had, an address. */
    boolean recount(boolean isNew, Changes changes) {
        boolean known = false;
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            boolean its = partner.has(binding);
            if (its && isNew && binding.agreement() != null) {
                start(binding, false);
            }
            known |= its && (binding.state() == BindingState.ACTIVE || binding.client() != null);
            // An address that was reserved once may be nobody's now, and its change counts nevertheless.
            boolean counts = its || shared.of(binding.address()) != null;
            if (counts && binding.agreement() != null) {
                BindingVersion version = Changes.versionOf(binding.agreement());
                changes.know(version);
                if (!binding.agreement().pending()) {
                    changes.acknowledge(version);
                }
            }
        }
        return known;
    }

    /** Whether no client has, or had, an address. */
    boolean isUnused() {
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            if (binding.client() != null && partner.has(binding)) {
                return false;
            }
        }
        return true;
    }

    /** Tells the partner all that it may not know: what was not acknowledged, and what was given without a partner. */
    void adopt(Consumer<Effect> effects) {
        List<byte[]> records = new ArrayList<>();
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            if (!partner.has(binding)) {
                continue;
            }
            if (binding.agreement() == null) {
                if (binding.state() != BindingState.FREE || binding.client() != null) {
                    partner.changed(binding);
                    records.add(StoredRecords.of(binding));
                }
            } else if (table.agreement(binding).pending()) {
                partner.outgoing().restored(binding);
            }
        }
        partner.store(records, effects);
    }

    /**
     * What both may know of the scopes that came, before the partner hears that this server has them; and of addresses that
     * are reserved now, of which the partner was told nothing while they were nobody's.
     */
    void join(Consumer<Effect> effects) {
        boolean comes = reserved;
        reserved = false;
        if (joined.isEmpty()) {
            if (comes) {
                adopt(effects);
            }
            return;
        }
        List<byte[]> records = new ArrayList<>();
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            ServedScope scope = shared.of(binding.address());
            if (scope != null && joined.contains(network(scope))) {
                start(binding, shared.forgets(scope));
                records.add(StoredRecords.of(binding));
            }
        }
        joined.clear();
        partner.store(records, effects);
        adopt(effects);
    }

    /**
     * The partner has scopes again that it did not have: it may have forgotten what it acknowledged, and is told all.
     */
    void tellAgain(List<ServedScope> returned, Consumer<Effect> effects) {
        List<byte[]> records = new ArrayList<>();
        ScopeTable scopes = new ScopeTable(returned);
        for (int place = 0; place < table.size() && !returned.isEmpty(); place++) {
            Binding binding = table.at(place);
            boolean known = binding.agreement() != null || binding.client() != null;
            if (known && scopes.ofAddress(binding.address()) != null && partner.has(binding)) {
                partner.outgoing().add(binding);
                records.add(StoredRecords.of(binding));
            }
        }
        partner.store(records, effects);
    }

    /**
     * Whose free addresses are, of scopes of which the partner is asked for all. Of those that clients had, it says so, and
     * its word counts; what it does not speak of, it may have forgotten as well.
     */
    void forgetShares(List<ServedScope> returning, Consumer<Effect> effects) {
        List<byte[]> records = new ArrayList<>();
        ScopeTable scopes = new ScopeTable(returning);
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            boolean agreed = binding.agreement() != null && !binding.agreement().pending();
            if (agreed && binding.client() == null && scopes.ofAddress(binding.address()) != null) {
                table.erase(binding);
                records.add(StoredRecords.of(binding));
            }
        }
        partner.store(records, effects);
    }

    /** Nothing is known any more of what left the relationship and is not here. */
    void erase(List<Ipv4Prefix> copies, Consumer<Effect> effects) {
        List<byte[]> records = new ArrayList<>();
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            if (copies.stream().anyMatch(copy -> copy.contains(binding.address()))) {
                table.erase(binding);
                records.add(StoredRecords.of(binding));
            }
        }
        shared.erased(copies);
        partner.store(records, effects);
    }

    /** Nothing is agreed with this partner of an address; where it was not served here, nothing is known of it. */
    private void start(Binding binding, boolean forgets) {
        if (forgets) {
            table.erase(binding);
            return;
        }
        if (binding.state() == BindingState.BACKUP || BindingMessages.isEnded(binding.state())) {
            table.turn(binding, BindingState.FREE, binding.since());
        }
        table.forgetAgreement(binding);
    }

    /** The pools of all scopes. */
    List<Pool> pools() {
        return shared.all().stream().map(table::pool).toList();
    }

    /** The pools of which both give addresses. */
    List<Pool> sharedPools() {
        return shared.shared().stream().map(table::pool).toList();
    }
}
