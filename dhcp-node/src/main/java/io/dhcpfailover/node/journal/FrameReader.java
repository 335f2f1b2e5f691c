package io.dhcpfailover.node.journal;

import io.dhcpfailover.node.journal.Frames.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Frames of a file of any length, of which a window is in memory. Places that are asked for should only grow. */
final class FrameReader implements Closeable {

    /** Twice the longest frame, so that moving it on by single octets reads every octet twice at the most. */
    static final int WINDOW_LENGTH = 2 * Frames.LENGTH_MAX;

    private final ReadableStorage.Reader file;
    private final long fileLength;
    private final Header header;
    private final Frames frames;
    private final byte[] window;
    private long windowPlace;
    private int windowLength;

    private FrameReader(ReadableStorage.Reader file, long fileLength, String name, Header.Kind kind)
            throws IOException {
        this.file = file;
        this.fileLength = fileLength;
        this.window = new byte[(int) Math.min(WINDOW_LENGTH, fileLength)];
        load(0);
        if (windowLength < Header.LENGTH) {
            throw new IOException(name + " could not be read to its end: try again");
        }
        this.header = Header.read(name, kind, ByteBuffer.wrap(window));
        this.frames = new Frames(header);
    }

    /**
     * Reads a file, which is closed with the reader.
     *
     * @return null where the file is too short for a header and a frame behind it
     * @throws JournalException where its header is none, or says that it is another kind of file
     */
    static @Nullable FrameReader open(ReadableStorage storage, String name, Header.Kind kind) throws IOException {
        ReadableStorage.Reader file = storage.open(name);
        boolean opened = false;
        try {
            long length = file.length();
            if (length <= Header.LENGTH) {
                return null;
            }
            FrameReader reader = new FrameReader(file, length, name, kind);
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    Header header() {
        return header;
    }

    /** Length of the file, in octets. */
    long length() {
        return fileLength;
    }

    /** The frame at a place; null where there is none that is whole. */
    @Nullable Frame frame(long place) throws IOException {
        Frame frame = headerAt(place);
        return frame != null && isWhole(frame) ? frame : null;
    }

    /** A copy of the record of the frame that was read last. */
    byte[] record(Frame frame) {
        int start = Math.toIntExact(frame.start() - windowPlace);
        return Arrays.copyOfRange(window, start, start + frame.length());
    }

    /**
     * The first frame at a place or after it that says of a record that it was durable; null where there is none.
     *
     * @param record its sequence
     * @param recordPlace where it should be: frames that cannot be as many as lie between are none
     */
    @Nullable Frame frameThatSaysDurable(long record, long recordPlace, long place) throws IOException {
        for (long at = place; at + frames.headerLength() <= fileLength; at++) {
            Frame frame = headerAt(at);
            // What costs least is looked at first, since octets that are no frame may be many.
            if (frame != null
                    && frame.durable() >= record
                    && frame.sequence() > frame.durable()
                    && frame.sequence() - record <= (at - recordPlace) / frames.headerLength()
                    && (frames.isSalted() ? frames.isHeader(window, index(at)) : isWhole(frame))) {
                return frame;
            }
        }
        return null;
    }

    private @Nullable Frame headerAt(long place) throws IOException {
        return isIn(place, frames.headerLength()) ? frames.header(window, index(place), place) : null;
    }

    private boolean isWhole(Frame frame) throws IOException {
        return isIn(frame.place(), Math.toIntExact(frame.end() - frame.place()))
                && frames.isWhole(window, index(frame.place()), frame);
    }

    private int index(long place) {
        return Math.toIntExact(place - windowPlace);
    }

    /** Whether the file has as many octets at a place, which are in the window then. */
    private boolean isIn(long place, int length) throws IOException {
        if (place + length > fileLength) {
            return false;
        }
        if (place < windowPlace || place + length > windowPlace + windowLength) {
            load(place);
        }
        return windowLength >= length;
    }

    private void load(long place) throws IOException {
        windowPlace = place;
        ByteBuffer target = ByteBuffer.wrap(window);
        int count = 0;
        while (count >= 0 && target.hasRemaining()) {
            count = file.read(target, place + target.position());
        }
        windowLength = target.position();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
