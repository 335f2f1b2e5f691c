package io.dhcpfailover.node.lease;

import org.jspecify.annotations.Nullable;

/**
 * An address that is held for a client to take. Offers are not stored: a client that takes one after a crash finds the
 * address free, or asks again.
 */
public final class Offer {

    final Binding binding;
    final ClientIdentity client;
    final long relay;
    final long circuit;
    final boolean first;
    long made;
    private long probe;

    @Nullable Offer older;

    @Nullable Offer newer;

    Offer(Binding binding, ClientIdentity client, long relay, long circuit, long made, boolean first) {
        this.first = first;
        this.binding = binding;
        this.client = client;
        this.relay = relay;
        this.circuit = circuit;
        this.made = made;
    }

    /** The address that is held. */
    public Binding binding() {
        return binding;
    }

    /** For whom it is held. */
    public ClientIdentity client() {
        return client;
    }

    /** When it was made or last repeated, in seconds. */
    public long made() {
        return made;
    }

    /** The offer that was made or repeated next after this one; null where there is none. */
    public @Nullable Offer newer() {
        return newer;
    }

    /** The number of the probe that has to find out first whether anyone uses the address; 0 where none has to. */
    public long probe() {
        return probe;
    }

    /** It has to be found out first, or was: then the number is 0. */
    public void setProbe(long number) {
        probe = number;
    }

    /** Whether it still has to be found out that nobody uses the address. */
    public boolean probing() {
        return probe != 0;
    }
}
