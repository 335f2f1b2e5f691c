package io.dhcpfailover.node.failover.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dhcpfailover.node.failover.message.Message.BindingAcknowledgement;
import io.dhcpfailover.node.failover.message.Message.BindingUpdates;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Whatever octets come on a link, they are frames or none, and each frame is a message or a refusal; a message is
 * written and read again as the same. In the build the inputs in {@code FailoverFuzzTestInputs} are replayed;
 * {@code JAZZER_FUZZ=1} looks for more.
 */
class FailoverFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void decode(byte[] octets) {
        for (Dialect dialect : Dialect.values()) {
            check(octets, dialect);
            FrameReader reader = new FrameReader();
            reader.speak(dialect);
            ByteBuffer segment = ByteBuffer.wrap(octets);
            while (reader.read(segment) instanceof FrameReader.Frame frame) {
                checkDigest(frame.octets());
                check(frame.octets(), dialect);
            }
        }
    }

    /** Nobody without the secret has a frame accepted, and none is read where there is no secret and a digest. */
    private static void checkDigest(byte[] frame) {
        assertThat(new FrameAuthenticator(FrameAuthenticator.Side.ACCEPTOR, Secrets.of("secret")).check(frame))
                .isNotNull();
        assertThat(new FrameAuthenticator(FrameAuthenticator.Side.ACCEPTOR, null).check(frame))
                .isIn(null, RejectReason.DIGEST_NOT_CONFIGURED);
    }

    static void check(byte[] frame, Dialect dialect) {
        if (MessageDecoder.decode(frame, dialect) instanceof Decoded.Accepted(Message message)) {
            assertThat(message.toString()).isNotEmpty();
            for (Message part : sendable(message, dialect)) {
                byte[] written = MessageEncoder.encode(part, dialect);
                assertThat(MessageDecoder.decode(written, dialect))
                        .isEqualTo(new Decoded.Accepted(shown(part, dialect)));
            }
        }
    }

    /** What of a message is sent: batches only as large as the dialect has them, and the refused parts as answers. */
    private static List<Message> sendable(Message message, Dialect dialect) {
        if (!(message instanceof BindingUpdates updates)) {
            return List.of(message);
        }
        List<Message> parts = new ArrayList<>();
        List<BindingUpdate> rest = updates.updates();
        while (!rest.isEmpty()) {
            int count = MessageEncoder.fitting(rest, dialect);
            parts.add(new BindingUpdates(updates.header(), rest.subList(0, count)));
            rest = rest.subList(count, rest.size());
        }
        if (!updates.refused().isEmpty()) {
            parts.add(new BindingAcknowledgement(updates.header(), updates.refused()));
        }
        return parts;
    }

    /** What is read of a message that was written: without what its dialect does not carry. */
    private static Message shown(Message message, Dialect dialect) {
        return switch (message) {
            case BindingUpdates updates ->
                new BindingUpdates(
                        updates.header(),
                        updates.updates().stream()
                                .map(update -> dialect == Dialect.NATIVE ? update : Updates.withoutOptions(update))
                                .toList());
            case BindingAcknowledgement answers -> {
                boolean shortened = Updates.textsAreLeftOut(answers, dialect);
                yield shortened ? Updates.withoutTexts(answers) : answers;
            }
            default -> message;
        };
    }
}
