package io.dhcpfailover.node.failover.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.failover.message.Decoded.Accepted;
import io.dhcpfailover.node.failover.message.Decoded.Reason;
import io.dhcpfailover.node.failover.message.Decoded.Refused;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Frames made by hand, and what comes of them. */
final class Frames {

    private Frames() {}

    /** A frame of a type, with the options in hexadecimal: code, length, value. Time 1, xid 2. */
    static byte[] frame(int type, String... options) {
        byte[] payload = HexFormat.of().parseHex(String.join("", options).replace(" ", ""));
        byte[] frame = new byte[Header.LENGTH + payload.length];
        frame[0] = (byte) (frame.length >>> 8);
        frame[1] = (byte) frame.length;
        frame[2] = (byte) type;
        frame[3] = Header.LENGTH;
        frame[7] = 1;
        frame[11] = 2;
        System.arraycopy(payload, 0, frame, Header.LENGTH, payload.length);
        return frame;
    }

    /** An option in hexadecimal. */
    static String option(int code, String value) {
        String octets = value.replace(" ", "");
        return "%04x%04x%s".formatted(code, octets.length() / 2, octets);
    }

    /** A frame with one octet of it another. */
    static byte[] with(byte[] frame, int place, int value) {
        byte[] changed = frame.clone();
        changed[place] = (byte) value;
        return changed;
    }

    /** A recorded frame without an option, or with another value of it. */
    static byte[] changed(String recording, int code, @Nullable String value) {
        byte[] frame = Recordings.of(recording);
        StringBuilder options = new StringBuilder();
        for (int place = Header.LENGTH; place < frame.length; ) {
            int found = ((frame[place] & 0xFF) << 8) | (frame[place + 1] & 0xFF);
            int end = place + 4 + (((frame[place + 2] & 0xFF) << 8) | (frame[place + 3] & 0xFF));
            if (found != code) {
                options.append(HexFormat.of().formatHex(Arrays.copyOfRange(frame, place, end)));
            } else if (value != null) {
                options.append(option(code, value));
            }
            place = end;
        }
        return frame(frame[2], options.toString());
    }

    static Message message(byte[] frame, Dialect dialect) {
        Decoded decoded = MessageDecoder.decode(frame, dialect);
        assertThat(decoded).isInstanceOf(Accepted.class);
        return ((Accepted) decoded).message();
    }

    static Message message(byte[] frame) {
        return message(frame, Dialect.DRAFT12);
    }

    static Reason refusal(byte[] frame) {
        Decoded decoded = MessageDecoder.decode(frame, Dialect.DRAFT12);
        assertThat(decoded).isInstanceOf(Refused.class);
        return ((Refused) decoded).reason();
    }
}
