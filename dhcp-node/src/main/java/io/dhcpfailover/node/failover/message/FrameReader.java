package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.node.failover.message.Decoded.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts the octets of one link into frames, wherever its segments begin and end. Holds no more than one frame that has
 * begun, in at most twice the octets of it that have come, or 256. Not for several threads.
 */
public final class FrameReader {

    private static final int CAPACITY_MIN = 256;
    private static final int LENGTH_OCTETS = 2;

    private byte[] octets = new byte[CAPACITY_MIN];
    private int filled;
    private int lengthMax;

    /** What has come. */
    public sealed interface Read {}

    /** A frame. */
    public static final class Frame implements Read {

        private final byte[] octets;

        private Frame(byte[] octets) {
            this.octets = octets;
        }

        /** All of it; the array is the caller's. */
        public byte[] octets() {
            return octets;
        }
    }

    /** The segment is used up, and the next frame not complete. */
    public record Incomplete() implements Read {}

    /**
     * What comes is no frame, and nothing after it can be: the link has to be closed.
     *
     * @param reason {@link Reason#TOO_SHORT} or {@link Reason#TOO_LONG}
     */
    public record Broken(Reason reason) implements Read {}

    /** Before anything is known of the partner: frames of the draft. */
    public FrameReader() {
        this.lengthMax = Dialect.DRAFT12.lengthMax();
    }

    /** Takes frames of this dialect from the next one on. */
    public void speak(Dialect dialect) {
        lengthMax = dialect.lengthMax();
    }

    /** Takes octets from a segment up to the end of a frame; to be called until it is {@link Incomplete}. */
    public Read read(ByteBuffer segment) {
        take(segment, LENGTH_OCTETS);
        if (filled < LENGTH_OCTETS) {
            return new Incomplete();
        }
        int length = ((octets[0] & 0xFF) << 8) | (octets[1] & 0xFF);
        if (length < Header.LENGTH) {
            return new Broken(Reason.TOO_SHORT);
        }
        if (length > lengthMax) {
            return new Broken(Reason.TOO_LONG);
        }
        take(segment, length);
        if (filled < length) {
            return new Incomplete();
        }
        byte[] frame = Arrays.copyOf(octets, length);
        filled = 0;
        if (octets.length > CAPACITY_MIN) {
            octets = new byte[CAPACITY_MIN];
        }
        return new Frame(frame);
    }

    /** Octets of memory that it holds. */
    int capacity() {
        return octets.length;
    }

    private void take(ByteBuffer segment, int length) {
        int taken = Math.min(length - filled, segment.remaining());
        if (taken <= 0) {
            return;
        }
        if (filled + taken > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, filled + taken));
        }
        segment.get(octets, filled, taken);
        filled += taken;
    }
}
