package io.dhcpfailover.node.lease;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bindings by address, in constant time, and by the order in which they came. None is ever removed. */
final class AddressIndex {

    private static final int SLOTS_MIN = 64;
    private static final int NEIGHBOURS_BITS = 4;

    private @Nullable Binding[] slots = new @Nullable Binding[SLOTS_MIN];
    private @Nullable Binding[] ordered = new @Nullable Binding[SLOTS_MIN / 2];
    private int size;

    int size() {
        return size;
    }

    /** The binding of a place, 0 to {@code size() - 1}; places never change. */
    Binding at(int place) {
        Binding binding = ordered[place];
        if (binding == null) {
            throw new IndexOutOfBoundsException("place " + place + " of " + size + " bindings");
        }
        return binding;
    }

    @Nullable Binding find(int address) {
        return slots[slot(address)];
    }

    void add(Binding binding) {
        if (size == ordered.length) {
            ordered = Arrays.copyOf(ordered, 2 * ordered.length);
            slots = new @Nullable Binding[2 * slots.length];
            for (int i = 0; i < size; i++) {
                Binding old = at(i);
                slots[slot(old.address)] = old;
            }
        }
        ordered[size++] = binding;
        slots[slot(binding.address)] = binding;
    }

    private int slot(int address) {
        int mask = slots.length - 1;
        // Sixteen neighbours share a line of the processor's cache.
        int hash = (address >>> NEIGHBOURS_BITS) * 0x9E37_79B1;
        int slot = (((hash ^ (hash >>> 15)) << NEIGHBOURS_BITS) + (address & ((1 << NEIGHBOURS_BITS) - 1))) & mask;
        for (Binding at = slots[slot]; at != null && at.address != address; at = slots[slot]) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
