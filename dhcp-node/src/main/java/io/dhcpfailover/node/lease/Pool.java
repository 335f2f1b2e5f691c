package io.dhcpfailover.node.lease;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.scope.ServedScope;
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

    private final ServedScope scope;
    private final int total;
    private int neverUsed;
    private int cursor;
    private @Nullable Binding oldest;
    private @Nullable Binding newest;
    private int listed;
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

    /** How many addresses are given to nobody and offered to nobody. */
    public int free() {
        return neverUsed + listed;
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

    /** The address that has been free for longest; null where none that was used is free. */
    @Nullable Binding oldestFree() {
        return oldest;
    }

    boolean isOldestFree(Binding binding) {
        return binding.equals(oldest);
    }

    /** An address has a binding from now on. */
    void enter(Binding binding) {
        binding.pool = this;
        neverUsed--;
        count(binding, 1);
        if (isListed(binding)) {
            listLast(binding);
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
        if (isListed(binding)) {
            unlist(binding);
        }
        count(binding, -1);
    }

    /** Puts it back after its state has changed; a free one becomes the last to be given, or the first. */
    void after(Binding binding, boolean first) {
        count(binding, 1);
        if (isListed(binding)) {
            if (first) {
                listFirst(binding);
            } else {
                listLast(binding);
            }
        }
    }

    private static boolean isListed(Binding binding) {
        return binding.state == BindingState.FREE && binding.offer == null;
    }

    private void count(Binding binding, int by) {
        switch (binding.state) {
            case ACTIVE -> active += by;
            case ABANDONED -> abandoned += by;
            default -> offered += binding.offer == null ? 0 : by;
        }
    }

    private void listLast(Binding binding) {
        binding.previousFree = newest;
        binding.nextFree = null;
        if (newest == null) {
            oldest = binding;
        } else {
            newest.nextFree = binding;
        }
        newest = binding;
        listed++;
    }

    private void listFirst(Binding binding) {
        binding.previousFree = null;
        binding.nextFree = oldest;
        if (oldest == null) {
            newest = binding;
        } else {
            oldest.previousFree = binding;
        }
        oldest = binding;
        listed++;
    }

    private void unlist(Binding binding) {
        if (binding.previousFree == null) {
            oldest = binding.nextFree;
        } else {
            binding.previousFree.nextFree = binding.nextFree;
        }
        if (binding.nextFree == null) {
            newest = binding.previousFree;
        } else {
            binding.nextFree.previousFree = binding.previousFree;
        }
        binding.previousFree = null;
        binding.nextFree = null;
        listed--;
    }

    @Override
    public String toString() {
        return "pool of " + scope;
    }
}
