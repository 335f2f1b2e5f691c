package io.dhcpfailover.node.network;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.dhcpfailover.api.value.Ipv4Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/** A socket for ICMP echo (RFC 792): raw(7), or the one of icmp(7) that needs no capability. For one thread. */
final class EchoSocket implements AutoCloseable {

    /** What was read. */
    sealed interface Received {

        /** There is nothing to be read. */
        record Nothing() implements Received {}

        /** Something else than an answer to a request of this socket. */
        record Other() implements Received {}

        /** An answer, and to which request it is. */
        record Answer(Ipv4Address source, int sequence) implements Received {}
    }

    private static final Received NOTHING = new Received.Nothing();
    private static final Received OTHER = new Received.Other();

    private static final int IPPROTO_ICMP = 1;
    private static final byte ECHO_REPLY = 0;
    private static final byte ECHO_REQUEST = 8;

    /** As many octets as ping(8) sends: equipment that guards against other lengths lets these through. */
    private static final int ECHO_LENGTH = 64;

    private static final int ECHO_HEADER_LENGTH = 8;
    private static final int IP_HEADER_LENGTH_MIN = 20;

    /** Room for an answer with the longest header of IP. */
    private static final int RECEIVED_MAX = 128;

    // ICMP_FILTER of raw(7): a bit is set for each type that is not wanted.
    private static final int SOL_RAW = 255;
    private static final int ICMP_FILTER = 1;

    private static final int ADDRESS_LENGTH = 16;
    private static final int ADDRESS_OFFSET = 4;

    private final Arena arena = Arena.ofConfined();
    private final Libc libc = new Libc(arena);
    private final boolean raw;
    private final int descriptor;
    private final short identifier = (short) ThreadLocalRandom.current().nextInt();
    private final MemorySegment request = arena.allocate(ECHO_LENGTH);
    private final MemorySegment answer = arena.allocate(RECEIVED_MAX);
    private final MemorySegment address = arena.allocate(ADDRESS_LENGTH, Integer.BYTES);
    private final MemorySegment addressLength = arena.allocate(JAVA_INT);
    private final ByteBuffer requestOctets = request.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
    private final ByteBuffer answerOctets = answer.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
    private final ByteBuffer addressOctets = address.asByteBuffer().order(ByteOrder.BIG_ENDIAN);

    private EchoSocket() throws NetworkException {
        int flags = Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;
        int privileged = libc.socket(Libc.AF_INET, Libc.SOCK_RAW | flags, IPPROTO_ICMP);
        raw = privileged >= 0;
        descriptor = raw ? privileged : libc.socket(Libc.AF_INET, Libc.SOCK_DGRAM | flags, IPPROTO_ICMP);
        if (descriptor < 0) {
            arena.close();
            throw new NetworkException(
                    switch (-descriptor) {
                        case Libc.EPERM, Libc.EACCES ->
                            "ICMP needs the capability NET_RAW, or this process' group in sysctl"
                                    + " net.ipv4.ping_group_range";
                        default -> "no socket for ICMP: error " + -descriptor + " of the system";
                    });
        }
        if (raw) {
            MemorySegment filter = arena.allocate(JAVA_INT);
            filter.set(JAVA_INT, 0, ~(1 << ECHO_REPLY));
            libc.setsockopt(descriptor, SOL_RAW, ICMP_FILTER, filter);
        }
    }

    /**
     * Opens one, for the thread that calls.
     *
     * @throws NetworkException where it is not permitted
     */
    static EchoSocket open() throws NetworkException {
        return new EchoSocket();
    }

    int descriptor() {
        return descriptor;
    }

    /** Sends a request; whether the system took it. */
    boolean send(Ipv4Address to, int sequence) {
        requestOctets
                .put(0, ECHO_REQUEST)
                .putShort(2, (short) 0)
                .putShort(4, identifier)
                .putShort(6, (short) sequence);
        requestOctets.putShort(2, InternetChecksum.of(InternetChecksum.sum(requestOctets, 0, ECHO_LENGTH)));
        address.fill((byte) 0);
        address.set(JAVA_SHORT, 0, (short) Libc.AF_INET);
        addressOctets.putInt(ADDRESS_OFFSET, to.bits());
        return libc.sendto(descriptor, request, address) == ECHO_LENGTH;
    }

    /** Reads once, without waiting. */
    Received receive() {
        addressLength.set(JAVA_INT, 0, ADDRESS_LENGTH);
        int length = libc.recvfrom(descriptor, answer, address, addressLength);
        if (length < 0) {
            // Any error but that there is nothing belongs to something sent before, and is read by being told of it.
            return length == -Libc.EAGAIN ? NOTHING : OTHER;
        }
        int header = raw && length > 0 ? (answerOctets.get(0) & 0xF) * Integer.BYTES : 0;
        if ((raw && header < IP_HEADER_LENGTH_MIN) || length < header + ECHO_HEADER_LENGTH) {
            return OTHER;
        }
        // The system numbers the other kind of socket itself, and gives it only its own answers, checked already.
        boolean own = !raw
                || (answerOctets.getShort(header + 4) == identifier
                        && InternetChecksum.of(InternetChecksum.sum(answerOctets, header, length - header)) == 0);
        return own && answerOctets.get(header) == ECHO_REPLY
                ? new Received.Answer(
                        new Ipv4Address(addressOctets.getInt(ADDRESS_OFFSET)),
                        answerOctets.getShort(header + 6) & 0xFFFF)
                : OTHER;
    }

    @Override
    public void close() {
        libc.close(descriptor);
        arena.close();
    }
}
