package io.dhcpfailover.node.lease;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.scope.ServedScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a scope that clients without a reservation get, and in which order: first those that nobody ever
 * had, then the one that has been free for longest. Both are found in constant time, however few are left.
 */
public final class Pool {

    /**
     * How many addresses of a pool there are, and what they are.
     *
     * @param total without those that are reserved
     * @param free given to nobody and offered to nobody
     * @param offered held for a client that has not taken it yet
     * @param active a client's
     * @param abandoned given to nobody for a while
     */
    public record Statistics(int total, int free, int offered, int active, int abandoned) {}

    /** Places that are looked at for addresses that nobody ever had before a search goes on later. */
    private static final int LOOKED_AT_MAX = 4096;

    private final ServedScope scope;
    private final int total;
    private int neverUsed;
    private int cursor;
    private final FreeList free = new FreeList();
    private final FreeList backup = new FreeList();
    private int offered;
    private int active;
    private int abandoned;
    private boolean retired;

    /** The pool of a scope, none of whose addresses has been used. */
    Pool(ServedScope scope) {
        this.scope = scope;
        this.total = scope.pool().size() - scope.reservationsInPool();
        this.neverUsed = total;
    }

    /** The scope. */
    public ServedScope scope() {
        return scope;
    }

    /** What its addresses are. */
    public Statistics statistics() {
        return new Statistics(total, free(), offered, active, abandoned);
    }

    /** How many addresses are given to nobody and offered to nobody; in a relationship, of the primary. */
    public int free() {
        return neverUsed + free.size();
    }

    /** How many addresses are given to nobody and offered to nobody that are the secondary's of a relationship. */
    public int backup() {
        return backup.size();
    }

    /** How many addresses there are, without those that are reserved. */
    public int total() {
        return total;
    }

    /** Whether clients without a reservation may get the address. */
    boolean gives(Ipv4Address address) {
        return scope.pool().contains(address) && !scope.isReserved(address);
    }

    /** An address that nobody ever had; null where there is none. */
    @Nullable Ipv4Address neverUsed(AddressIndex bindings) {
        while (neverUsed > 0 && cursor < scope.pool().size()) {
            Ipv4Address address = scope.pool().addressAt(cursor);
            if (bindings.find(address.bits()) == null && !scope.isReserved(address)) {
                return address;
            }
            cursor++;
        }
        return null;
    }

    /**
     * Up to so many addresses that nobody ever had, those first that are given first. Of a huge pool with few of them
     * it may not find all at once.
     */
    public List<Ipv4Address> neverUsed(BindingTable table, int count) {
        List<Ipv4Address> found = new ArrayList<>();
        int end = (int) Math.min(scope.pool().size(), (long) cursor + LOOKED_AT_MAX + count);
        for (int place = cursor; place < end && found.size() < Math.min(count, neverUsed); place++) {
            Ipv4Address address = scope.pool().addressAt(place);
            if (table.find(address) == null && !scope.isReserved(address)) {
                found.add(address);
            } else if (found.isEmpty()) {
                cursor = place + 1;
            }
        }
        return found;
    }

    /** The address that has been free for longest; null where none that was used is free. */
    @Nullable Binding oldestFree() {
        return free.oldest();
    }

    /** The free address of the secondary that has been so for longest; null where it has none. */
    public @Nullable Binding oldestBackup() {
        return backup.oldest();
    }

    /** Up to so many free addresses that had a binding before, the secondary's or the primary's, the oldest first. */
    public List<Binding> oldest(boolean secondarys, int count) {
        List<Binding> found = new ArrayList<>();
        Binding at = (secondarys ? backup : free).oldest();
        while (at != null && found.size() < count) {
            found.add(at);
            at = at.nextFree;
        }
        return found;
    }

    boolean isOldest(Binding binding) {
        return binding.equals(free.oldest()) || binding.equals(backup.oldest());
    }

    /** An address has a binding from now on. */
    void enter(Binding binding) {
        binding.pool = this;
        neverUsed--;
        count(binding, 1);
        FreeList list = list(binding);
        if (list != null) {
            list.addLast(binding);
        }
    }

    /** Gives no address any more: its scope has changed or gone. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /** Takes a binding out before its state changes. */
    void before(Binding binding) {
        FreeList list = list(binding);
        if (list != null) {
            list.remove(binding);
        }
        count(binding, -1);
    }

    /** Puts it back after its state has changed; a free one becomes the last to be given, or the first. */
    void after(Binding binding, boolean first) {
        count(binding, 1);
        FreeList list = list(binding);
        if (list == null) {
            return;
        }
        if (first) {
            list.addFirst(binding);
        } else {
            list.addLast(binding);
        }
    }

    /** Where a binding is listed that anyone may be offered; null where it is not listed. */
    private @Nullable FreeList list(Binding binding) {
        if (binding.offer != null) {
            return null;
        }
        return switch (binding.state) {
            case FREE -> free;
            case BACKUP -> backup;
            default -> null;
        };
    }

    private void count(Binding binding, int by) {
        switch (binding.state) {
            case ACTIVE -> active += by;
            case ABANDONED -> abandoned += by;
            default -> offered += binding.offer == null ? 0 : by;
        }
    }

    @Override
    public String toString() {
        return "pool of " + scope;
    }
}
