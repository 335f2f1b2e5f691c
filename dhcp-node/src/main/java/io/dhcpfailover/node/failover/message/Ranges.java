package io.dhcpfailover.node.failover.message;

/** What fits into the fields of messages. */
final class Ranges {

    static final long UINT32_MAX = 0xFFFF_FFFFL;

    private Ranges() {}

    static void uint32(String name, long value) {
        between(name, value, 0, UINT32_MAX);
    }

    static void between(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " " + value + " is outside " + min + " to " + max);
        }
    }
}
