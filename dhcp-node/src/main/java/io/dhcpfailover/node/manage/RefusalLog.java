package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.failover.message.BindingAnswer;
import io.dhcpfailover.node.failover.message.Message.BindingAcknowledgement;
import io.dhcpfailover.node.failover.message.RejectReason;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line where partners refuse what they tell each other of addresses; of each kind, one a minute. For one thread. */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long INTERVAL_SECONDS = 60;

    private record Kind(String relationship, String who, RejectReason reason) {}

    private final Map<Kind, Long> next = new HashMap<>();

    /** What the partner refuses, in seconds of any clock. */
    void heard(String relationship, BindingAcknowledgement answers, long now) {
        answers.answers().forEach(answer -> look(relationship, "the partner", answer, now));
    }

    /** What this server refuses. */
    void said(String relationship, BindingAcknowledgement answers, long now) {
        answers.answers().forEach(answer -> look(relationship, "this server", answer, now));
    }

    private void look(String relationship, String who, BindingAnswer answer, long now) {
        RejectReason reason = answer.refusal();
        if (reason == null) {
            return;
        }
        Kind kind = new Kind(relationship, who, reason);
        Long due = next.get(kind);
        // A clock that is set back does not keep it silent.
        if (due == null || now >= due || now < due - INTERVAL_SECONDS) {
            next.put(kind, now + INTERVAL_SECONDS);
            write(relationship, who, answer, reason);
        }
    }

    private static void write(String relationship, String who, BindingAnswer answer, RejectReason reason) {
        String text = answer.message() == null ? "" : ", " + answer.message();
        String line = "relationship " + relationship + ": " + who + " refuses what it is told of " + answer.address()
                + " (" + reason + text + ")" + advice(reason);
        switch (reason) {
            // Both have changed it at a time, and agree on one of the two.
            case OUTDATED_BINDING_INFORMATION, LESS_CRITICAL_BINDING_INFORMATION -> LOG.info("{}", line);
            default -> LOG.warn("{}", line);
        }
    }

    private static String advice(RejectReason reason) {
        return switch (reason) {
            case ILLEGAL_ADDRESS -> ": give both servers the same ranges";
            case NOT_RESERVED -> ": give both servers the same reservations";
            case FATAL_CONFLICT -> ": each of the servers may have let another client have it";
            default -> "";
        };
    }
}
