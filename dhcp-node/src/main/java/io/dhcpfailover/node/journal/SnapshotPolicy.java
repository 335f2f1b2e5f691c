package io.dhcpfailover.node.journal;

/**
 * When a snapshot is worth its writing: once the segment has grown beyond the last snapshot, so that no more than
 * twice the state is read at a start, and every octet that is appended costs one of a snapshot at the most.
 *
 * @param segmentLengthMin before the segment is as long, in octets, it is read so fast that no snapshot is worth it
 */
public record SnapshotPolicy(long segmentLengthMin) {

    /** 64 MiB: read in a fraction of a second. */
    public static final SnapshotPolicy DEFAULT = new SnapshotPolicy(64L << 20);

    /** A policy; refuses a length below 0. */
    public SnapshotPolicy {
        if (segmentLengthMin < 0) {
            throw new IllegalArgumentException("a segment's length of " + segmentLengthMin + ": give 0 or more");
        }
    }

    /**
     * Whether it is time for a snapshot.
     *
     * @param segmentLength of {@link Journal#segmentLength}
     * @param snapshotLength of {@link Journal#snapshotLength}
     */
    public boolean isDue(long segmentLength, long snapshotLength) {
        return segmentLength > Math.max(segmentLengthMin, snapshotLength);
    }
}
