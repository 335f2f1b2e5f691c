package io.dhcpfailover.node.manage.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** How long clients and the disk take. Each histogram is counted by the one thread that it is named for. */
public final class Latencies {

    private final LatencyHistogram offers = new LatencyHistogram();
    private final LatencyHistogram acknowledgements = new LatencyHistogram();
    private final LatencyHistogram syncs = new LatencyHistogram();
    private final AtomicLong records = new AtomicLong();

    /** From a DISCOVER to its OFFER; for the engine's thread. */
    public LatencyHistogram offers() {
        return offers;
    }

    /** From a REQUEST to its ACK, which is on disk by then; for the journal's thread. */
    public LatencyHistogram acknowledgements() {
        return acknowledgements;
    }

    /** Records became durable; for the journal's thread. */
    public void synced(int count, long nanoseconds) {
        if (count > 0) {
            syncs.count(nanoseconds);
            records.lazySet(records.getPlain() + count);
        }
    }

    LatencyHistogram syncs() {
        return syncs;
    }

    long records() {
        return records.get();
    }
}
