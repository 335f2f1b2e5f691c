package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.BindingVersion;
import java.util.List;

/**
 * What a server of this project says with its state, so that its partner knows what it builds on. Said again where any
 * of it changes.
 *
 * @param knownChange the latest change by the receiver that the sender knows of, as {@code BindingVersion} numbers them; 0
 *     where it knows of none. A server that has made less has lost its store, or found an old one
 * @param acknowledgedChange the latest change by the sender that the receiver has acknowledged; 0 where there is none. A
 *     server that knows of less has lost its store, or found an old one, also where it made no change itself meanwhile
 * @param mclt by which the sender lets clients have addresses, in seconds, 1 to 2^32 - 1
 * @param alone whether the sender has never had a partner in this relationship, so that nobody but it can have served
 * @param scopes the networks of the scopes that the sender shares in this relationship, at most 4096
 */
public record Terms(long knownChange, long acknowledgedChange, long mclt, boolean alone, List<Ipv4Address> scopes) {

    /** The most scopes that can be said. */
    public static final int SCOPES_MAX = 4096;

    /**
     * @throws IllegalArgumentException when a number is outside its range, or there are too many scopes
     */
    public Terms {
        scopes = List.copyOf(scopes);
        Ranges.between("MCLT", mclt, 1, Ranges.UINT32_MAX);
        Ranges.between("scopes of a relationship:", scopes.size(), 0, SCOPES_MAX);
        requireNumber(knownChange);
        requireNumber(acknowledgedChange);
    }

    private static void requireNumber(long change) {
        if (!BindingVersion.isNumber(change)) {
            throw new IllegalArgumentException("no change has the number " + change);
        }
    }
}
