package io.dhcpfailover.node.lease;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bindings by a key of their client, in constant time whoever chooses the keys: the hash is salted. Bindings of one key
 * are a chain. It may be long: all clients of a link without hardware addresses have the same, and so may one client
 * that invents identifiers. So adding and removing take constant time there, too.
 */
abstract class ClientIndex {

    private static final int SLOTS_MIN = 64;

    private final long salt;

    @SuppressWarnings("NullAway.Init")
    private @Nullable Binding[] slots = new @Nullable Binding[SLOTS_MIN];

    private int used;

    ClientIndex(long salt) {
        this.salt = salt;
    }

    /** The key of a binding; null where it has none. */
    abstract byte @Nullable [] key(Binding binding);

    abstract @Nullable Binding next(Binding binding);

    abstract void setNext(Binding binding, @Nullable Binding next);

    abstract @Nullable Binding previous(Binding binding);

    abstract void setPrevious(Binding binding, @Nullable Binding previous);

    /** The first binding of a key; null where there is none. */
    @Nullable Binding first(byte[] key) {
        return slots[slot(key)];
    }

    /** Adds a binding, by the key that it has now. */
    void add(Binding binding) {
        byte[] key = key(binding);
        if (key == null) {
            return;
        }
        if (2 * (used + 1) > slots.length) {
            grow();
        }
        int slot = slot(key);
        Binding first = slots[slot];
        setNext(binding, first);
        slots[slot] = binding;
        if (first == null) {
            used++;
        } else {
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
        int slot = slot(key);
        slots[slot] = rest;
        if (rest == null) {
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

    /** The slot of a key, or the empty one where it would be. */
    private int slot(byte[] key) {
        int mask = slots.length - 1;
        int slot = hash(key) & mask;
        for (Binding first = slots[slot]; first != null; first = slots[slot]) {
            if (Arrays.equals(keyOf(first), key)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private byte[] keyOf(Binding binding) {
        byte[] key = key(binding);
        if (key == null) {
            throw new IllegalStateException(binding + " lost its client while it was found by it");
        }
        return key;
    }

    private void grow() {
        @Nullable Binding[] old = slots;
        slots = new @Nullable Binding[2 * old.length];
        for (Binding first : old) {
            if (first != null) {
                slots[slot(keyOf(first))] = first;
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
