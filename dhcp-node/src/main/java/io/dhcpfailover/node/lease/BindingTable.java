package io.dhcpfailover.node.lease;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Every binding of a server: found by address and by client in constant time, ended in logarithmic time, never by a
 * scan. Belongs to one thread. Times are seconds since 1970, UTC.
 */
public final class BindingTable {

    /**
     * A client that gets an address.
     *
     * @param identity who it is
     * @param identified whether it sent that as option 61
     * @param hardware its hardware address
     * @param details what else it says
     * @param bootp whether it speaks BOOTP
     */
    public record Client(
            ClientIdentity identity,
            boolean identified,
            HardwareAddress hardware,
            ClientDetails details,
            boolean bootp) {}

    private static final long END_MAX = Binding.UNLIMITED - 1;

    private final AddressIndex byAddress = new AddressIndex();
    private final ClientIndex byIdentity;
    private final ClientIndex byHardware;
    private final EndHeap ends = new EndHeap();
    private final Offers offers = new Offers();
    private Map<ServedScope, Pool> pools = Map.of();
    private ScopeTable scopes = new ScopeTable(List.of());
    private long latest;

    /** A table without a binding; {@code salt} is what clients cannot know, so that none of them can slow it down. */
    public BindingTable(long salt) {
        byIdentity = ClientIndex.byIdentity(salt);
        byHardware = ClientIndex.byHardware(salt + 1);
    }

    /** How many addresses have, or had, a client or are abandoned. */
    public int size() {
        return byAddress.size();
    }

    /** A binding by its place, 0 to {@code size() - 1}: new ones come last, and no place changes. */
    public Binding at(int place) {
        return byAddress.at(place);
    }

    /** The latest time of anything in it; 0 where nothing is. */
    public long latest() {
        return latest;
    }

    /**
     * Takes these scopes: addresses are given from their pools. Bindings of other addresses are kept. The pool of a
     * scope that stays equal is not touched.
     */
    public void serve(ScopeTable served) {
        Map<ServedScope, Pool> next = new HashMap<>();
        for (ServedScope scope : served.scopes()) {
            Pool known = pools.get(scope);
            next.put(scope, known == null ? new Pool(scope) : known);
        }
        Collection<Pool> kept = next.values();
        pools.values().stream().filter(pool -> !kept.contains(pool)).forEach(Pool::retire);
        pools = next;
        scopes = served;
        IntStream.range(0, size())
                .mapToObj(this::at)
                .filter(binding -> binding.pool == null || binding.pool.isRetired())
                .sorted((one, other) -> Long.compare(one.since(), other.since()))
                .forEach(binding -> {
                    binding.pool = null;
                    enterPool(binding);
                });
    }

    /** The pool of a scope that is served. */
    public Pool pool(ServedScope scope) {
        Pool pool = pools.get(scope);
        if (pool == null) {
            throw new IllegalArgumentException(scope + " is not served");
        }
        return pool;
    }

    private void enterPool(Binding binding) {
        ServedScope scope = scopes.ofAddress(binding.address());
        Pool pool = scope == null ? null : pool(scope);
        if (pool != null && pool.gives(binding.address())) {
            pool.enter(binding);
        }
        if (scope != null && binding.agreement != null && binding.state == BindingState.ACTIVE) {
            // It may have lapsed while nobody served it, and nobody was there to be told.
            putEnd(binding);
        }
    }

    /** What is known of an address; null where nothing is. */
    public @Nullable Binding find(Ipv4Address address) {
        return byAddress.find(address.bits());
    }

    /** The binding of an address; where there is none, one that the table takes when it is given or offered. */
    public Binding of(Ipv4Address address) {
        Binding binding = byAddress.find(address.bits());
        return binding == null ? new Binding(address.bits()) : binding;
    }

    private void enter(Binding binding) {
        if (!binding.entered) {
            if (byAddress.find(binding.address) != null) {
                throw new IllegalStateException(binding + " is known by another binding since it was looked up");
            }
            binding.entered = true;
            byAddress.add(binding);
            enterPool(binding);
        }
    }

    /** The binding of a scope that a client has, or had last; null where it has none and had none. */
    public @Nullable Binding find(ClientIdentity client, ServedScope scope) {
        Binding best = null;
        for (Binding at = byIdentity.first(client.shared()); at != null; at = at.nextOfClient) {
            if (scope.spec().subnet().contains(at.address()) && isBetter(at, best)) {
                best = at;
            }
        }
        return best;
    }

