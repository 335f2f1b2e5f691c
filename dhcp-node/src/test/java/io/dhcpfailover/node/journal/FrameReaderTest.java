package io.dhcpfailover.node.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.journal.Frames.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Files of any length are read, a bounded part of them at once. */
class FrameReaderTest {

    private static final Header HEADER = Header.of(Header.Kind.SEGMENT, 1, 7);

    /** Ends at no multiple of the window. */
    private static final long FILE_LENGTH = (3L << 30) + 11;

    @Test
    void framesBeyondTwoGibibytesAreRead() throws IOException {
        byte[] record = new byte[Frames.RECORD_LENGTH_MAX];
        record[record.length - 1] = 1;
        long place = FILE_LENGTH - Frames.LENGTH_MAX;
        try (FrameReader file = open(FILE_LENGTH, place, 5, 4, record)) {
            Frame frame = Objects.requireNonNull(file.frame(place));

            assertThat(frame.sequence()).isEqualTo(5);
            assertThat(frame.end()).isEqualTo(FILE_LENGTH);
            assertThat(file.record(frame)).isEqualTo(record);
        }
    }

    @Test
    void aSearchFindsAFrameAcrossTheEndOfTheWindow() throws IOException {
        long place = FrameReader.WINDOW_LENGTH - 5;
        try (FrameReader file = open(FILE_LENGTH, place, 3, 2, new byte[1])) {
            Frame found = Objects.requireNonNull(file.frameThatSaysDurable(2, 100, 101));

            assertThat(found.place()).isEqualTo(place);
        }
    }

    @Test
    void aFrameBeforeWhichItsRecordsFindNoPlaceIsNone() throws IOException {
        try (FrameReader file = open(5_000, 1_000, 4, 3, new byte[1])) {
            assertThat(file.frameThatSaysDurable(2, 1_000 - 2 * Frames.HEADER_LENGTH, 950))
                    .isNotNull();
        }
        try (FrameReader file = open(5_000, 1_000, 4, 3, new byte[1])) {
            assertThat(file.frameThatSaysDurable(2, 1_000 - 2 * Frames.HEADER_LENGTH + 1, 950))
                    .isNull();
        }
    }

    @Test
    void aFrameBeyondTheEndOfTheFileIsNone() throws IOException {
        try (FrameReader file = open(FILE_LENGTH, FILE_LENGTH - 28, 3, 2, new byte[1])) {
            assertThat(file.frame(FILE_LENGTH - 28)).isNull();
            assertThat(file.frame(FILE_LENGTH - 1)).isNull();
            assertThat(file.frame(FILE_LENGTH)).isNull();
        }
    }

    private static FrameReader open(long length, long place, long sequence, long durable, byte[] record)
            throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(Frames.length(record));
        new Frames(HEADER).put(frame, sequence, durable, record);
        return Objects.requireNonNull(
                FrameReader.open(new OneFrame(length, place, frame.array()), "file", Header.Kind.SEGMENT));
    }

    /** A file of zeros with one frame; refuses to give much at once, and gives less than it is asked for. */
    private record OneFrame(
            long length,
            long place,
            @SuppressWarnings("ArrayRecordComponent") byte[] frame) implements ReadableStorage, ReadableStorage.Reader {

        @Override
        public List<String> list() {
            return List.of("file");
        }

        @Override
        public Reader open(String name) {
            return this;
        }

        @Override
        public int read(ByteBuffer target, long from) {
            assertThat(target.capacity()).isLessThanOrEqualTo(FrameReader.WINDOW_LENGTH);
            int count = Math.toIntExact(Math.min(Math.min(target.remaining(), 100_000), length - from));
            for (long at = from; at < from + count; at++) {
                target.put(octet(at));
            }
            return count == 0 ? -1 : count;
        }

        private byte octet(long at) {
            if (at < Header.LENGTH) {
                return HEADER.octets().get((int) at);
            }
            return at >= place && at < place + frame.length ? frame[(int) (at - place)] : 0;
        }

        @Override
        public void close() {}
    }
}
