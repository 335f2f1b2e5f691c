package io.dhcpfailover.node.lease;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that had an address before its present one.
 *
 * @param client who it was
 * @param start when it got the address, seconds since 1970, UTC
 * @param end when its lease ended, or when it gave the address back
 */
public record PastLease(ClientIdentity client, long start, long end) {

    /** How many an address remembers: more would cost more memory than all else of a lease. */
    static final int COUNT_MAX = 3;

    private static final int HEADER_LENGTH = 9;

    static List<PastLease> decode(byte @Nullable [] octets) {
        if (octets == null) {
            return List.of();
        }
        List<PastLease> leases = new ArrayList<>(COUNT_MAX);
        ByteBuffer rest = ByteBuffer.wrap(octets);
        while (rest.remaining() >= HEADER_LENGTH) {
            long start = Integer.toUnsignedLong(rest.getInt());
            long end = Integer.toUnsignedLong(rest.getInt());
            byte[] client = new byte[rest.get() & 0xFF];
            rest.get(client);
            leases.add(new PastLease(ClientIdentity.ofOctets(client), start, end));
        }
        return leases;
    }

    /** The octets of a history with one more lease before it, which forgets the oldest where there are too many. */
    static byte[] prepend(byte[] client, int start, int end, byte @Nullable [] history) {
        int kept = history == null ? 0 : lengthOf(history, COUNT_MAX - 1);
        ByteBuffer octets = ByteBuffer.allocate(HEADER_LENGTH + client.length + kept);
        octets.putInt(start).putInt(end).put((byte) client.length).put(client);
        if (history != null) {
            octets.put(history, 0, kept);
        }
        return octets.array();
    }

    private static int lengthOf(byte[] history, int count) {
        int length = 0;
        for (int i = 0; i < count && length < history.length; i++) {
            length += HEADER_LENGTH + (history[length + HEADER_LENGTH - 1] & 0xFF);
        }
        return length;
    }

    /** Whether the octets are a history, as those of a store have to be. */
    static boolean isHistory(byte[] octets) {
        int place = 0;
        while (place + HEADER_LENGTH <= octets.length) {
            place += HEADER_LENGTH + (octets[place + HEADER_LENGTH - 1] & 0xFF);
        }
        return place == octets.length;
    }
}
