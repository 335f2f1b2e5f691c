package io.dhcpfailover.node.failover.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.testing.Seeds;
import io.dhcpfailover.node.failover.message.Decoded.Reason;
import io.dhcpfailover.node.failover.message.FrameReader.Broken;
import io.dhcpfailover.node.failover.message.FrameReader.Frame;
import io.dhcpfailover.node.failover.message.FrameReader.Incomplete;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Octets of a link to frames. */
class FrameReaderTest {

    @Test
    void manyFramesInSegmentsOfAnySizeAreTheSameFrames() {
        List<byte[]> frames = List.copyOf(Recordings.all().values());
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        frames.forEach(stream::writeBytes);
        byte[] octets = stream.toByteArray();
        Seeds.forEach(300, random -> {
            FrameReader reader = new FrameReader();
            List<byte[]> read = new ArrayList<>();
            for (int place = 0; place < octets.length; ) {
                int length = Math.min(random.nextInt(1, 400), octets.length - place);
                ByteBuffer segment = ByteBuffer.wrap(octets, place, length);
                while (reader.read(segment) instanceof Frame frame) {
                    read.add(frame.octets());
                }
                assertThat(segment.hasRemaining()).isFalse();
                place += length;
            }
            assertThat(read).usingElementComparator(Arrays::compare).isEqualTo(frames);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "DRAFT12,0,TOO_SHORT",
        "DRAFT12,11,TOO_SHORT",
        "DRAFT12,2049,TOO_LONG",
        "DRAFT12,65535,TOO_LONG",
        "NATIVE,11,TOO_SHORT",
        "NATIVE,32769,TOO_LONG"
    })
    void aLengthThatNoFrameHasBreaksTheLinkForGood(Dialect dialect, int length, Reason reason) {
        FrameReader reader = new FrameReader();
        reader.speak(dialect);

        assertThat(reader.read(length(length))).isEqualTo(new Broken(reason));
        assertThat(reader.read(ByteBuffer.wrap(Recordings.of("contact")))).isEqualTo(new Broken(reason));
    }

    @ParameterizedTest
    @CsvSource({"DRAFT12,12", "DRAFT12,2048", "NATIVE,12", "NATIVE,32768"})
    void theShortestAndTheLongestFrameAreRead(Dialect dialect, int length) {
        FrameReader reader = new FrameReader();
        reader.speak(dialect);

        assertThat(reader.read(length(length))).isEqualTo(new Incomplete());
        assertThat(reader.read(ByteBuffer.allocate(length - 2)))
                .isInstanceOfSatisfying(
                        Frame.class, frame -> assertThat(frame.octets()).hasSize(length));
    }

    @Test
    void untilADialectIsAgreedOnFramesAreNoLongerThanTheDrafts() {
        assertThat(new FrameReader().read(length(2049))).isEqualTo(new Broken(Reason.TOO_LONG));
    }

    @Test
    void aPartnerThatAnnouncesMuchAndSendsLittleCostsLittle() {
        FrameReader reader = new FrameReader();
        reader.speak(Dialect.NATIVE);

        reader.read(length(32_768));
        reader.read(ByteBuffer.allocate(100));

        assertThat(reader.capacity()).isLessThanOrEqualTo(256);
    }

    @Test
    void memoryOfALongFrameIsGivenBackAfterIt() {
        FrameReader reader = new FrameReader();
        reader.speak(Dialect.NATIVE);

        reader.read(length(32_768));
        reader.read(ByteBuffer.allocate(32_766));

        assertThat(reader.capacity()).isLessThanOrEqualTo(256);
    }

    private static ByteBuffer length(int length) {
        return ByteBuffer.allocate(2).putShort(0, (short) length);
    }
}
