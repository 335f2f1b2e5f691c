package io.dhcpfailover.node.wire;

import java.util.Arrays;

/**
 * Reads the options of the usual packet, which come once each and in the options field alone, with no memory besides
 * what is kept of them. {@link OptionsReader} reads the others.
 */
final class PlainOptions {

    /** Some option comes in parts, is too long, or says that others are elsewhere. */
    static final int NONE_OF_THIS_KIND = -1;

    private PlainOptions() {}

    /** How many options there are from here to the end of the packet, or {@link #NONE_OF_THIS_KIND}. */
    static int count(byte[] octets, int first) {
        long[] seen = new long[4];
        int count = 0;
        int place = first;
        while (place < octets.length && octets[place] != (byte) OptionsReader.END) {
            int code = octets[place] & 0xFF;
            if (code == OptionsReader.PAD) {
                place++;
                continue;
            }
            if (code == DhcpOption.OVERLOAD.code()
                    || (seen[code >>> 6] & (1L << code)) != 0
                    || place + 1 >= octets.length) {
                return NONE_OF_THIS_KIND;
            }
            seen[code >>> 6] |= 1L << code;
            place += 2 + (octets[place + 1] & 0xFF);
            if (place > octets.length) {
                return NONE_OF_THIS_KIND;
            }
            count++;
        }
        return count;
    }

    /** The options of which there were so many. */
    static Options read(byte[] octets, int first, int count) {
        int[] codes = new int[count];
        byte[][] values = new byte[count][];
        int place = first;
        for (int i = 0; i < count; i++) {
            while (octets[place] == OptionsReader.PAD) {
                place++;
            }
            int end = place + 2 + (octets[place + 1] & 0xFF);
            codes[i] = octets[place] & 0xFF;
            values[i] = Arrays.copyOfRange(octets, place + 2, end);
            place = end;
        }
        return Options.of(codes, values);
    }
}
