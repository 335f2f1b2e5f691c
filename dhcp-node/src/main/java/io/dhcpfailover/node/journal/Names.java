package io.dhcpfailover.node.journal;

import java.util.Locale;

/** Names of files: what they are and the sequence they begin at, or stand for, in hexadecimal. */
final class Names {

    private static final String SEGMENT = "journal-";
    private static final String SNAPSHOT = "snapshot-";
    private static final String TEMPORARY = "temporary-";
    private static final String SEQUENCE = "[0-9a-f]{16}";

    private Names() {}

    static String segment(long first) {
        return name(SEGMENT, first);
    }

    static String snapshot(long at) {
        return name(SNAPSHOT, at);
    }

    static String temporary(long at) {
        return name(TEMPORARY, at);
    }

    static boolean isSegment(String name) {
        return name.matches(SEGMENT + SEQUENCE);
    }

    static boolean isSnapshot(String name) {
        return name.matches(SNAPSHOT + SEQUENCE);
    }

    static boolean isTemporary(String name) {
        return name.matches(TEMPORARY + SEQUENCE);
    }

    /** Whether a file holds nothing that a snapshot at this sequence does not. */
    static boolean isBefore(String name, long at) {
        return (isSegment(name) && sequence(name) <= at) || (isSnapshot(name) && sequence(name) < at);
    }

    static long sequence(String name) {
        return Long.parseUnsignedLong(name.substring(name.indexOf('-') + 1), 16);
    }

    private static String name(String kind, long sequence) {
        return kind + String.format(Locale.ROOT, "%016x", sequence);
    }
}
