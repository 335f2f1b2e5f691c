package io.dhcpfailover.node.engine;

import io.dhcpfailover.node.failover.message.Dialect;
import io.dhcpfailover.node.failover.message.Header;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.lease.Binding;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The session with a partner, where there is one: numbers what is sent in it, and tells the partner's times. */
final class PartnerLine {

    private final String relationship;
    private @Nullable PartnerSession session;
    private long xid;

    PartnerLine(String relationship) {
        this.relationship = relationship;
    }

    void begin(PartnerSession next) {
        session = next;
        xid = 0;
    }

    void end() {
        session = null;
    }

    @Nullable PartnerSession session() {
        return session;
    }

    Dialect dialect() {
        PartnerSession open = session;
        return open == null ? Dialect.DRAFT12 : open.dialect();
    }

    /** Of a message that begins an exchange. */
    Header next(long now) {
        xid++;
        return new Header(now, xid);
    }

    /** Nothing where there is no session. */
    void send(Message message, Consumer<Effect> effects) {
        if (session != null) {
            effects.accept(new Effect.SendToPartner(relationship, message));
        }
    }

    /** Nothing where there is no session. */
    void drop(String reason, Consumer<Effect> effects) {
        if (session != null) {
            effects.accept(new Effect.DropLink(relationship, reason, false));
        }
    }

    /** The same without waiting for what is being stored. */
    void dropAtOnce(String reason, Consumer<Effect> effects) {
        if (session != null) {
            effects.accept(new Effect.DropLink(relationship, reason, true));
        }
    }

    /** By how much the partner's times are ahead of this server's. */
    long skew() {
        PartnerSession open = session;
        // ISC dhcpd takes times as they are, and so must who wants to agree with it.
        return open == null || open.dialect() != Dialect.NATIVE ? 0 : open.skewSeconds();
    }

    /** This server's clock was set: another session measures how far the two are apart now. */
    void clockStepped(long seconds, Consumer<Effect> effects) {
        PartnerSession open = session;
        if (open != null) {
            drop("the clock was set by " + seconds + " s", effects);
            session = new PartnerSession(open.dialect(), open.unackedUpdatesMax(), open.skewSeconds() - seconds);
        }
    }

    /** A time of a message by this server's clock; 0 and the end of no lease stay what they are. */
    static long local(long time, long skew) {
        return time == 0 || time == Binding.UNLIMITED ? time : Math.clamp(time - skew, 1, Binding.UNLIMITED - 1);
    }
}
