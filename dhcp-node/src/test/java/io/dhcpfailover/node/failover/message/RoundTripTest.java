package io.dhcpfailover.node.failover.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.testing.Seeds;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Any message, written and read, in each dialect. */
class RoundTripTest {

    private static final int SEEDS = 5000;

    @ParameterizedTest
    @EnumSource
    void isReadAsItWasWritten(Dialect dialect) {
        Seeds.forEach(SEEDS, random -> {
            Message message = new RandomMessages(random, dialect).message();

            byte[] frame = MessageEncoder.encode(message, dialect);

            assertThat(Frames.message(frame, dialect)).isEqualTo(message);
            assertThat(frame.length + FrameAuthenticator.OPTION_LENGTH).isLessThanOrEqualTo(dialect.lengthMax());
        });
    }

    @ParameterizedTest
    @EnumSource
    void theSameThroughDigestsAndSegmentsOfAnySize(Dialect dialect) {
        Seeds.forEach(SEEDS / 5, random -> {
            Message message = new RandomMessages(random, dialect).message();
            Secrets secrets = Secrets.of("secret");
            FrameAuthenticator sender = new FrameAuthenticator(FrameAuthenticator.Side.CONNECTOR, secrets);
            FrameAuthenticator receiver = new FrameAuthenticator(FrameAuthenticator.Side.ACCEPTOR, secrets);

            byte[] frame = throughSegments(sender.seal(MessageEncoder.encode(message, dialect)), dialect, random);

            assertThat(receiver.check(frame)).isNull();
            assertThat(Frames.message(frame, dialect)).isEqualTo(message);
        });
    }

    private static byte[] throughSegments(byte[] octets, Dialect dialect, RandomGenerator random) {
        FrameReader reader = new FrameReader();
        reader.speak(dialect);
        int place = 0;
        while (true) {
            int end = random.nextInt(place + 1, octets.length + 1);
            ByteBuffer segment = ByteBuffer.wrap(octets, place, end - place);
            if (reader.read(segment) instanceof FrameReader.Frame frame) {
                assertThat(end).isEqualTo(octets.length);
                return frame.octets();
            }
            place = end;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyOctetsAreAMessageOrARefusal(Dialect dialect) {
        Seeds.forEach(SEEDS, random -> {
            byte[] octets = new byte[random.nextInt(3000)];
            random.nextBytes(octets);
            assertThat(MessageDecoder.decode(octets, dialect)).isNotNull();
            if (octets.length >= Header.LENGTH) {
                octets[0] = (byte) (octets.length >>> 8);
                octets[1] = (byte) octets.length;
                octets[2] = (byte) random.nextInt(1, 13);
                octets[3] = Header.LENGTH;
                assertThat(MessageDecoder.decode(octets, dialect)).isNotNull();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aChangedOrCutMessageIsAMessageOrARefusalAndReadAgainTheSame(Dialect dialect) {
        Seeds.forEach(SEEDS, random -> {
            byte[] frame = MessageEncoder.encode(new RandomMessages(random, dialect).message(), dialect);
            byte[] changed = Arrays.copyOf(frame, random.nextInt(Header.LENGTH, frame.length + 1));
            for (int i = random.nextInt(4); i > 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            changed[0] = (byte) (changed.length >>> 8);
            changed[1] = (byte) changed.length;

            FailoverFuzzTest.check(changed, dialect);
        });
    }
}
