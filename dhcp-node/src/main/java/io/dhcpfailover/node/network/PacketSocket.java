package io.dhcpfailover.node.network;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.dhcpfailover.api.value.MacAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A socket of packet(7) that only sends, many frames in one call. */
final class PacketSocket implements LinkSender {

    /** Frames to one call: what a burst of clients is answered with, in 128 KiB. */
    private static final int SLOTS = 64;

    /** Room for a frame: more than Ethernet's 1500 octets, so that what does not fit would need fragments anyway. */
    private static final int SLOT_LENGTH = 2048;

    /** EtherType of IPv4 (RFC 894). */
    private static final short IPV4 = 0x0800;

    // struct sockaddr_ll of linux/if_packet.h.
    private static final int ADDRESS_LENGTH = 20;
    private static final int ADDRESS_PROTOCOL = 2;
    private static final int ADDRESS_INDEX = 4;
    private static final int ADDRESS_HALEN = 11;
    private static final int ADDRESS_OCTETS = 12;

    // struct iovec and struct mmsghdr of sys/socket.h, as all 64-bit Linux has them.
    private static final int VECTOR_LENGTH = 16;
    private static final int VECTOR_OCTETS = 8;
    private static final int MESSAGE_LENGTH = 64;
    private static final int MESSAGE_NAME_LENGTH = 8;
    private static final int MESSAGE_VECTOR = 16;
    private static final int MESSAGE_VECTOR_COUNT = 24;

    private final Arena arena = Arena.ofConfined();
    private final Libc libc = new Libc(arena);
    private final int descriptor;
    private final MemorySegment addresses = arena.allocate((long) SLOTS * ADDRESS_LENGTH, JAVA_INT.byteAlignment());
    private final MemorySegment vectors = arena.allocate((long) SLOTS * VECTOR_LENGTH, ADDRESS.byteAlignment());
    private final MemorySegment messages = arena.allocate((long) SLOTS * MESSAGE_LENGTH, ADDRESS.byteAlignment());
    private final List<ByteBuffer> frames = new ArrayList<>(SLOTS);
    private int taken;
    private int failures;

    private PacketSocket() throws NetworkException {
        // Protocol 0: it receives nothing, and costs nothing for what others receive.
        descriptor = libc.socket(Libc.AF_PACKET, Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, 0);
        if (descriptor < 0) {
            arena.close();
            throw new NetworkException(
                    -descriptor == Libc.EPERM
                            ? "frames to hardware addresses need the capability NET_RAW"
                            : "no socket for frames to hardware addresses: error " + -descriptor + " of the system");
        }
        MemorySegment octets = arena.allocate((long) SLOTS * SLOT_LENGTH);
        for (long slot = 0; slot < SLOTS; slot++) {
            MemorySegment frame = octets.asSlice(slot * SLOT_LENGTH, SLOT_LENGTH);
            MemorySegment address = addresses.asSlice(slot * ADDRESS_LENGTH, ADDRESS_LENGTH);
            MemorySegment vector = vectors.asSlice(slot * VECTOR_LENGTH, VECTOR_LENGTH);
            MemorySegment message = messages.asSlice(slot * MESSAGE_LENGTH, MESSAGE_LENGTH);
            frames.add(frame.asByteBuffer().order(ByteOrder.BIG_ENDIAN));
            address.set(JAVA_SHORT, 0, (short) Libc.AF_PACKET);
            address.asByteBuffer().order(ByteOrder.BIG_ENDIAN).putShort(ADDRESS_PROTOCOL, IPV4);
            address.set(JAVA_BYTE, ADDRESS_HALEN, (byte) MacAddress.LENGTH);
            vector.set(ADDRESS, 0, frame);
            message.set(ADDRESS, 0, address);
            message.set(JAVA_INT, MESSAGE_NAME_LENGTH, ADDRESS_LENGTH);
            message.set(ADDRESS, MESSAGE_VECTOR, vector);
            message.set(JAVA_LONG, MESSAGE_VECTOR_COUNT, 1);
        }
    }

    /**
     * Opens one, for the thread that calls.
     *
     * @throws NetworkException where it is not permitted
     */
    static PacketSocket open() throws NetworkException {
        return new PacketSocket();
    }

    @Override
    public int payloadMax() {
        return SLOT_LENGTH - Ipv4Datagram.HEADERS_LENGTH;
    }

    @Override
    public void send(int link, MacAddress hardware, Endpoint source, Endpoint destination, byte[] payload) {
        if (taken == SLOTS) {
            write();
        }
        int length = Ipv4Datagram.write(frames.get(taken), source, destination, payload);
        long address = (long) taken * ADDRESS_LENGTH;
        addresses.set(JAVA_INT, address + ADDRESS_INDEX, link);
        MemorySegment.copy(hardware.octets(), 0, addresses, JAVA_BYTE, address + ADDRESS_OCTETS, MacAddress.LENGTH);
        vectors.set(JAVA_LONG, (long) taken * VECTOR_LENGTH + VECTOR_OCTETS, length);
        taken++;
    }

    @Override
    public int flush() {
        write();
        int failed = failures;
        failures = 0;
        return failed;
    }

    private void write() {
        int done = 0;
        while (done < taken) {
            int sent = libc.sendmmsg(descriptor, messages.asSlice((long) done * MESSAGE_LENGTH), taken - done);
            if (sent > 0) {
                done += sent;
            } else if (sent != -Libc.EINTR) {
                // The first of them is what failed: its interface is gone, or has no room. A client asks again.
                failures++;
                done++;
            }
        }
        taken = 0;
    }

    @Override
    public void close() {
        libc.close(descriptor);
        arena.close();
    }
}
