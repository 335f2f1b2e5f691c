package io.dhcpfailover.node.lease;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one address: its state, its client, times and history. Only a {@link BindingTable} changes it.
 * Times are seconds since 1970, UTC, up to 2106. Fields are as small as they can be, because there are millions.
 */
public final class Binding {

    /** The end of a lease that has none. */
    public static final long UNLIMITED = 0xFFFF_FFFFL;

    static final int NOT_IN_HEAP = -1;

    final int address;
    BindingState state = BindingState.FREE;
    /** Whether the client sent its identity as option 61. */
    boolean identified;
    /** Whether the client speaks BOOTP, and so never renews. */
    boolean bootp;

    /** Null where there is no client. */
    byte @Nullable [] client;

    /** Null where the client's hardware type and address are its identity, as they are for most. */
    byte @Nullable [] hardware;

    byte @Nullable [] details;
    byte @Nullable [] history;
    int start;
    int end;
    int lastTransaction;
    int since;

    /** The pool whose counts and free list it is in; null where it is in none. */
    @Nullable Pool pool;

    @Nullable Offer offer;

    /** Null where no partner has to do with it. */
    @Nullable Agreement agreement;

    @Nullable Binding previousFree;

    @Nullable Binding nextFree;

    @Nullable Binding previousOfClient;

    @Nullable Binding nextOfClient;

    @Nullable Binding previousOfHardware;

    @Nullable Binding nextOfHardware;

    /** Whether the table has it: one that was only looked up is in no table. */
    boolean entered;

    int heapIndex = NOT_IN_HEAP;

    Binding(int address) {
        this.address = address;
    }

    /** The address. */
    public Ipv4Address address() {
        return new Ipv4Address(address);
    }

    /** What it is to the server. */
    public BindingState state() {
        return state;
    }

    /** The client that has it, or the last one that had it; null where none ever had. */
    public @Nullable ClientIdentity client() {
        return client == null ? null : ClientIdentity.ofOctets(client);
    }

    /** Whether this is the client that has it, or the last one that had it. */
    public boolean isOf(ClientIdentity identity) {
        return client != null && Arrays.equals(client, identity.shared());
    }

    /** Whether the client that has it is this one. */
    public boolean isActiveFor(ClientIdentity identity) {
        return state == BindingState.ACTIVE && isOf(identity);
    }

    /** Whether the client sends its identity as option 61. */
    public boolean identified() {
        return identified;
    }

    /** Whether its client speaks BOOTP. */
    public boolean bootp() {
        return bootp;
    }

    /** The hardware address of the client; null where there is no client. */
    public @Nullable HardwareAddress hardware() {
        byte[] octets = hardware == null ? client : hardware;
        return octets == null
                ? null
                : HardwareAddress.of(octets[0] & 0xFF, Arrays.copyOfRange(octets, 1, octets.length));
    }

    /** What else the client or its relay said when it was last heard. */
    public ClientDetails details() {
        return details == null ? ClientDetails.NONE : new ClientDetails(details);
    }

    /** Clients that had the address before, the latest first. */
    public List<PastLease> history() {
        return PastLease.decode(history);
    }

    /** When the client got it. */
    public long start() {
        return Integer.toUnsignedLong(start);
    }

    /** When the lease, or the abandonment, ends or ended; {@link #UNLIMITED} where it never does. */
    public long end() {
        return Integer.toUnsignedLong(end);
    }

    /** When the client was last heard. */
    public long lastTransaction() {
        return Integer.toUnsignedLong(lastTransaction);
    }

    /** Since when it is in its state. */
    public long since() {
        return Integer.toUnsignedLong(since);
    }

    /** The pool that gives it; null where none does. */
    public @Nullable Pool pool() {
        return pool;
    }

    /** To whom it is offered; null where to nobody. */
    public @Nullable Offer offer() {
        return offer;
    }

    /** What it is between two partners; null where no partner has to do with it. */
    public @Nullable Agreement agreement() {
        return agreement;
    }

    /** From when it counts as ended: a lease that the partner gave may go on for a little by the partner's clock. */
    long due() {
        boolean partners = agreement != null && agreement.byPartner;
        return end() + (partners ? Agreement.PARTNERS_CLOCK_SECONDS : 0);
    }

    @Override
    public String toString() {
        return address() + " " + state;
    }
}
