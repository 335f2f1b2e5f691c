package io.dhcpfailover.node.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A folder of files that belongs to one process. What is written survives a crash of the machine only after the
 * {@code sync} of its file, and a name only after {@link #syncFolder}.
 */
public interface Storage extends ReadableStorage {

    /** A new and empty file to write to. */
    Appender create(String name) throws IOException;

    /** A file to write to after its first {@code length} octets; what follows them is cut off. */
    Appender append(String name, long length) throws IOException;

    /** Gives a file another name, in place of a file that has it. */
    void rename(String from, String to) throws IOException;

    /** Removes a file. */
    void delete(String name) throws IOException;

    /** Makes the names of files durable. */
    void syncFolder() throws IOException;

    /** Where octets are written to the end of a file. */
    interface Appender extends Closeable {

        /** Writes all of the octets, or fails after any part of them. */
        void write(ByteBuffer octets) throws IOException;

        /** Writes all of the octets over those from a place on, all of which the file has; or fails after any part. */
        void overwrite(ByteBuffer octets, long place) throws IOException;

        /**
         * Makes what was written durable: fdatasync. Where it fails, what was written may be lost though it can still
         * be read, and another sync does not help it: only to write it again does.
         */
        void sync() throws IOException;

        /** Cuts the file off after this many octets. */
        void truncate(long length) throws IOException;
    }
}
