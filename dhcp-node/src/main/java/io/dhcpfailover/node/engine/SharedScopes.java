package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.State;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.node.failover.Service;
import io.dhcpfailover.node.failover.Service.Answers;
import io.dhcpfailover.node.failover.Service.Fresh;
import io.dhcpfailover.node.lease.Binding;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of a relationship. One that joins it while it is in service was served by one server, or by none: that goes
 * on serving it alone until the other says that it has it too, and the other serves it once it knows every binding. One
 * that leaves it on this server goes on being kept up to date here until the partner does not have it either.
 */
final class SharedScopes {

    /** A subnet, and what it is to the relationship. */
    private record Member(Ipv4Prefix subnet, Membership membership) {}

    private final TreeMap<Ipv4Address, ServedScope> scopes = new TreeMap<>();
    private final TreeMap<Ipv4Address, Member> members = new TreeMap<>();

    /** Those of the members of which this server has a scope that serves nobody. */
    private final Set<Ipv4Address> disabled = new HashSet<>();

    private List<Ipv4Prefix> leaving = List.of();
    private Set<Ipv4Address> partners = Set.of();
    private boolean partnerSaid;
    private boolean inTouch;
    private Set<Ipv4Address> asked = Set.of();

    /**
     * These are its scopes, before the relationship begins.
     *
     * @param known what the store has of them; null where the relationship is new
     * @param used networks in which clients have addresses by this server's own word: a new relationship tells the
     *     partner of them by its states
     * @param all scopes of this server
     * @return those of which nothing is known here that counts
     */
    List<ServedScope> begin(
            Collection<ServedScope> next,
            @Nullable Map<Ipv4Prefix, Membership> known,
            Set<Ipv4Address> used,
            ScopeTable all) {
        take(next);
        members.clear();
        if (known != null) {
            known.forEach((subnet, membership) -> members.put(subnet.network(), new Member(subnet, membership)));
        }
        List<ServedScope> joined = new ArrayList<>();
        scopes.forEach((network, scope) -> {
            Member member = members.get(network);
            Membership ownWord = known == null ? Membership.SHARED : Membership.ALONE;
            if (member == null) {
                put(scope, used.contains(network) ? ownWord : Membership.JOINING);
            } else if (comeBack(scope, member.membership)) {
                joined.add(scope);
            }
        });
        depart(all);
        return joined;
    }

    /**
     * These are its scopes from now on.
     *
     * @param served networks that this server served alone before
     * @param all scopes of this server
     * @return those that joined
     */
    List<ServedScope> configure(Collection<ServedScope> next, Set<Ipv4Address> served, ScopeTable all) {
        take(next);
        List<ServedScope> joined = new ArrayList<>();
        scopes.forEach((network, scope) -> {
            Member member = members.get(network);
            if (member == null) {
                put(scope, served.contains(network) ? Membership.ALONE : Membership.JOINING);
                joined.add(scope);
            } else if (comeBack(scope, member.membership)) {
                joined.add(scope);
            }
        });
        depart(all);
        return joined;
    }

    private void take(Collection<ServedScope> next) {
        scopes.clear();
        next.forEach(scope -> scopes.put(scope.spec().subnet().network(), scope));
    }

    private void put(ServedScope scope, Membership membership) {
        Ipv4Prefix subnet = scope.spec().subnet();
        members.put(subnet.network(), new Member(subnet, membership));
    }

    /** A scope that was a member is one still, or again; whether what is known of it is worth nothing. */
    private boolean comeBack(ServedScope scope, Membership was) {
        boolean inStep = inTouch && partners.contains(scope.spec().subnet().network());
        Membership now = switch (was) {
            case SHARED, ALONE, JOINING, RETURNING -> was;
            case LEAVING -> inStep ? Membership.SHARED : Membership.RETURNING;
            case COPY -> Membership.RETURNING;
        };
        put(scope, now);
        return was == Membership.COPY;
    }

