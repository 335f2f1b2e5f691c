package io.dhcpfailover.node.manage.leases;

import io.dhcpfailover.api.value.Ipv4Address;
import java.util.Arrays;

/**
 * The places of a table's bindings in the order of their addresses. A table has its bindings in the order in which they
 * came, and none ever goes or changes its place: so this is made beside the engine, and only what is new is asked of it.
 * Immutable.
 */
final class AddressOrder {

    static final AddressOrder NONE = new AddressOrder(new long[0]);

    /** Address and place, in the upper and the lower half of each. */
    private final long[] ordered;

    private AddressOrder(long[] ordered) {
        this.ordered = ordered;
    }

    /** How many there are. */
    int size() {
        return ordered.length;
    }

    /** This one with more bindings, which have the places after all that are in it. */
    AddressOrder with(int[] addresses) {
        if (addresses.length == 0) {
            return this;
        }
        long[] all = Arrays.copyOf(ordered, ordered.length + addresses.length);
        for (int i = 0; i < addresses.length; i++) {
            int place = ordered.length + i;
            all[place] = key(addresses[i]) | place;
        }
        // All but the last are in order already, which this sort is quick with.
        Arrays.sort(all);
        return new AddressOrder(all);
    }

    private static long key(int address) {
        return (Integer.toUnsignedLong(address) << Integer.SIZE) ^ Long.MIN_VALUE;
    }

    /** The position of the first address that comes after this one. */
    int after(Ipv4Address address) {
        int found = Arrays.binarySearch(ordered, key(address.bits()) | Integer.toUnsignedLong(-1));
        return found < 0 ? -found - 1 : found + 1;
    }

    /** The place of the binding at a position. */
    int placeAt(int position) {
        return (int) ordered[position];
    }

    /** The address at a position. */
    Ipv4Address addressAt(int position) {
        return new Ipv4Address((int) ((ordered[position] ^ Long.MIN_VALUE) >>> Integer.SIZE));
    }
}
