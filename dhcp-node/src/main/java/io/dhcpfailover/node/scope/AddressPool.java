package io.dhcpfailover.node.scope;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The addresses that a scope gives to clients: its ranges without its exclusions. Each has a place, from 0 in the
 * order of addresses, so that bindings can lie in arrays. Places and addresses are found in logarithmic time.
 */
public final class AddressPool {

    private final long[] starts;
    private final long[] ends;
    private final int[] places;
    private final int size;

    private AddressPool(List<Ipv4Range> parts) {
        starts = parts.stream().mapToLong(part -> part.start().number()).toArray();
        ends = parts.stream().mapToLong(part -> part.end().number()).toArray();
        places = new int[starts.length];
        int place = 0;
        for (int i = 0; i < starts.length; i++) {
            places[i] = place;
            place = Math.toIntExact(place + ends[i] - starts[i] + 1);
        }
        size = place;
    }

    /** The addresses of the ranges that are in no exclusion; ranges and exclusions may overlap and touch. */
    public static AddressPool of(List<Ipv4Range> ranges, List<Ipv4Range> exclusions) {
        List<Ipv4Range> parts = merged(ranges);
        for (Ipv4Range exclusion : merged(exclusions)) {
            parts = without(parts, exclusion);
        }
        return new AddressPool(parts);
    }

    private static List<Ipv4Range> merged(List<Ipv4Range> ranges) {
        List<Ipv4Range> merged = new ArrayList<>();
        for (Ipv4Range range :
                ranges.stream().sorted(Comparator.comparing(Ipv4Range::start)).toList()) {
            if (!merged.isEmpty()
                    && merged.getLast().end().number() + 1 >= range.start().number()) {
                Ipv4Range last = merged.removeLast();
                Ipv4Address end = last.end().compareTo(range.end()) > 0 ? last.end() : range.end();
                merged.add(new Ipv4Range(last.start(), end));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    private static List<Ipv4Range> without(List<Ipv4Range> parts, Ipv4Range exclusion) {
        List<Ipv4Range> rest = new ArrayList<>();
        for (Ipv4Range part : parts) {
            if (!part.overlaps(exclusion)) {
                rest.add(part);
                continue;
            }
            if (part.start().compareTo(exclusion.start()) < 0) {
                rest.add(new Ipv4Range(part.start(), exclusion.start().plus(-1)));
            }
            if (part.end().compareTo(exclusion.end()) > 0) {
                rest.add(new Ipv4Range(exclusion.end().plus(1), part.end()));
            }
        }
        return rest;
    }

    /** How many addresses it has. */
    public int size() {
        return size;
    }

    /**
     * The address at a place.
     *
     * @throws IndexOutOfBoundsException when the place is not from 0 to {@code size() - 1}
     */
    public Ipv4Address addressAt(int place) {
        if (place < 0 || place >= size) {
            throw new IndexOutOfBoundsException("place " + place + " of " + size + " addresses");
        }
        int found = Arrays.binarySearch(places, place);
        int part = found >= 0 ? found : -found - 2;
        return Ipv4Address.ofNumber(starts[part] + place - places[part]);
    }

    /** The place of an address; -1 where it has none. */
    public int placeOf(Ipv4Address address) {
        long number = address.number();
        int found = Arrays.binarySearch(starts, number);
        int part = found >= 0 ? found : -found - 2;
        return part < 0 || number > ends[part] ? -1 : (int) (places[part] + number - starts[part]);
    }

    /** Whether the address is one of them. */
    public boolean contains(Ipv4Address address) {
        return placeOf(address) >= 0;
    }
}
