package io.dhcpfailover.node.network;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.session.Ending;
import io.dhcpfailover.node.failover.session.Moment;
import org.jspecify.annotations.Nullable;

/** The link of one relationship: which connection is it, which may become it, and when it is dialed again. */
final class PartnerLink {

    /** After a session: its partner may only have restarted, or may be closing its end still. */
    private static final long AGAIN_MILLIS = 100;

    /** A session that ends sooner is one that failed: two servers that do not go together must not try without rest. */
    private static final long LASTING_MILLIS = 10_000;

    private static final long BACKOFF_MIN_MILLIS = 250;

    /** As ISC dhcpd 4.4.3 has it. */
    private static final long BACKOFF_MAX_MILLIS = 5000;

    private static final int DOUBLINGS_MAX = 5;

    /** The partner still has a session that this server has not any more: it will see that within its silence. */
    private static final long DUPLICATE_MILLIS = 500;

    /** The secondary lets the primary dial first, so that there are seldom two connections. */
    private static final long SECONDARY_LATER_MILLIS = 200;

    private final RepeatedLog log = new RepeatedLog();
    private PartnerPlan.Partner partner;
    private @Nullable LinkChannel up;
    private @Nullable LinkChannel trying;
    private long session;
    private long began;
    private boolean dialing;
    private int failures;
    private long dialAt;

    PartnerLink(PartnerPlan.Partner partner, Moment now) {
        this.partner = partner;
        dialAfter(0, now);
    }

    PartnerPlan.Partner partner() {
        return partner;
    }

    void setPartner(PartnerPlan.Partner next) {
        partner = next;
    }

    boolean isPrimary() {
        return partner.terms().relationship().self() == ServerRole.Primary;
    }

    /** The connection whose session has begun. */
    @Nullable LinkChannel up() {
        return up;
    }

    /** The number of that session, or of the last one. */
    long session() {
        return session;
    }

    /** The connection that may become the link: of the primary the one with its CONNECT, of the secondary the dialed one. */
    @Nullable LinkChannel trying() {
        return trying;
    }

    void setTrying(@Nullable LinkChannel channel) {
        trying = channel;
    }

    /** Whether there is neither a session nor a connection that may become one. */
    boolean isIdle() {
        return up == null && trying == null;
    }

    boolean isToBeDialed(Moment now) {
        return isIdle() && !dialing && now.ticks() >= dialAt;
    }

    void setDialing(boolean now) {
        dialing = now;
    }

    void began(LinkChannel channel, long number, Moment now) {
        up = channel;
        session = number;
        began = now.ticks();
        if (trying == channel) {
            trying = null;
        }
        log.forget();
    }

    void ended(Ending.Cause cause, Moment now) {
        up = null;
        if (now.ticks() - began >= LASTING_MILLIS) {
            failures = 0;
            dialAfter(AGAIN_MILLIS, now);
        } else {
            failed(cause, now);
        }
    }

    void failed(Ending.Cause cause, Moment now) {
        dialAfter(
                switch (cause) {
                    case DUPLICATE -> DUPLICATE_MILLIS;
                    case RENEWED -> AGAIN_MILLIS;
                    // A person has to do something first.
                    case NOT_AUTHENTIC, CLOCKS, REFUSED, BROKEN -> BACKOFF_MAX_MILLIS;
                    default -> Math.min(BACKOFF_MAX_MILLIS, BACKOFF_MIN_MILLIS << Math.min(failures, DOUBLINGS_MAX));
                },
                now);
        failures++;
    }

    private void dialAfter(long millis, Moment now) {
        dialAt = now.ticks() + millis + (isPrimary() ? 0 : SECONDARY_LATER_MILLIS);
    }

    /** Whether a failure is worth a line. */
    boolean isNews(String text, Moment now) {
        return log.isNews(text, now);
    }
}
