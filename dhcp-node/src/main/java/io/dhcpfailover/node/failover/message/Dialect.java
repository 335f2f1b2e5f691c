package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.node.failover.message.Extension.Feature;
import java.util.Set;

/** Whom messages are exchanged with, where that makes a difference to their octets. */
public enum Dialect {
    /**
     * Any server of the draft, and until the extension of CONNECT is agreed on any server at all. One update in each
     * BNDUPD sent, since ISC dhcpd 4.4.3 closes the link on an option that comes twice, although the draft has
     * batches (section 6.3); a batch is understood.
     */
    DRAFT12(2048, 1, 100),

    /**
     * Servers of this project, once they agreed on {@link Feature#BATCHES} and {@link Feature#CLIENT_OPTIONS}. The
     * frame has room for some 200 updates with all that clients usually say, and a link that sends the longest and
     * stops costs its receiver no more than the receive buffer of its socket.
     */
    NATIVE(32_768, 256, 256);

    private final int lengthMax;
    private final int sentUpdatesMax;
    private final int receivedUpdatesMax;

    Dialect(int lengthMax, int sentUpdatesMax, int receivedUpdatesMax) {
        this.lengthMax = lengthMax;
        this.sentUpdatesMax = sentUpdatesMax;
        this.receivedUpdatesMax = receivedUpdatesMax;
    }

    /** What two servers of this project speak after CONNECTACK, by the features that it names. */
    public static Dialect of(Set<Feature> features) {
        return features.contains(Feature.BATCHES) && features.contains(Feature.CLIENT_OPTIONS) ? NATIVE : DRAFT12;
    }

    /** Octets of the longest frame, both ways: of the draft, 2048 (section 6.1). */
    public int lengthMax() {
        return lengthMax;
    }

    /** The most updates in a BNDUPD that is sent. */
    public int sentUpdatesMax() {
        return sentUpdatesMax;
    }

    /** The most updates in a BNDUPD, or answers in a BNDACK, that is read: the BNDACK to it always fits in a frame. */
    int receivedUpdatesMax() {
        return receivedUpdatesMax;
    }
}
