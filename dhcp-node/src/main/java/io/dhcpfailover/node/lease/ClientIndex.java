package io.dhcpfailover.node.lease;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Bindings by a key of their client, in constant time whoever chooses the keys: the hash is salted. Bindings of one key
 * are a chain. It may be long: all clients of a link without hardware addresses have the same, and so may one client
 * that invents identifiers. So adding and removing take constant time there, too.
 *
 * <p>There are many small tables instead of one, because a table that grows stops the server for as long as that takes.
 */
abstract class ClientIndex {

    private static final int TABLES_BITS = 10;
    private static final int SLOTS_MIN = 4;

    private final long salt;
    private final Table[] tables;

    ClientIndex(long salt) {
        this.salt = salt;
        this.tables =
                IntStream.range(0, 1 << TABLES_BITS).mapToObj(i -> new Table()).toArray(Table[]::new);
    }

    /** The key of a binding; null where it has none. */
    abstract byte @Nullable [] key(Binding binding);

    abstract @Nullable Binding next(Binding binding);

    abstract void setNext(Binding binding, @Nullable Binding next);

    abstract @Nullable Binding previous(Binding binding);

    abstract void setPrevious(Binding binding, @Nullable Binding previous);

    /** The first binding of a key; null where there is none. */
    @Nullable Binding first(byte[] key) {
        int hash = hash(key);
        Table table = table(hash);
        return table.slots[table.slot(key, hash)];
    }

    /** Adds a binding, by the key that it has now. */
    void add(Binding binding) {
        byte[] key = key(binding);
        if (key == null) {
            return;
        }
        int hash = hash(key);
        Binding first = table(hash).putFirst(binding, key, hash);
        setNext(binding, first);
        if (first != null) {
            setPrevious(first, binding);
        }
    }

    /** Removes a binding that was added, which must still have the key that it had then. */
    void remove(Binding binding) {
        byte[] key = key(binding);
        if (key == null) {
            return;
        }
        Binding before = previous(binding);
        Binding rest = next(binding);
        setPrevious(binding, null);
        setNext(binding, null);
        if (rest != null) {
            setPrevious(rest, before);
        }
        if (before != null) {
            setNext(before, rest);
            return;
        }
        int hash = hash(key);
        table(hash).replaceFirst(rest, key, hash);
    }

    private Table table(int hash) {
        return tables[hash >>> (Integer.SIZE - TABLES_BITS)];
    }

    private byte[] keyOf(Binding binding) {
        byte[] key = key(binding);
        if (key == null) {
            throw new IllegalStateException(binding + " lost its client while it was found by it");
        }
        return key;
    }

    /** The first bindings of some keys, at or behind where the hash of their key points to. */
    private final class Table {

        private @Nullable Binding[] slots = new @Nullable Binding[SLOTS_MIN];
        private int used;

        /** The slot of a key, or the empty one where it would be. */
        int slot(byte[] key, int hash) {
            int mask = slots.length - 1;
            int slot = hash & mask;
            for (Binding first = slots[slot]; first != null; first = slots[slot]) {
                if (Arrays.equals(keyOf(first), key)) {
                    return slot;
                }
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        /** Makes a binding the first one of its key; the one that was, or null. */
        @Nullable Binding putFirst(Binding binding, byte[] key, int hash) {
            if (2 * (used + 1) > slots.length) {
                grow();
            }
            int slot = slot(key, hash);
            Binding first = slots[slot];
            slots[slot] = binding;
            if (first == null) {
                used++;
            }
            return first;
        }

        /** Another one is the first of a key now, or none. */
        void replaceFirst(@Nullable Binding binding, byte[] key, int hash) {
            int slot = slot(key, hash);
            slots[slot] = binding;
            if (binding == null) {
                used--;
                closeGap(slot);
            }
        }

        /** Moves what an empty slot would hide from a search. */
        private void closeGap(int empty) {
            int gap = empty;
            int mask = slots.length - 1;
            for (int slot = (gap + 1) & mask; ; slot = (slot + 1) & mask) {
                Binding first = slots[slot];
                if (first == null) {
                    return;
                }
                int wanted = hash(keyOf(first)) & mask;
                if (((slot - wanted) & mask) >= ((slot - gap) & mask)) {
                    slots[gap] = first;
                    slots[slot] = null;
                    gap = slot;
                }
            }
        }

        private void grow() {
            @Nullable Binding[] old = slots;
            slots = new @Nullable Binding[2 * old.length];
            for (Binding first : old) {
                if (first != null) {
                    byte[] key = keyOf(first);
                    slots[slot(key, hash(key))] = first;
                }
            }
        }
    }

    private int hash(byte[] key) {
        long hash = salt ^ key.length;
        for (byte octet : key) {
            hash = (hash ^ (octet & 0xFF)) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash ^ (hash >>> 32));
    }

    /** Bindings by who their client is. */
    static ClientIndex byIdentity(long salt) {
        return new ClientIndex(salt) {
            @Override
            byte @Nullable [] key(Binding binding) {
                return binding.client;
            }

            @Override
            @Nullable Binding next(Binding binding) {
                return binding.nextOfClient;
            }

            @Override
            void setNext(Binding binding, @Nullable Binding next) {
                binding.nextOfClient = next;
            }

            @Override
            @Nullable Binding previous(Binding binding) {
                return binding.previousOfClient;
            }

            @Override
            void setPrevious(Binding binding, @Nullable Binding previous) {
                binding.previousOfClient = previous;
            }
        };
    }

    /** Bindings by hardware type and address, of clients that are known by something else. */
    static ClientIndex byHardware(long salt) {
        return new ClientIndex(salt) {
            @Override
            byte @Nullable [] key(Binding binding) {
                return binding.hardware;
            }

            @Override
            @Nullable Binding next(Binding binding) {
                return binding.nextOfHardware;
            }

            @Override
            void setNext(Binding binding, @Nullable Binding next) {
                binding.nextOfHardware = next;
            }

            @Override
            @Nullable Binding previous(Binding binding) {
                return binding.previousOfHardware;
            }

            @Override
            void setPrevious(Binding binding, @Nullable Binding previous) {
                binding.previousOfHardware = previous;
            }
        };
    }
}
