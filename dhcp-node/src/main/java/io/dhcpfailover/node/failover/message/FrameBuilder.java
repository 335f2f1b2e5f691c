package io.dhcpfailover.node.failover.message;

import java.util.Arrays;

/** Octets of a frame in the making. */
final class FrameBuilder {

    private byte[] octets = new byte[128];
    private int length;

    FrameBuilder(MessageType type, Header header) {
        uint16(0);
        uint8(type.code());
        uint8(Header.LENGTH);
        uint32(header.time());
        uint32(header.xid());
    }

    FrameBuilder uint8(FailoverOption option, int value) {
        begin(option, 1);
        uint8(value);
        return this;
    }

    FrameBuilder uint16(FailoverOption option, int value) {
        begin(option, 2);
        uint16(value);
        return this;
    }

    FrameBuilder uint32(FailoverOption option, long value) {
        begin(option, 4);
        uint32(value);
        return this;
    }

    FrameBuilder octets(FailoverOption option, byte[] value) {
        begin(option, value.length);
        System.arraycopy(value, 0, octets, length, value.length);
        length += value.length;
        return this;
    }

    int length() {
        return length;
    }

    /** Forgets what was written after a length. */
    void shorten(int before) {
        length = before;
    }

    /** The frame, with its length in its header. */
    byte[] build() {
        byte[] frame = Arrays.copyOf(octets, length);
        frame[0] = (byte) (length >>> 8);
        frame[1] = (byte) length;
        return frame;
    }

    private void begin(FailoverOption option, int size) {
        ensure(FailoverOption.HEADER_LENGTH + size);
        uint16(option.code());
        uint16(size);
    }

    private void ensure(int more) {
        if (length + more > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + more));
        }
    }

    private void uint8(int value) {
        octets[length++] = (byte) value;
    }

    private void uint16(int value) {
        uint8(value >>> 8);
        uint8(value);
    }

    private void uint32(long value) {
        uint16((int) (value >>> 16));
        uint16((int) value);
    }
}
