package io.dhcpfailover.node.failover.session;

import io.dhcpfailover.node.failover.message.Decoded;
import io.dhcpfailover.node.failover.message.Dialect;
import io.dhcpfailover.node.failover.message.Extension;
import io.dhcpfailover.node.failover.message.Extension.Feature;
import io.dhcpfailover.node.failover.message.FrameAuthenticator;
import io.dhcpfailover.node.failover.message.Header;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.Message.Connect;
import io.dhcpfailover.node.failover.message.Message.ConnectAck;
import io.dhcpfailover.node.failover.message.MessageDecoder;
import io.dhcpfailover.node.failover.message.MessageType;
import io.dhcpfailover.node.failover.message.Octets;
import io.dhcpfailover.node.failover.message.RejectReason;
import io.dhcpfailover.node.failover.session.Ending.Cause;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The secondary's side: waits for CONNECT, and answers by CONNECTACK (sections 7.8 and 7.9). Whoever has no secret of
 * a relationship that is awaited here gets no answer at all.
 *
 * <p>A CONNECT may be an old one that somebody repeats. Between servers of this project that leads nowhere: what
 * follows it has to know the nonce of this side, so the session has not begun before a next frame passed, and until
 * then replaces none. That is why no time of the last CONNECT is kept (section 11.1 would refuse any that is not later
 * than it): two CONNECTs of a partner within a second are both good.
 */
final class Accepting implements Handshake {

    private static final int TLS_REQUIRED = 2;

    private final Relationships relationships;
    private final Octets nonce;
    private final Consumer<byte[]> output;
    private @Nullable String relationship;

    Accepting(Relationships relationships, Octets nonce, Consumer<byte[]> output) {
        this.relationships = relationships;
        this.nonce = nonce;
        this.output = output;
    }

    @Override
    public @Nullable String relationship() {
        return relationship;
    }

    @Override
    public void open(Moment now) {}

    /** The secret is checked before anything is read, so those of all relationships are tried: there are few. */
    @Override
    public Step read(byte[] frame, Moment now) {
        List<Terms> authentic = new ArrayList<>();
        RejectReason forged = null;
        for (Terms terms : relationships.awaited()) {
            RejectReason reason = authenticator(terms).check(frame);
            if (reason == null) {
                authentic.add(terms);
            } else {
                forged = reason;
            }
        }
        if (authentic.isEmpty()) {
            return forged == null
                    ? new Failed(Cause.REFUSED, "no relationship with this partner is awaited here")
                    : new Failed(Cause.NOT_AUTHENTIC, Refusals.ofDigest(forged));
        }
        return switch (MessageDecoder.decode(frame, Dialect.DRAFT12)) {
            case Decoded.Refused refused when !refused.reason().closesLink() -> new Waiting();
            case Decoded.Refused refused -> refused(refused, authentic.getFirst(), now);
            case Decoded.Accepted(Connect connect) -> connected(connect, frame, authentic, now);
            case Decoded.Accepted(Message other) ->
                new Failed(Cause.BROKEN, "the partner begins by " + other.type() + " instead of CONNECT");
        };
    }

    private static FrameAuthenticator authenticator(Terms terms) {
        return new FrameAuthenticator(FrameAuthenticator.Side.ACCEPTOR, terms.secrets());
    }

    private Step refused(Decoded.Refused refused, Terms any, Moment now) {
        Header header = refused.header();
        String text = Refusals.ofFrame(refused);
        if (refused.type() == MessageType.CONNECT && header != null) {
            refuse(
                    new SealedFrames(authenticator(any), output),
                    header.xid(),
                    "",
                    refused.reason().rejectReason(),
                    text,
                    now);
        }
        return new Failed(Cause.BROKEN, text);
    }

    private Step connected(Connect connect, byte[] frame, List<Terms> authentic, Moment now) {
        Terms terms = authentic.stream()
                .filter(each -> each.name().equals(connect.relationshipName()))
                .findAny()
                .orElse(null);
        FrameAuthenticator authenticator = authenticator(terms == null ? authentic.getFirst() : terms);
        authenticator.check(frame);
        SealedFrames frames = new SealedFrames(authenticator, output);
        Extension theirs = connect.extension();
        if (theirs != null) {
            authenticator.connected(theirs.nonce());
        }
        if (terms == null) {
            String text = "there is no relationship of the name that the partner says, in which this server is the"
                    + " secondary: both servers need the same manifests";
            refuse(frames, connect.header().xid(), "", RejectReason.INVALID_PARTNER, text, now);
            return new Failed(Cause.REFUSED, text);
        }
        relationship = terms.name();
        Refused why = whyNot(connect, terms, now);
        if (why != null) {
            refuse(frames, connect.header().xid(), terms.name(), why.reason, why.text, now);
            return new Failed(why.cause, why.text);
        }
        return agree(connect, terms, frames, now);
    }