    private static boolean isBetter(Binding one, @Nullable Binding other) {
        if (other == null || one.state != other.state) {
            return other == null || one.state == BindingState.ACTIVE;
        }
        return one.lastTransaction() > other.lastTransaction();
    }

    /** Every binding that a client has or had last, in any scope. */
    public List<Binding> all(ClientIdentity client) {
        List<Binding> all = new ArrayList<>();
        for (Binding at = byIdentity.first(client.shared()); at != null; at = at.nextOfClient) {
            all.add(at);
        }
        return all;
    }

    /** Every binding of a client with this hardware address, whatever identity it has. */
    public List<Binding> all(HardwareAddress hardware) {
        byte[] key = ClientIdentity.octetsOf(hardware);
        List<Binding> all = all(ClientIdentity.of(hardware));
        all.removeIf(binding -> binding.hardware != null && !Arrays.equals(binding.hardware, key));
        for (Binding at = byHardware.first(key); at != null; at = at.nextOfHardware) {
            all.add(at);
        }
        return all;
    }

    /**
     * The address that is to be given next to a client without a reservation; null where none is free. One that was
     * offered and never taken comes before one that was not even offered: invented clients do not make the table grow.
     */
    public @Nullable Binding nextFree(Pool pool) {
        Binding oldest = pool.oldestFree();
        if (oldest != null && oldest.since == 0) {
            return oldest;
        }
        Ipv4Address address = pool.neverUsed(byAddress);
        return address == null ? pool.oldestFree() : of(address);
    }

    /**
     * Gives an address to a client, or prolongs its lease. Whoever had it before becomes history.
     *
     * @return the free address of the scope that the client had before and is no longer known by, whose record has
     *     changed with it; null where there is none
     */
    public @Nullable Binding bind(Binding binding, Client client, long end, long now) {
        if (binding.offer != null) {
            withdraw(binding.offer);
        }
        enter(binding);
        boolean same = binding.isOf(client.identity());
        Binding left = same ? null : leaveElsewhere(client.identity(), binding, now);
        before(binding);
        if (!same || binding.state != BindingState.ACTIVE) {
            remember(binding, same, now);
            binding.start = (int) now;
            binding.since = (int) now;
        }
        setClient(binding, client);
        binding.state = BindingState.ACTIVE;
        binding.end = (int) Math.min(end, end == Binding.UNLIMITED ? end : END_MAX);
        binding.lastTransaction = (int) now;
        after(binding, false);
        latest = Math.max(latest, now);
        return left;
    }

    /** A client that gets another address in a scope has no other one there to come back to. */
    private @Nullable Binding leaveElsewhere(ClientIdentity client, Binding binding, long now) {
        ServedScope scope = scopes.ofAddress(binding.address());
        Binding old = scope == null ? null : find(client, scope);
        if (old == null || old.state != BindingState.FREE || old.agreement != null) {
            return null;
        }
        remember(old, false, now);
        setClient(old, null);
        return old;
    }

    private void remember(Binding binding, boolean same, long now) {
        if (binding.client != null && !same && binding.start != 0) {
            int end = binding.state == BindingState.ACTIVE ? (int) Math.min(binding.end(), now) : binding.since;
            binding.history = PastLease.prepend(binding.client, binding.start, end, binding.history);
        }
    }

    private void setClient(Binding binding, @Nullable Client client) {
        byte[] identity = client == null ? null : client.identity().shared();
        byte[] hardware = client == null ? null : ClientIdentity.octetsOf(client.hardware());
        if (Arrays.equals(hardware, identity)) {
            hardware = null;
        }
        if (!Arrays.equals(binding.client, identity)) {
            byIdentity.remove(binding);
            binding.client = identity;
            byIdentity.add(binding);
        }
        if (!Arrays.equals(binding.hardware, hardware)) {
            byHardware.remove(binding);
            binding.hardware = hardware;
            byHardware.add(binding);
        }
        binding.identified = client != null && client.identified();
        binding.bootp = client != null && client.bootp();
        binding.details = client == null ? null : client.details().shared();
    }

    /** Takes an address from its client, which may have it again while nobody else needs it. */
    public void free(Binding binding, long now) {
        enter(binding);
        before(binding);
        binding.state = BindingState.FREE;
        binding.since = (int) now;
        after(binding, false);
        latest = Math.max(latest, now);
    }