    /** What becomes of members that are not among its scopes any more. */
    private void depart(ScopeTable all) {
        disabled.clear();
        for (Member member : List.copyOf(members.values())) {
            Ipv4Address network = member.subnet.network();
            if (scopes.containsKey(network)) {
                continue;
            }
            List<ServedScope> here = all.scopes().stream()
                    .filter(scope -> scope.spec().subnet().overlaps(member.subnet))
                    .toList();
            boolean inactive = here.stream()
                    .allMatch(scope -> scope.spec().state() == State.Inactive
                            && scope.spec().failoverRelationship() == null);
            if (!inactive || member.membership == Membership.ALONE) {
                // Served here by other rules; or never anybody else's, and kept like any that is not served for a
                // while.
                members.remove(network);
                continue;
            }
            if (!here.isEmpty()) {
                disabled.add(network);
            }
            if (member.membership == Membership.SHARED) {
                members.put(network, new Member(member.subnet, Membership.LEAVING));
            }
        }
        findLeaving();
    }

    private void findLeaving() {
        leaving = members.values().stream()
                .filter(member -> member.membership != Membership.COPY && !scopes.containsKey(member.subnet.network()))
                .map(Member::subnet)
                .toList();
    }

    /** The relationship is over: what left it here is kept up to date by nobody. Whether anything was. */
    boolean end() {
        return leave(Set.of());
    }

    /**
     * In touch with the partner: what left the relationship on both servers is kept up to date by nobody. Whether
     * anything was.
     */
    boolean leave() {
        return partnerSaid && leave(partners);
    }

    private boolean leave(Set<Ipv4Address> kept) {
        Set<Ipv4Address> left = new HashSet<>();
        leaving.forEach(subnet -> left.add(subnet.network()));
        left.removeAll(kept);
        return change(left, membership -> Membership.COPY);
    }

    /** The copies of which this server does not have a scope. */
    List<Ipv4Prefix> copiesToErase() {
        return members.values().stream()
                .filter(member -> member.membership == Membership.COPY && !disabled.contains(member.subnet.network()))
                .map(Member::subnet)
                .toList();
    }

    /** They are erased. */
    void erased(List<Ipv4Prefix> copies) {
        copies.forEach(copy -> members.remove(copy.network()));
    }

    private boolean replace(Membership from, Membership to, Set<Ipv4Address> networks) {
        return change(networks, membership -> membership == from ? to : membership);
    }

    private boolean change(Set<Ipv4Address> networks, UnaryOperator<Membership> change) {
        boolean changed = false;
        for (Member member : List.copyOf(members.values())) {
            Membership next = change.apply(member.membership);
            if (next != member.membership && networks.contains(member.subnet.network())) {
                members.put(member.subnet.network(), new Member(member.subnet, next));
                changed = true;
            }
        }
        findLeaving();
        return changed;
    }

    Collection<ServedScope> all() {
        return scopes.values();
    }

    /** The scope that an address is in; null where it is in none. */
    @Nullable ServedScope of(Ipv4Address address) {
        Map.Entry<Ipv4Address, ServedScope> before = scopes.floorEntry(address);
        return before != null && before.getValue().spec().subnet().contains(address) ? before.getValue() : null;
    }

    /** Whether the address is one that clients of a scope get, or of one that is leaving. */
    boolean has(Binding binding) {
        ServedScope scope = of(binding.address());
        if (scope == null) {
            return !leaving.isEmpty() && leaving.stream().anyMatch(subnet -> subnet.contains(binding.address()));
        }
        return scope.pool().contains(binding.address()) || scope.isReserved(binding.address());
    }

    private @Nullable Membership membership(Ipv4Address network) {
        Member member = members.get(network);
        return member == null ? null : member.membership;
    }

    /** Whether bindings that are known here of a scope that has just come are worth nothing. */
    boolean forgets(ServedScope scope) {
        return membership(scope.spec().subnet().network()) != Membership.ALONE;
    }

