package io.dhcpfailover.node.simulation;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.engine.PartnerSession;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.message.Message;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A mistake that is planted between a server and its surroundings: what the server then does is what a server with the
 * mistake inside would do. A checker that does not find it proves nothing.
 */
class Mistake {

    /** None. */
    static final Mistake NONE = new Mistake();

    /** Whether replies leave before what they promise is durable. */
    boolean repliesBeforeSync() {
        return false;
    }

    /** Whether a message leaves before what it says is durable. */
    boolean leavesBeforeSync(Message message) {
        return false;
    }

    /** Whether a server is told that its state is durable before it is. */
    boolean tellsBeforeSync() {
        return false;
    }

    /** Whether a server learns of the end of a session. */
    boolean sessionsEndUnnoticed() {
        return false;
    }

    /**
     * What a server takes its relationship for.
     *
     * @param state its own, as it is on its disk; null where none is
     */
    Relationship relationship(Relationship relationship, @Nullable ServerState state) {
        return relationship;
    }

    /** Whether that depends on its state. */
    boolean changesWithState() {
        return false;
    }

    /** What a server takes a session for. */
    PartnerSession session(PartnerSession session) {
        return session;
    }

    /**
     * A message on its way.
     *
     * @param from who sends it
     * @param number of the session
     * @param on takes what goes on to the partner
     * @param back takes what the sender hears, as if its partner had said it
     */
    void pass(ServerRole from, long number, Message message, Consumer<Message> on, Consumer<Message> back) {
        on.accept(message);
    }
}
