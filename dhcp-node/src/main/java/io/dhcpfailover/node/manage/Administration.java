package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.manage.api.NodeOperations.NotDone;
import io.dhcpfailover.node.manage.api.NodeOperations.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an administrator tells a server to do, by whichever way. */
final class Administration {

    private static final Logger LOG = LoggerFactory.getLogger(Administration.class);

    private final DhcpNode node;
    private final MaintenanceMark mark;

    Administration(DhcpNode node, MaintenanceMark mark) {
        this.node = node;
        this.mark = mark;
    }

    /** Takes the partner for down; it last served a client then, or now where that is null. */
    void partnerDown(String relationship, @Nullable Instant lastSeen) throws NotDone {
        require(relationship);
        LOG.warn(
                "relationship {}: an administrator says that the partner is down{}",
                relationship,
                lastSeen == null ? "" : ", and was last alive at " + lastSeen);
        happened(
                relationship,
                now -> new FailoverEvent.DeclaredDown(
                        lastSeen == null ? now : Math.min(now, lastSeen.getEpochSecond())));
    }

    /** Takes the partner for down where the relationship wants that: the cluster proves that its process had ended then. */
    void provedDown(String relationship, Instant at) throws NotDone {
        LOG.warn("relationship {}: the cluster proves that the partner's process had ended at {}", relationship, at);
        happened(relationship, now -> new FailoverEvent.ProvedDown(Math.min(now, at.getEpochSecond())));
    }

    /** Asks the partner for every binding. */
    void resync(String relationship) throws NotDone {
        require(relationship);
        LOG.info("relationship {}: an administrator has the partner asked for every binding", relationship);
        happened(relationship, now -> new FailoverEvent.ResyncAsked());
    }

    private void happened(String relationship, LongFunction<FailoverEvent> event) throws NotDone {
        Optional<String> refusal = ServerOperations.await(node.happened(relationship, event));
        if (refusal.isPresent()) {
            throw new NotDone(Reason.REFUSED, refusal.get());
        }
    }

    private void require(String relationship) throws NotDone {
        Serving serving = node.serving();
        if (serving == null || !serving.plans().relationships().containsKey(relationship)) {
            throw new NotDone(Reason.UNKNOWN, "there is no relationship " + relationship + " on this server");
        }
    }

    /** Hands all clients over to the partners, and answers none. */
    void startMaintenance() throws NotDone {
        LOG.warn("An administrator starts maintenance: no client is answered from now on");
        try {
            mark.set();
        } catch (IOException e) {
            throw new NotDone(Reason.BUSY, "it cannot be stored: " + Words.of(e));
        }
        ServerOperations.await(node.setMaintenance(true));
    }

    /** Answers clients again. */
    void endMaintenance() throws NotDone {
        LOG.warn("An administrator ends maintenance: clients are answered again");
        try {
            mark.clear();
        } catch (IOException e) {
            throw new NotDone(Reason.BUSY, "it cannot be stored: " + Words.of(e));
        }
        ServerOperations.await(node.setMaintenance(false));
    }
}
