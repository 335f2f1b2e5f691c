package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.manage.metrics.Latencies;
import io.dhcpfailover.node.manage.traces.DoraTraces;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.MessageType;
import org.jspecify.annotations.Nullable;

/** What is made of when clients were answered. Moments are those of {@link System#nanoTime}. */
final class AnswerTimes {

    private final Latencies latencies;
    private final @Nullable DoraTraces traces;

    /** @param traces null where nothing is traced */
    AnswerTimes(Latencies latencies, @Nullable DoraTraces traces) {
        this.latencies = latencies;
        this.traces = traces;
    }

    /** An answer was sent that waited for no disk; in the engine's thread. */
    void sent(DhcpPacket answer, long read) {
        MessageType type = answer.options().get(DhcpOption.MESSAGE_TYPE);
        if (type == MessageType.OFFER) {
            latencies.offers().count(System.nanoTime() - read);
            if (traces != null) {
                traces.offered(answer, read);
            }
        } else if (traces != null) {
            traces.answered(answer, read, 0);
        }
    }

    /** An answer was sent once its lease was on disk; in the journal's thread. */
    void stored(DhcpPacket answer, long read, long decided) {
        latencies.acknowledgements().count(System.nanoTime() - read);
        if (traces != null) {
            traces.answered(answer, read, decided);
        }
    }
}
