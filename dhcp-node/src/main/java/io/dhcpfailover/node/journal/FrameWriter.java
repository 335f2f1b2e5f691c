package io.dhcpfailover.node.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Frames that are gathered and written many at once. */
final class FrameWriter {

    /** Beyond it, a longer write is no faster. */
    private static final int LENGTH = 1 << 18;

    private ByteBuffer gathered = ByteBuffer.allocateDirect(LENGTH);

    /** Forgets what was gathered and not written. */
    void clear() {
        gathered.clear();
    }

    /** Adds a frame to those for the file, and writes where there are enough of them. */
    void put(Storage.Appender file, Frames frames, long sequence, long durable, byte[] record) throws IOException {
        int length = Frames.length(record);
        if (gathered.remaining() < length) {
            flush(file);
            if (gathered.capacity() < length) {
                gathered = ByteBuffer.allocateDirect(Frames.LENGTH_MAX);
            }
        }
        frames.put(gathered, sequence, durable, record);
    }

    /** Writes what was gathered. */
    void flush(Storage.Appender file) throws IOException {
        file.write(gathered.flip());
        gathered.clear();
    }
}
