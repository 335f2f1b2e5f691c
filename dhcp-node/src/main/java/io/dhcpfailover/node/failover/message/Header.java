package io.dhcpfailover.node.failover.message;

/**
 * What every message begins with besides its length and its type (draft-ietf-dhc-failover-12, section 6.1).
 *
 * @param time when the sender sent it, in seconds since 1970 (UTC), 0 to 2^32 - 1
 * @param xid numbers the sender's requests on one link; a response has that of its request. 0 to 2^32 - 1. ISC dhcpd
 *     4.4.3 takes 0 in a BNDUPD for none at all
 */
public record Header(long time, long xid) {

    /** Octets of a header: length (2), type (1), payload offset (1), time (4), xid (4). */
    static final int LENGTH = 12;

    /**
     * @throws IllegalArgumentException when a value is outside its range
     */
    public Header {
        Ranges.uint32("time", time);
        Ranges.uint32("xid", xid);
    }
}
