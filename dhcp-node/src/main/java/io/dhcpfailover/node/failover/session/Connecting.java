package io.dhcpfailover.node.failover.session;

import io.dhcpfailover.node.failover.message.Decoded;
import io.dhcpfailover.node.failover.message.Dialect;
import io.dhcpfailover.node.failover.message.Extension;
import io.dhcpfailover.node.failover.message.Extension.Feature;
import io.dhcpfailover.node.failover.message.FrameAuthenticator;
import io.dhcpfailover.node.failover.message.LinkParameters;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.Message.Connect;
import io.dhcpfailover.node.failover.message.Message.ConnectAck;
import io.dhcpfailover.node.failover.message.Message.Disconnect;
import io.dhcpfailover.node.failover.message.Octets;
import io.dhcpfailover.node.failover.message.RejectReason;
import io.dhcpfailover.node.failover.session.Ending.Cause;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/** The primary's side: CONNECT at once, then CONNECTACK (sections 7.8 and 7.9). */
final class Connecting implements Handshake {

    private final Terms terms;
    private final Octets nonce;
    private final SealedFrames frames;

    Connecting(Terms terms, Octets nonce, Consumer<byte[]> output) {
        this.terms = terms;
        this.nonce = nonce;
        this.frames =
                new SealedFrames(new FrameAuthenticator(FrameAuthenticator.Side.CONNECTOR, terms.secrets()), output);
    }

    @Override
    public String relationship() {
        return terms.name();
    }

    @Override
    public void open(Moment now) {
        Extension extension = terms.isNative() ? new Extension(EnumSet.allOf(Feature.class), nonce) : null;
        frames.send(new Connect(
                frames.header(now),
                terms.name(),
                terms.parameters(),
                Extension.VENDOR_CLASS,
                0,
                terms.relationship().mclt(),
                Octets.of(terms.relationship().buckets().octets()),
                extension));
        if (extension != null) {
            frames.authenticator().connected(nonce);
        }
    }

    @Override
    public Step read(byte[] frame, Moment now) {
        RejectReason forged = frames.check(frame);
        if (forged != null) {
            return new Failed(Cause.NOT_AUTHENTIC, Refusals.ofDigest(forged));
        }
        return switch (frames.decode(frame)) {
            case Decoded.Refused refused when !refused.reason().closesLink() -> new Waiting();
            case Decoded.Refused refused -> new Failed(Cause.BROKEN, Refusals.ofFrame(refused));
            case Decoded.Accepted(ConnectAck ack) -> answered(ack, now);
            case Decoded.Accepted(Disconnect disconnect) ->
                Refusals.ofPartner(disconnect.reason(), disconnect.message());
            case Decoded.Accepted(Message other) ->
                new Failed(Cause.BROKEN, "the partner answers CONNECT by " + other.type());
        };
    }

    private Step answered(ConnectAck ack, Moment now) {
        LinkParameters parameters = ack.parameters();
        RejectReason refusal = ack.refusal();
        if (refusal == RejectReason.TIME_MISMATCH) {
            // The partner may not say by how much; its message does.
            String measured = Clocks.whyRefused(ack.header().time(), now);
            return measured == null ? Refusals.ofPartner(refusal, ack.message()) : new Failed(Cause.CLOCKS, measured);
        }
        if (refusal != null || parameters == null) {
            return Refusals.ofPartner(refusal == null ? RejectReason.UNKNOWN : refusal, ack.message());
        }
        if (!ack.relationshipName().equals(terms.name())) {
            return refuse(
                    RejectReason.INVALID_PARTNER,
                    Cause.REFUSED,
                    "the partner answers for another relationship than " + terms.name(),
                    now);
        }
        String apart = Clocks.whyRefused(ack.header().time(), now);
        if (apart != null) {
            return refuse(RejectReason.TIME_MISMATCH, Cause.CLOCKS, apart, now);
        }
        Dialect dialect = Dialect.DRAFT12;
        if (terms.isNative()) {
            Extension extension = ack.extension();
            if (extension == null || !extension.has(Feature.FRAME_COUNTER)) {
                return refuse(RejectReason.INVALID_PARTNER, Cause.REFUSED, Refusals.NOT_NATIVE, now);
            }
            frames.authenticator().acknowledged(extension.nonce());
            dialect = Dialect.of(extension.features());
        }
        frames.speak(dialect);
        long skew = ack.header().time() - now.time();
        String warning = Clocks.warning(skew);
        Agreement agreement = new Agreement(
                terms.name(),
                dialect,
                parameters.unackedUpdatesMax(),
                parameters.receiveTimer(),
                skew,
                warning == null ? List.of() : List.of(warning));
        return new Agreed(terms, agreement, frames, true);
    }

    private Step refuse(RejectReason reason, Cause cause, String text, Moment now) {
        frames.send(new Disconnect(frames.header(now), reason, text));
        return new Failed(cause, text);
    }
}
