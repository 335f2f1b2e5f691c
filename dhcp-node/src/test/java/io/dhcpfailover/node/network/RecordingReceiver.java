package io.dhcpfailover.node.network;

import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.wire.Decoded;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what comes in until a test asks for it. */
final class RecordingReceiver implements Receiver {

    private static final long PATIENCE_SECONDS = 10;

    record Request(int xid, Origin origin) {}

    record Refusal(Decoded.Reason reason, Origin origin) {}

    volatile boolean crowded;
    final AtomicInteger batches = new AtomicInteger();
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

    @Override
    public void received(DhcpPacket packet, Origin origin) {
        events.add(new Request(packet.xid(), origin));
    }

    @Override
    public void refused(Decoded.Refused reason, Origin origin) {
        events.add(new Refusal(reason.reason(), origin));
    }

    @Override
    public boolean isCrowded() {
        return crowded;
    }

    @Override
    public void batchEnd() {
        batches.incrementAndGet();
    }

    Request request() throws InterruptedException {
        return (Request) next();
    }

    Refusal refusal() throws InterruptedException {
        return (Refusal) next();
    }

    private Object next() throws InterruptedException {
        Object event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing came in within " + PATIENCE_SECONDS + " s");
        }
        return event;
    }
}
