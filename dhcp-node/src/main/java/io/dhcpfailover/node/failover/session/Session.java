package io.dhcpfailover.node.failover.session;

import io.dhcpfailover.node.failover.message.Decoded;
import io.dhcpfailover.node.failover.message.FrameReader;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.Octets;
import io.dhcpfailover.node.failover.message.RejectReason;
import io.dhcpfailover.node.failover.session.Ending.Cause;
import io.dhcpfailover.node.failover.session.Handshake.Agreed;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A session over one TCP connection, from the moment that it is there. {@link #tick} has to be called several times
 * within a contact interval. Not for several threads.
 */
public final class Session {

    /** How long CONNECT and its answer may take, in milliseconds; ISC dhcpd 4.4.3 waits 15 s for either. */
    static final long HANDSHAKE_MILLIS = 5000;

    /** In a receive timer, so many CONTACTs are sent at least; the draft says 3 in section 8.2, and so does ISC dhcpd. */
    private static final long CONTACTS = 3;

    private static final long MILLIS = 1000;

    private final FrameReader reader = new FrameReader();
    private final Handshake handshake;
    private final @Nullable Relationships relationships;
    private final SessionListener listener;
    private final long opened;
    private @Nullable Agreed agreed;
    private @Nullable Clocks clocks;
    private boolean began;
    private boolean ended;
    private long heard;
    private long heardTime;
    private long sent;

    private Session(Handshake handshake, @Nullable Relationships relationships, SessionListener listener, Moment now) {
        this.handshake = handshake;
        this.relationships = relationships;
        this.listener = listener;
        this.opened = now.ticks();
        this.heard = now.ticks();
        handshake.open(now);
    }

    /**
     * The primary's, which sends CONNECT at once.
     *
     * @param nonce 16 octets drawn for this session alone, which nobody can guess
     */
    public static Session connecting(Terms terms, Octets nonce, Moment now, SessionListener listener) {
        return new Session(new Connecting(terms, nonce, listener::send), null, listener, now);
    }

    /**
     * The secondary's, which waits for CONNECT.
     *
     * @param relationships what it may be about
     * @param nonce 16 octets drawn for this session alone, which nobody can guess
     */
    public static Session accepting(Relationships relationships, Octets nonce, Moment now, SessionListener listener) {
        return new Session(new Accepting(relationships, nonce, listener::send), relationships, listener, now);
    }

    /** The relationship that it is of; null where that is not known yet. */
    public @Nullable String relationship() {
        return handshake.relationship();
    }

    /** Whether {@link SessionListener#began} was called, and {@link SessionListener#ended} was not. */
    public boolean isUp() {
        return began && !ended;
    }

    /** Octets of the partner, all of which are taken. */
    public void received(ByteBuffer octets, Moment now) {
        while (!ended) {
            switch (reader.read(octets)) {
                case FrameReader.Incomplete _ -> {
                    return;
                }
                case FrameReader.Broken broken ->
                    end(
                            Cause.BROKEN,
                            "what came is no frame: " + broken.reason(),
                            broken.reason().rejectReason(),
                            now);
                case FrameReader.Frame frame -> read(frame.octets(), now);
            }
        }
    }

    private void read(byte[] frame, Moment now) {
        if (agreed != null) {
            readMessage(agreed, frame, now);
            return;
        }
        switch (handshake.read(frame, now)) {
            case Handshake.Waiting _ -> {}
            case Handshake.Failed failed -> end(failed.cause(), failed.text(), null, now);
            case Agreed next -> agree(next, now);
        }
    }

    private void agree(Agreed next, Moment now) {
        agreed = next;
        clocks = new Clocks(next.agreement().skewSeconds(), now);
        reader.speak(next.agreement().dialect());
        heard(now);
        sent = now.ticks();
        if (next.proved()) {
            if (next.terms().isNative()) {
                // The partner waits for a frame that only this server can make for this session.
                contact(next, now);
            }
            begin(next);
        }
    }

    private void begin(Agreed session) {
        began = true;
        listener.began(session.agreement());
    }

    private void heard(Moment now) {
        heard = now.ticks();
        heardTime = now.time();
    }

    private void readMessage(Agreed session, byte[] frame, Moment now) {
        RejectReason forged = session.frames().check(frame);
        if (forged != null) {
            end(Cause.NOT_AUTHENTIC, Refusals.ofDigest(forged), forged, now);
            return;
        }
        heard(now);
        switch (session.frames().decode(frame)) {
            case Decoded.Refused refused when !refused.reason().closesLink() -> {}
            case Decoded.Refused refused ->
                end(Cause.BROKEN, Refusals.ofFrame(refused), refused.reason().rejectReason(), now);
            case Decoded.Accepted(Message message) -> {
                if (isProved(session, now) && clocksHold(message, now)) {
                    take(message, now);
                }
            }
        }
    }

    private boolean isProved(Agreed session, Moment now) {
        if (began) {
            return true;
        }
        if (relationships != null && relationships.isLinked(session.terms().name())) {
            end(
                    Cause.DUPLICATE,
                    "there is a session of the relationship already",
                    RejectReason.DUPLICATE_CONNECTION,
                    now);
            return false;
        }
        begin(session);
        return true;
    }

    private boolean clocksHold(Message message, Moment now) {
        String moved = clocks == null ? null : clocks.heard(message.header().time(), now);
        if (moved != null) {
            end(Cause.CLOCKS, moved, RejectReason.TIME_MISMATCH, now);
        }
        return moved == null;
    }

    private void take(Message message, Moment now) {
        switch (message) {
            case Message.Contact _ -> {}
            case Message.Disconnect disconnect ->
                end(Cause.CLOSED, Refusals.ofPartnersWords(disconnect.reason(), disconnect.message()), null, now);
            case Message.Connect _, Message.ConnectAck _ ->
                end(
                        Cause.BROKEN,
                        "the partner sends " + message.type() + " within a session",
                        RejectReason.MISCELLANEOUS,
                        now);
            default -> listener.heard(message);
        }
    }

    /** Sends a message of a session that {@linkplain #isUp is up}; of another, nothing. */
    public void send(Message message, Moment now) {
        if (agreed != null && isUp()) {
            sent = now.ticks();
            agreed.frames().send(message);
        }
    }

    private void contact(Agreed session, Moment now) {
        sent = now.ticks();
        session.frames().send(new Message.Contact(session.frames().header(now)));
    }

    /** Time has passed. */
    public void tick(Moment now) {
        if (ended) {
            return;
        }
        if (!began) {
            if (now.ticks() - opened >= HANDSHAKE_MILLIS) {
                end(
                        Cause.LATE,
                        "CONNECT and its answer did not pass within " + HANDSHAKE_MILLIS / MILLIS + " s",
                        RejectReason.NO_TRAFFIC,
                        now);
            }
            return;
        }
        Agreed session = agreed;
        if (session == null) {
            return;
        }
        long silence = session.terms().relationship().silenceMillis();
        if (now.ticks() - heard >= silence) {
            end(
                    Cause.SILENT,
                    "nothing was heard of the partner for " + (now.ticks() - heard) + " ms, and " + silence
                            + " ms are borne",
                    RejectReason.NO_TRAFFIC,
                    now);
        } else if (now.ticks() - sent >= contactMillis(session)) {
            contact(session, now);
        }
    }

    private static long contactMillis(Agreed session) {
        long asked = session.agreement().receiveSeconds() * MILLIS / CONTACTS;
        return Math.min(asked, session.terms().relationship().contactMillis());
    }

    /** Goes on under other terms of its relationship, or ends where it cannot. */
    public void use(Terms next, Moment now) {
        Agreed session = agreed;
        if (ended || session == null) {
            end(Cause.RENEWED, "the relationship was changed before the session began", null, now);
        } else if (!session.terms().goOnWith(next)) {
            end(
                    Cause.RENEWED,
                    "the relationship was changed in what a session begins with: the next one follows at once",
                    RejectReason.MISCELLANEOUS,
                    now);
        } else {
            session.frames().useSecrets(next.secrets());
            agreed = new Agreed(next, session.agreement(), session.frames(), session.proved());
        }
    }

    /** Ends it by DISCONNECT, because this server wants so. */
    public void close(Cause cause, String text, Moment now) {
        end(
                cause,
                text,
                cause == Cause.DUPLICATE ? RejectReason.DUPLICATE_CONNECTION : RejectReason.MISCELLANEOUS,
                now);
    }

    /** Ends it without a word: the partner stands no other way. */
    public void drop(String text, Moment now) {
        end(Cause.RENEWED, text, null, now);
    }

    /** The connection is no more. */
    public void disconnected(Cause cause, String text, Moment now) {
        end(cause, text, null, now);
    }

    /**
     * @param said what DISCONNECT says; null where none is sent
     */
    private void end(Cause cause, String text, @Nullable RejectReason said, Moment now) {
        if (ended) {
            return;
        }
        ended = true;
        if (said != null && agreed != null) {
            SealedFrames frames = agreed.frames();
            frames.send(new Message.Disconnect(frames.header(now), said, text));
        }
        listener.ended(new Ending(handshake.relationship(), began, cause, text, heardTime));
    }
}