    private record Refused(RejectReason reason, Cause cause, String text) {}

    private @Nullable Refused whyNot(Connect connect, Terms terms, Moment now) {
        String apart = Clocks.whyRefused(connect.header().time(), now);
        if (apart != null) {
            return new Refused(RejectReason.TIME_MISMATCH, Cause.CLOCKS, apart);
        }
        if (connect.tlsRequest() == TLS_REQUIRED) {
            return new Refused(
                    RejectReason.TLS_NOT_SUPPORTED, Cause.REFUSED, "the partner asks for TLS, which is not supported");
        }
        if (relationships.isLinked(terms.name())) {
            return new Refused(
                    RejectReason.DUPLICATE_CONNECTION,
                    Cause.DUPLICATE,
                    "there is a session of the relationship already");
        }
        Extension theirs = connect.extension();
        if (terms.isNative() && (theirs == null || !theirs.has(Feature.FRAME_COUNTER))) {
            return new Refused(RejectReason.INVALID_PARTNER, Cause.REFUSED, Refusals.NOT_NATIVE);
        }
        if (!terms.isNative() && theirs != null) {
            return new Refused(
                    RejectReason.INVALID_PARTNER,
                    Cause.REFUSED,
                    "the partner is a server of this project, and not one of the draft: change external.protocol of its"
                            + " DhcpServer to Native");
        }
        long mclt = terms.relationship().mclt();
        if (!terms.isNative() && connect.mclt() != mclt) {
            // Each promises clients time that the other waits for: they must mean the same.
            return new Refused(
                    RejectReason.INVALID_MCLT,
                    Cause.REFUSED,
                    "the partner's MCLT is " + connect.mclt() + " s, and maxClientLeadTime is " + mclt
                            + " s: make them equal");
        }
        return null;
    }

    private Step agree(Connect connect, Terms terms, SealedFrames frames, Moment now) {
        Extension theirs = terms.isNative() ? connect.extension() : null;
        Extension common = theirs == null
                ? null
                : new Extension(theirs.common(new Extension(EnumSet.allOf(Feature.class), nonce)), nonce);
        frames.send(ConnectAck.accept(
                new Header(now.time(), connect.header().xid()),
                terms.name(),
                terms.parameters(),
                Extension.VENDOR_CLASS,
                0,
                common));
        Dialect dialect = Dialect.DRAFT12;
        if (common != null) {
            frames.authenticator().acknowledged(nonce);
            dialect = Dialect.of(common.features());
        }
        frames.speak(dialect);
        long skew = connect.header().time() - now.time();
        Agreement agreement = new Agreement(
                terms.name(),
                dialect,
                connect.parameters().unackedUpdatesMax(),
                connect.parameters().receiveTimer(),
                skew,
                warnings(connect, terms, skew));
        return new Agreed(terms, agreement, frames, common == null);
    }

    private static List<String> warnings(Connect connect, Terms terms, long skew) {
        List<String> warnings = new ArrayList<>();
        String clocks = Clocks.warning(skew);
        if (clocks != null) {
            warnings.add(clocks);
        }
        if (connect.mclt() != terms.relationship().mclt()) {
            warnings.add("the partner's maxClientLeadTime is " + connect.mclt() + " s, and here it is "
                    + terms.relationship().mclt() + " s: give both servers the same manifests");
        }
        Octets buckets = Octets.of(terms.relationship().buckets().octets());
        if (!connect.hashBuckets().equals(buckets)) {
            warnings.add("the partner shares the clients otherwise than this server: give both the same mode and"
                    + " percentage, or some clients wait until both answer them");
        }
        return warnings;
    }

    private void refuse(SealedFrames frames, long xid, String name, RejectReason reason, String text, Moment now) {
        frames.send(
                new ConnectAck(new Header(now.time(), xid), name, null, Extension.VENDOR_CLASS, 0, reason, text, null));
    }
}
