package io.dhcpfailover.node.engine;

import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.Standing;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two servers that serve together for the first time: the primary, which has all addresses then, does not say that it is
 * ready before the secondary has its share. Otherwise the secondary's first clients would find nothing there.
 */
final class FirstShares {

    private final AddressBalance balance;
    private final OutgoingUpdates outgoing;
    private @Nullable FailoverEvent waiting;
    private boolean giving;
    private long mark;

    FirstShares(AddressBalance balance, OutgoingUpdates outgoing) {
        this.balance = balance;
        this.outgoing = outgoing;
    }

    /** This is not to happen before the secondary has its share. */
    void await(FailoverEvent event) {
        waiting = event;
        giving = false;
    }

    /** It is not to happen any more. */
    void ended() {
        waiting = null;
        giving = false;
    }

    /** Whether addresses are being given. */
    boolean isGiving() {
        return giving;
    }

    /** Gives once the secondary is ready; what is to happen now, null where nothing is. */
    @Nullable FailoverEvent flush(Standing at, long now, Consumer<Effect> effects) {
        FailoverEvent event = waiting;
        if (at.state() != ServerState.RECOVER) {
            // Something else has become of it.
            ended();
            return null;
        }
        // While it recovers, it takes what it is told for what it has lost.
        if (event == null || at.kept().partner() == ServerState.RECOVER) {
            return null;
        }
        if (!giving && at.kept().partner() == ServerState.RECOVER_DONE) {
            balance.begin(now, effects);
            giving = true;
            mark = outgoing.mark();
        }
        if (giving && !outgoing.reached(mark)) {
            return null;
        }
        ended();
        return event;
    }
}
