package io.dhcpfailover.node.wire;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The options of a packet (RFC 2132): octets by code, in the order in which they came. Each code occurs once; what
 * came in several parts is one value here (RFC 3396). Immutable.
 */
public final class Options {

    /** No options. */
    public static final Options NONE = new Options(new int[0], new byte[0][]);

    private static final int CODE_MIN = 1;
    private static final int CODE_MAX = 254;

    private final int[] codes;
    private final byte[][] values;

    private Options(int[] codes, byte[][] values) {
        this.codes = codes;
        this.values = values;
    }

    /** The value of an option; null where it is absent, or is not what the option's type says. */
    public <T> @Nullable T get(DhcpOption<T> option) {
        byte[] value = raw(option.code());
        return value == null ? null : option.type().decode(value);
    }

    /** Whether the option is there, whatever its value. */
    public boolean has(DhcpOption<?> option) {
        return index(option.code()) >= 0;
    }

    /** A new array of the octets of an option; null where it is absent. */
    public byte @Nullable [] octets(int code) {
        byte[] value = raw(code);
        return value == null ? null : value.clone();
    }

    /** How many there are. */
    public int size() {
        return codes.length;
    }

    /** Code of the option at a place, 0 to {@code size() - 1}. */
    public int code(int place) {
        return codes[place];
    }

    byte[] rawAt(int place) {
        return values[place];
    }

    byte @Nullable [] raw(int code) {
        int index = index(code);
        return index < 0 ? null : values[index];
    }

    private int index(int code) {
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] == code) {
                return i;
            }
        }
        return -1;
    }

    /** Those whose code the predicate wants, in the same order. */
    public Options only(IntPredicate wanted) {
        Builder builder = new Builder();
        for (int i = 0; i < codes.length; i++) {
            if (wanted.test(codes[i])) {
                builder.put(codes[i], values[i]);
            }
        }
        return builder.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Options that
                && Arrays.equals(codes, that.codes)
                && Arrays.deepEquals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(codes) + Arrays.deepHashCode(values);
    }

    /** Codes with their octets in hexadecimal: nothing that a client sent is printed as it is. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < codes.length; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(codes[i])
                    .append('=')
                    .append(HexFormat.of().formatHex(values[i]));
        }
        return text.append('}').toString();
    }

    /** Collects options; the order of the first {@code put} of each code is the order in the packet. */
    public static final class Builder {

        private static final int ROOM = 16;

        private int[] codes = new int[ROOM];
        private byte[][] values = new byte[ROOM][];
        private int count;

        /** Sets an option, in place of an earlier value. */
        public <T> Builder put(DhcpOption<T> option, T value) {
            return put(option.code(), option.type().encode(value));
        }

        /** Sets an option to what it is among others, and leaves it as it is where it is absent there. */
        public Builder copy(Options from, int code) {
            byte[] value = from.raw(code);
            return value == null ? this : put(code, value);
        }

        /**
         * Sets an option by its code, in place of an earlier value; the octets are not copied and must not change.
         *
         * @throws IllegalArgumentException when the code is not from 1 to 254, which pad and end have
         */
        public Builder put(int code, byte[] octets) {
            if (code < CODE_MIN || code > CODE_MAX) {
                throw new IllegalArgumentException("option code " + code + " is not from 1 to 254");
            }
            int place = 0;
            while (place < count && codes[place] != code) {
                place++;
            }
            if (place == codes.length) {
                codes = Arrays.copyOf(codes, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            codes[place] = code;
            values[place] = octets;
            count = Math.max(count, place + 1);
            return this;
        }

        /** The options so far; the builder may be used on. */
        public Options build() {
            return new Options(Arrays.copyOf(codes, count), Arrays.copyOf(values, count));
        }
    }

    static Options of(int[] codes, byte[][] values) {
        return new Options(codes, values);
    }
}
