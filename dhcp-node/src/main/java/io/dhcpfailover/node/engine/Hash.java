package io.dhcpfailover.node.engine;

/** Numbers for what limits count by. */
final class Hash {

    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private Hash() {}

    static long mix(long value) {
        long mixed = value * MULTIPLIER;
        mixed = (mixed ^ (mixed >>> 32)) * MULTIPLIER;
        return mixed ^ (mixed >>> 29);
    }

    static long of(long start, byte[] octets) {
        long hash = start;
        for (byte octet : octets) {
            hash = (hash ^ (octet & 0xFF)) * MULTIPLIER;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
