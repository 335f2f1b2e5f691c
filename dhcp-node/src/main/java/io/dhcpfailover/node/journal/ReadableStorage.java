package io.dhcpfailover.node.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A folder of files that are read. */
public interface ReadableStorage extends Closeable {

    /** Names of the files, in any order. */
    List<String> list() throws IOException;

    /** A file to read from. */
    Reader open(String name) throws IOException;

    /** Where octets are read from any place of a file. */
    interface Reader extends Closeable {

        /** Length of the file, in octets. */
        long length() throws IOException;

        /**
         * Reads octets from a place on into what remains of the target: one at least, unless the file ends there.
         *
         * @return how many, or -1 where the file ends at the place or before it
         */
        int read(ByteBuffer target, long place) throws IOException;
    }
}
