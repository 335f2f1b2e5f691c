package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Predicate;

/** Sees every IPv4 frame of the host that it is opened in, as it is on the wire. */
final class Sniffer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final short IPV4_IN_NETWORK_ORDER = 0x0008;
    private static final int IP = 14;
    private static final int UDP = 34;

    private final Arena arena = Arena.ofShared();
    private final Libc libc = new Libc(arena);
    private final int descriptor = libc.socket(Libc.AF_PACKET, Libc.SOCK_RAW, IPV4_IN_NETWORK_ORDER);
    private final MemorySegment octets = arena.allocate(4096);
    private final MemorySegment address = arena.allocate(20);
    private final MemorySegment addressLength = arena.allocate(ValueLayout.JAVA_INT);

    Sniffer() {
        MemorySegment timeout = arena.allocate(16);
        timeout.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, PATIENCE_SECONDS);
        if (libc.setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, timeout) < 0) {
            throw new IllegalStateException("no socket for frames");
        }
    }

    /** A frame whose packet has no options of IP. */
    record Frame(ByteBuffer octets) {

        MacAddress destination() {
            return mac(0);
        }

        MacAddress source() {
            return mac(MacAddress.LENGTH);
        }

        private MacAddress mac(int offset) {
            byte[] mac = new byte[MacAddress.LENGTH];
            octets.get(offset, mac);
            return MacAddress.of(mac);
        }

        int protocol() {
            return octets.get(IP + 9);
        }

        Endpoint from() {
            return new Endpoint(new Ipv4Address(octets.getInt(IP + 12)), octets.getShort(UDP) & 0xFFFF);
        }

        Endpoint to() {
            return new Endpoint(new Ipv4Address(octets.getInt(IP + 16)), octets.getShort(UDP + 2) & 0xFFFF);
        }

        /** The packet of DHCP's number, where it is one. */
        int xid() {
            return octets.getInt(UDP + 8 + 4);
        }
    }

    /** The next UDP frame with a packet of this number. */
    Frame xid(int xid) {
        return next(frame -> frame.protocol() == 17 && frame.octets.limit() > UDP + 16 && frame.xid() == xid);
    }

    Frame next(Predicate<Frame> wanted) {
        while (true) {
            addressLength.set(ValueLayout.JAVA_INT, 0, (int) address.byteSize());
            int length = libc.recvfrom(descriptor, octets, address, addressLength);
            if (length < 0) {
                throw new AssertionError("no such frame within " + PATIENCE_SECONDS + " s");
            }
            ByteBuffer copy = ByteBuffer.wrap(octets.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE))
                    .order(ByteOrder.BIG_ENDIAN);
            Frame frame = new Frame(copy);
            if (wanted.test(frame)) {
                return frame;
            }
        }
    }

    @Override
    public void close() {
        libc.close(descriptor);
        arena.close();
    }
}