    /** Those of which both give addresses. */
    List<ServedScope> shared() {
        return scopes.entrySet().stream()
                .filter(entry -> membership(entry.getKey()) == Membership.SHARED)
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
        partnerSaid = true;
        inTouch = true;
        return replace(Membership.ALONE, Membership.SHARED, partners);
    }

    /** Those that a partner says it has which said before that it does not: it knows nothing of them. */
    List<ServedScope> returned(List<Ipv4Address> networks) {
        Set<Ipv4Address> came = new HashSet<>(partnerSaid ? networks : List.of());
        came.removeAll(partners);
        return scopes.entrySet().stream()
                .filter(entry -> came.contains(entry.getKey()))
                .filter(entry -> membership(entry.getKey()) != Membership.RETURNING)
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The session is over: what the partner has now is not known. */
    void sessionEnded() {
        inTouch = false;
        asked = Set.of();
    }

    /** Whether both have a scope whose bindings have to be told first. */
    boolean asksForBindings() {
        return !unknown().isEmpty();
    }

    private Set<Ipv4Address> unknown() {
        Set<Ipv4Address> unknown = new HashSet<>();
        members.forEach((network, member) -> {
            if (isUnsure(member.membership) && partners.contains(network)) {
                unknown.add(network);
            }
        });
        return unknown;
    }

    private static boolean isUnsure(Membership membership) {
        return membership == Membership.JOINING || membership == Membership.RETURNING;
    }

    /** Whether the partner's word counts more than what is known here and was agreed once. */
    boolean yields(Binding binding) {
        ServedScope scope = of(binding.address());
        return scope != null && membership(scope.spec().subnet().network()) == Membership.RETURNING;
    }

    /** Whether any scope may have bindings that only the partner knows. */
    boolean isUnsure() {
        return members.values().stream().anyMatch(member -> isUnsure(member.membership));
    }

    /** Those of them that the partner takes for known here. */
    List<ServedScope> returning() {
        return scopes.entrySet().stream()
                .filter(entry ->
                        membership(entry.getKey()) == Membership.RETURNING && partners.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The partner is asked for them. */
    void asked() {
        asked = unknown();
    }

    /** It has told all; whether anything changed. */
    boolean answered() {
        boolean changed = change(asked, membership -> isUnsure(membership) ? Membership.SHARED : membership);
        asked = Set.of();
        return changed;
    }

    /** The partner has told all that it knows of the scopes that it has. Whether anything changed. */
    boolean shareTold() {
        Set<Ipv4Address> both = new HashSet<>(partners);
        both.retainAll(scopes.keySet());
        return change(both, membership -> Membership.SHARED);
    }

    /** Of a partner that does not say which scopes it has. */
    void shareAll() {
        change(Set.copyOf(scopes.keySet()), membership -> Membership.SHARED);
    }

    /** What holds for a scope where this holds for the relationship. */
    Service service(ServedScope scope, Service general, boolean partnerDown) {
        Ipv4Address network = scope.spec().subnet().network();
        boolean partners = this.partners.contains(network);
        return switch (membership(network)) {
            case SHARED -> {
                // Where the partner does not have it, its clients have nobody else.
                boolean all = general.answers() == Answers.BALANCED && partnerSaid && !partners;
                yield all ? new Service(Answers.ALL, general.fresh()) : general;
            }
            case ALONE -> partners ? general : new Service(Answers.ALL, Fresh.OWN_AND_PARTNERS);
            case JOINING, RETURNING -> partnerDown ? general : new Service(Answers.NONE, Fresh.NONE);
            case LEAVING, COPY -> new Service(Answers.NONE, Fresh.NONE);
            case null -> new Service(Answers.NONE, Fresh.NONE);
        };
    }

    /** What each scope is to the relationship, by its subnet: what a restart must find again. */
    Map<Ipv4Prefix, Membership> memberships() {
        Map<Ipv4Prefix, Membership> memberships = new HashMap<>();
        members.values().forEach(member -> memberships.put(member.subnet, member.membership));
        return memberships;
    }
}