    /** Gives an address to nobody until then. */
    public void abandon(Binding binding, long until, long now) {
        if (binding.offer != null) {
            withdraw(binding.offer);
        }
        enter(binding);
        remember(binding, false, now);
        setClient(binding, null);
        before(binding);
        binding.state = BindingState.ABANDONED;
        binding.start = 0;
        binding.end = (int) Math.min(until, END_MAX);
        binding.since = (int) now;
        after(binding, false);
        latest = Math.max(latest, now);
    }

    /** Nothing is known of an address any more: as if nobody had ever had it. */
    public void erase(Binding binding) {
        if (binding.offer != null) {
            withdraw(binding.offer);
        }
        enter(binding);
        before(binding);
        setClient(binding, null);
        binding.state = BindingState.FREE;
        binding.start = 0;
        binding.end = 0;
        binding.lastTransaction = 0;
        binding.since = 0;
        binding.history = null;
        binding.agreement = null;
        after(binding, false);
    }

    /** Frees what has ended: leases, and addresses that were abandoned. Each is told before it is freed. */
    public void expire(long now, Consumer<Binding> ended) {
        expire(now, ended, binding -> {
            ended.accept(binding);
            free(binding, binding.end());
        });
    }

    /**
     * Frees what has ended, but not what has to do with a partner: that is told as lapsed, once for each time that its
     * end is set, and stays as it is.
     */
    public void expire(long now, Consumer<Binding> ended, Consumer<Binding> lapsed) {
        for (Binding first = ends.first(); first != null && first.due() <= now; first = ends.first()) {
            if (first.agreement == null) {
                ended.accept(first);
                free(first, first.end());
            } else {
                ends.remove(first);
                lapsed.accept(first);
            }
        }
    }

    /** What an address is between this server and its partner; from now on it is something between them. */
    public Agreement agreement(Binding binding) {
        enter(binding);
        Agreement agreement = binding.agreement;
        if (agreement == null) {
            agreement = new Agreement();
            binding.agreement = agreement;
        }
        return agreement;
    }

    /** No partner has to do with the address any more. */
    public void forgetAgreement(Binding binding) {
        binding.agreement = null;
        putEnd(binding);
    }

    /** An address comes into a state without a client getting it; whose it was, it is still known by. */
    public void turn(Binding binding, BindingState state, long now) {
        if (binding.offer != null) {
            withdraw(binding.offer);
        }
        enter(binding);
        before(binding);
        binding.state = state;
        binding.since = (int) now;
        after(binding, false);
        latest = Math.max(latest, now);
    }

    /** A lease, or an abandonment, ends at another time than was known. */
    public void prolong(Binding binding, long end) {
        before(binding);
        binding.end = (int) (end == Binding.UNLIMITED ? end : Math.min(end, END_MAX));
        after(binding, false);
    }

    /** Whose word on an address was the last. */
    public void setByPartner(Binding binding, boolean partners) {
        Agreement agreement = agreement(binding);
        if (agreement.byPartner != partners) {
            agreement.byPartner = partners;
            // It may end at another time.
            before(binding);
            after(binding, false);
        }
    }

    /**
     * What a partner says of an address.
     *
     * @param client who has it, or had it last; null where nobody
     * @param end of the lease or abandonment
     * @param lastTransaction when the client was last heard
     * @param since when it came into its state
     */
    public record Word(BindingState state, @Nullable Client client, long end, long lastTransaction, long since) {}

    /** Takes a partner's word for an address. Whoever had it before becomes history. */
    public void take(Binding binding, Word word, long now) {
        if (binding.offer != null) {
            withdraw(binding.offer);
        }
        enter(binding);
        boolean active = word.state() == BindingState.ACTIVE;
        boolean same = word.client() != null && binding.isOf(word.client().identity());
        before(binding);
        if ((active && !same) || word.state() == BindingState.ABANDONED) {
            remember(binding, same, now);
        }
        setClient(binding, word.client());
        binding.state = word.state();
        binding.since = (int) word.since();
        binding.lastTransaction = (int) word.lastTransaction();
        if (active || word.state() == BindingState.ABANDONED) {
            binding.start = active ? (int) word.since() : 0;
            binding.end = (int) (word.end() == Binding.UNLIMITED ? word.end() : Math.min(word.end(), END_MAX));
        }
        after(binding, false);
        latest = Math.max(latest, now);
    }

    /** When the next lease or abandonment ends; {@link Long#MAX_VALUE} where none does. */
    public long nextEnd() {
        Binding first = ends.first();
        return first == null ? Long.MAX_VALUE : first.due();
    }

