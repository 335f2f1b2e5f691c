package io.dhcpfailover.node.failover.session;

import io.dhcpfailover.node.failover.message.Decoded;
import io.dhcpfailover.node.failover.message.RejectReason;
import io.dhcpfailover.node.failover.session.Ending.Cause;
import io.dhcpfailover.node.failover.session.Handshake.Failed;
import org.jspecify.annotations.Nullable;

/** Refusals in words, for the log of the server that sees them. */
final class Refusals {

    static final String NOT_NATIVE =
            "the partner is no server of this project, or of a version that does not number its"
                    + " frames: if it is ISC dhcpd, describe it by a DhcpServer with external.protocol Draft12";

    private Refusals() {}

    static String ofDigest(RejectReason reason) {
        return switch (reason) {
            case DIGEST_MISSING ->
                "a message without a digest came: the partner has no secret, or it is not the partner; give both"
                        + " servers the same messageAuthentication and the same Secret";
            case DIGEST_NOT_CONFIGURED ->
                "a message with a digest came, and messageAuthentication is off here: give both servers the same";
            case DIGEST_NOT_SUPPORTED -> "a message with a digest of another kind than HMAC-SHA256 came";
            default ->
                "a message came that the partner did not make for this place in this session: the Secrets of the two"
                        + " servers differ, or somebody in between repeats or changes messages";
        };
    }

    static String ofFrame(Decoded.Refused refused) {
        return "what came is no message: " + refused.reason() + " at octet " + refused.offset()
                + (refused.type() == null ? "" : " of " + refused.type());
    }

    static Failed ofPartner(RejectReason reason, @Nullable String message) {
        Cause cause = switch (reason) {
            case DUPLICATE_CONNECTION -> Cause.DUPLICATE;
            case TIME_MISMATCH -> Cause.CLOCKS;
            default -> Cause.REFUSED;
        };
        return new Failed(cause, ofPartnersWords(reason, message));
    }

    static String ofPartnersWords(RejectReason reason, @Nullable String message) {
        return "the partner says " + reason + (message == null ? "" : ": " + message);
    }
}
