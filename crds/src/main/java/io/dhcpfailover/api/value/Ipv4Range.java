package io.dhcpfailover.api.value;

/**
 * Consecutive IPv4 addresses, both ends included.
 *
 * @param start the first address
 * @param end the last address, not before {@code start}
 */
public record Ipv4Range(Ipv4Address start, Ipv4Address end) {

    /** @throws IllegalArgumentException when the end lies before the start */
    public Ipv4Range {
        if (end.compareTo(start) < 0) {
            throw new IllegalArgumentException("the range " + start + " to " + end + " ends before it starts");
        }
    }

    /** The number of addresses, 1 to 2^32. */
    public long size() {
        return end.number() - start.number() + 1;
    }

    /** Whether the address lies in it. */
    public boolean contains(Ipv4Address address) {
        return start.compareTo(address) <= 0 && address.compareTo(end) <= 0;
    }

    /** Whether any address lies in both. */
    public boolean overlaps(Ipv4Range other) {
        return start.compareTo(other.end) <= 0 && other.start.compareTo(end) <= 0;
    }

    /** {@code start-end}, for people; in documents the two are fields of their own. */
    @Override
    public String toString() {
        return start + "-" + end;
    }
}