    private void before(Binding binding) {
        if (binding.pool != null) {
            binding.pool.before(binding);
        }
    }

    private void after(Binding binding, boolean first) {
        putEnd(binding);
        if (binding.pool != null) {
            binding.pool.after(binding, first);
        }
    }

    /** Sees that the binding is told as ended when it ends, if it does. */
    public void putEnd(Binding binding) {
        boolean ends = binding.state == BindingState.ACTIVE || binding.state == BindingState.ABANDONED;
        if (ends && binding.end() != Binding.UNLIMITED) {
            this.ends.put(binding);
        } else {
            this.ends.remove(binding);
        }
    }

    /** The offer that a client has not taken yet; null where there is none. */
    public @Nullable Offer offer(ClientIdentity client) {
        return offers.of(client);
    }

    /** How many offers nobody has taken yet. */
    public int offers() {
        return offers.size();
    }

    /** How many of them went to clients that came by this relay, link or circuit. */
    public int offers(long source) {
        return offers.ofSource(source);
    }

    /** The offer that has been held for longest; null where there is none. */
    public @Nullable Offer oldestOffer() {
        return offers.oldest();
    }

    /**
     * Holds a free address for a client, and none besides.
     *
     * @param relay by what relay or link it came, and {@code circuit} by what circuit of that, as numbers of the
     *     caller's choice
     */
    public Offer offer(Binding binding, ClientIdentity client, long relay, long circuit, long now) {
        Offer other = offers.of(client);
        if (other != null) {
            withdraw(other);
        }
        if (binding.offer != null || binding.state == BindingState.ACTIVE || binding.state == BindingState.ABANDONED) {
            throw new IllegalStateException(binding + " cannot be offered: it is not free");
        }
        enter(binding);
        boolean first = binding.since == 0 || (binding.pool != null && binding.pool.isOldest(binding));
        before(binding);
        Offer offer = new Offer(binding, client, relay, circuit, now, first);
        binding.offer = offer;
        after(binding, false);
        offers.add(offer);
        return offer;
    }

    /** Holds an offer as if it were made now. */
    public void repeat(Offer offer, long now) {
        offers.repeat(offer, now);
    }

    /** Ends an offer: where its address was the next to be given, it is that again, and otherwise the last. */
    public void withdraw(Offer offer) {
        offers.remove(offer);
        before(offer.binding);
        offer.binding.offer = null;
        after(offer.binding, offer.first);
    }

    /**
     * The clock was set: moves every time by a step in seconds, so that all leases go on for as long as they would
     * have.
     */
    public void shift(long step) {
        // No step is longer than all times, and a sum with one never overflows.
        long seconds = Math.clamp(step, -Binding.UNLIMITED, Binding.UNLIMITED);
        for (int i = 0; i < size(); i++) {
            Binding binding = at(i);
            binding.start = shifted(binding.start, seconds);
            binding.since = shifted(binding.since, seconds);
            binding.lastTransaction = shifted(binding.lastTransaction, seconds);
            binding.end = shiftedEnd(binding.end, seconds);
            Agreement agreement = binding.agreement;
            if (agreement != null) {
                agreement.sentPotential = shiftedEnd(agreement.sentPotential, seconds);
                agreement.ackedPotential = shiftedEnd(agreement.ackedPotential, seconds);
                agreement.receivedPotential = shiftedEnd(agreement.receivedPotential, seconds);
            }
        }
        offers.shift(seconds);
        latest = Math.clamp(latest + seconds, 0, END_MAX);
    }

    private static int shifted(int time, long seconds) {
        return time == 0 ? 0 : (int) Math.clamp(Integer.toUnsignedLong(time) + seconds, 1, END_MAX);
    }

    private static int shiftedEnd(int time, long seconds) {
        return Integer.toUnsignedLong(time) == Binding.UNLIMITED ? time : shifted(time, seconds);
    }

    /** Puts what a store says of an address in the place of what is known. */
    void load(BindingRecord record) {
        Binding binding = of(new Ipv4Address(record.address()));
        if (binding.offer != null) {
            withdraw(binding.offer);
        }
        enter(binding);
        before(binding);
        byIdentity.remove(binding);
        byHardware.remove(binding);
        record.to(binding);
        byIdentity.add(binding);
        byHardware.add(binding);
        after(binding, false);
        latest = Math.max(latest, Math.max(binding.since(), binding.lastTransaction()));
    }
}
