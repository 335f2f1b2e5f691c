package io.dhcpfailover.node.wire;

import java.util.Arrays;

/**
 * Reads the options of one packet, field by field, and puts the parts of each together (RFC 3396). Two passes, one
 * that measures and one that copies, so that memory is bounded by the packet. Keeps its working memory for the next.
 */
final class OptionsReader {

    static final int PAD = 0;
    static final int END = 255;

    /** No place at all: the field was read to its end. */
    static final int NO_ERROR = -1;

    private static final int ABSENT = -1;

    private final byte[] octets;
    private final int[] lengths = new int[256];
    private final int[] order = new int[256];
    private int count;

    OptionsReader(byte[] octets) {
        this.octets = octets;
        Arrays.fill(lengths, ABSENT);
    }

    /** Length of the option so far; -1 where it is absent. */
    int length(int code) {
        return lengths[code];
    }

    /** Measures the options of a field; the place of one that does not fit, or {@link #NO_ERROR}. */
    int measure(int first, int end) {
        for (int place = next(first, end); place < end; place = next(after(place), end)) {
            if (place + 1 >= end || after(place) > end) {
                return place;
            }
            int code = octets[place] & 0xFF;
            if (lengths[code] == ABSENT) {
                order[count++] = code;
                lengths[code] = 0;
            }
            lengths[code] += octets[place + 1] & 0xFF;
        }
        return NO_ERROR;
    }

    /** A value for each code that was measured. */
    byte[][] values() {
        byte[][] values = new byte[256][];
        for (int i = 0; i < count; i++) {
            values[order[i]] = new byte[lengths[order[i]]];
        }
        return values;
    }

    /** Copies the options of a field, which was measured, after what the values hold already. */
    void copy(int first, int end, byte[][] values, int[] filled) {
        for (int place = next(first, end); place < end; place = next(after(place), end)) {
            int code = octets[place] & 0xFF;
            int length = octets[place + 1] & 0xFF;
            System.arraycopy(octets, place + 2, values[code], filled[code], length);
            filled[code] += length;
        }
    }

    /** All of them, in the order in which they came first, without one code. */
    Options options(byte[][] values, int without) {
        int[] codes =
                Arrays.stream(order, 0, count).filter(code -> code != without).toArray();
        byte[][] ordered = new byte[codes.length][];
        for (int i = 0; i < codes.length; i++) {
            ordered[i] = values[codes[i]];
        }
        return Options.of(codes, ordered);
    }

    /** The first octet of an option from here on; {@code end} where there is none any more. */
    private int next(int place, int end) {
        int at = place;
        while (at < end && octets[at] == PAD) {
            at++;
        }
        return at < end && (octets[at] & 0xFF) == END ? end : at;
    }

    private int after(int place) {
        return place + 2 + (octets[place + 1] & 0xFF);
    }
}
