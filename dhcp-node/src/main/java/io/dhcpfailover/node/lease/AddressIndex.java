package io.dhcpfailover.node.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Bindings by address, in constant time, and by the order in which they came. None is ever removed. There are many small
 * tables instead of one, because a table that grows stops the server for as long as that takes.
 */
final class AddressIndex {

    private static final int TABLES_BITS = 8;
    private static final int SLOTS_MIN = 32;
    private static final int NEIGHBOURS_BITS = 4;
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK_LENGTH = 1 << CHUNK_BITS;

    private final Table[] tables =
            IntStream.range(0, 1 << TABLES_BITS).mapToObj(i -> new Table()).toArray(Table[]::new);
    private final List<@Nullable Binding[]> ordered = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    /** The binding of a place, 0 to {@code size() - 1}; places never change. */
    Binding at(int place) {
        Binding binding = place < size ? ordered.get(place >> CHUNK_BITS)[place & (CHUNK_LENGTH - 1)] : null;
        if (binding == null) {
            throw new IndexOutOfBoundsException("place " + place + " of " + size + " bindings");
        }
        return binding;
    }

    @Nullable Binding find(int address) {
        int hash = hash(address);
        Table table = table(hash);
        return table.slots[table.slot(address, hash)];
    }

    void add(Binding binding) {
        if (size == ordered.size() << CHUNK_BITS) {
            ordered.add(new @Nullable Binding[CHUNK_LENGTH]);
        }
        ordered.get(size >> CHUNK_BITS)[size & (CHUNK_LENGTH - 1)] = binding;
        size++;
        table(hash(binding.address)).add(binding);
    }

    /** Sixteen neighbours have the same, so that they share a line of the processor's cache. */
    private static int hash(int address) {
        return (address >>> NEIGHBOURS_BITS) * 0x9E37_79B1;
    }

    private Table table(int hash) {
        return tables[hash >>> (Integer.SIZE - TABLES_BITS)];
    }

    private static final class Table {

        private @Nullable Binding[] slots = new @Nullable Binding[SLOTS_MIN];
        private int used;

        void add(Binding binding) {
            if (2 * (used + 1) > slots.length) {
                @Nullable Binding[] old = slots;
                slots = new @Nullable Binding[2 * old.length];
                for (Binding each : old) {
                    if (each != null) {
                        put(each);
                    }
                }
            }
            put(binding);
            used++;
        }

        private void put(Binding binding) {
            slots[slot(binding.address, hash(binding.address))] = binding;
        }

        /** The slot of an address, or the empty one where it would be. */
        int slot(int address, int hash) {
            int mask = slots.length - 1;
            int neighbour = address & ((1 << NEIGHBOURS_BITS) - 1);
            int slot = (((hash ^ (hash >>> 15)) << NEIGHBOURS_BITS) + neighbour) & mask;
            for (Binding at = slots[slot]; at != null && at.address != address; at = slots[slot]) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }
    }
}
