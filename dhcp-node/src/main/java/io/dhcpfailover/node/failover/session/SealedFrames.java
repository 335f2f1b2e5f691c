package io.dhcpfailover.node.failover.session;

import io.dhcpfailover.node.failover.message.Decoded;
import io.dhcpfailover.node.failover.message.Dialect;
import io.dhcpfailover.node.failover.message.FrameAuthenticator;
import io.dhcpfailover.node.failover.message.Header;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.MessageDecoder;
import io.dhcpfailover.node.failover.message.MessageEncoder;
import io.dhcpfailover.node.failover.message.RejectReason;
import io.dhcpfailover.node.failover.message.Secrets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The messages of one session: sealed and sent, checked and read. */
final class SealedFrames {

    /** The numbers of the session's own messages begin here; below are those of the engine. */
    static final long XID_MIN = 1L << 31;

    private static final long XID_MASK = XID_MIN - 1;

    private final FrameAuthenticator authenticator;
    private final Consumer<byte[]> output;
    private Dialect dialect = Dialect.DRAFT12;
    private long messages;

    SealedFrames(FrameAuthenticator authenticator, Consumer<byte[]> output) {
        this.authenticator = authenticator;
        this.output = output;
    }

    FrameAuthenticator authenticator() {
        return authenticator;
    }

    Dialect dialect() {
        return dialect;
    }

    void speak(Dialect agreed) {
        dialect = agreed;
    }

    void useSecrets(@Nullable Secrets secrets) {
        authenticator.useSecrets(secrets);
    }

    /** The header of a message of the session's own that answers nothing. */
    Header header(Moment now) {
        return new Header(now.time(), XID_MIN | (messages++ & XID_MASK));
    }

    void send(Message message) {
        output.accept(authenticator.seal(MessageEncoder.encode(message, dialect)));
    }

    @Nullable RejectReason check(byte[] frame) {
        return authenticator.check(frame);
    }

    Decoded decode(byte[] frame) {
        return MessageDecoder.decode(frame, dialect);
    }
}
