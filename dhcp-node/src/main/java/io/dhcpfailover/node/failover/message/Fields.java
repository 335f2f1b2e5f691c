package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.node.failover.message.Decoded.Reason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The options of one message, or of one transaction of a BNDUPD or BNDACK: where they are, and what they say. */
final class Fields {

    private static final int ABSENT = -1;

    private final byte[] frame;
    private final MessageType type;
    private final int payload;
    private final int[] places = new int[FailoverOption.CODES];
    private final int[] lengths = new int[places.length];
    private int end;

    Fields(byte[] frame, MessageType type, int payload) {
        this.frame = frame;
        this.type = type;
        this.payload = payload;
    }

    /**
     * Reads the options from a place on, in place of those read before: up to the end of the frame, or to the second
     * assigned-IP-address, by which the next transaction begins.
     *
     * @return where it ended
     */
    int read(int from) throws Refusal {
        Arrays.fill(places, ABSENT);
        int place = from;
        while (place < frame.length) {
            if (place + FailoverOption.HEADER_LENGTH > frame.length) {
                throw new Refusal(Reason.OPTION_OVERRUN, place);
            }
            int code = uint16(place);
            int length = uint16(place + 2);
            int value = place + FailoverOption.HEADER_LENGTH;
            if (value + length > frame.length) {
                throw new Refusal(Reason.OPTION_OVERRUN, place);
            }
            FailoverOption option = FailoverOption.ofCode(code);
            if (code == FailoverOption.MESSAGE_DIGEST_CODE && place != payload) {
                throw new Refusal(Reason.DIGEST_MISPLACED, place);
            }
            if (option != null && option.isOf(type)) {
                if (option == FailoverOption.ASSIGNED_ADDRESS && has(option)) {
                    break;
                }
                put(option, place, value, length);
            }
            place = value + length;
        }
        end = place;
        return place;
    }

    private void put(FailoverOption option, int place, int value, int length) throws Refusal {
        if (has(option)) {
            throw new Refusal(Reason.OPTION_REPEATED, place);
        }
        if (option.size() != FailoverOption.ANY && option.size() != length) {
            throw new Refusal(Reason.OPTION_SIZE, place);
        }
        places[option.code()] = value;
        lengths[option.code()] = length;
    }

    boolean has(FailoverOption option) {
        return places[option.code()] != ABSENT;
    }

    /** Where the value of an option is; where the options end, if it is absent. */
    int place(FailoverOption option) {
        return has(option) ? places[option.code()] : end;
    }

    /** Octets of the value of an option; -1 where it is absent. */
    int length(FailoverOption option) {
        return has(option) ? lengths[option.code()] : ABSENT;
    }

    /** An option of one octet that is there. */
    int uint8(FailoverOption option) throws Refusal {
        return frame[required(option)] & 0xFF;
    }

    int uint8(FailoverOption option, int otherwise) {
        return has(option) ? frame[place(option)] & 0xFF : otherwise;
    }

    /** Of an option of two octets, the second; 0 where it is absent. */
    int lowOctet(FailoverOption option) {
        return has(option) ? frame[place(option) + 1] & 0xFF : 0;
    }

    /** An option of four octets that is there. */
    long uint32(FailoverOption option) throws Refusal {
        return uint32(required(option));
    }

    long uint32(FailoverOption option, long otherwise) {
        return has(option) ? uint32(place(option)) : otherwise;
    }

    @Nullable Octets octets(FailoverOption option) {
        return has(option) ? Octets.of(frame, place(option), length(option)) : null;
    }

    @Nullable String text(FailoverOption option) {
        return has(option) ? Texts.printable(frame, place(option), length(option)) : null;
    }

    private int required(FailoverOption option) throws Refusal {
        if (!has(option)) {
            throw new Refusal(Reason.OPTION_MISSING, end);
        }
        return place(option);
    }

    private int uint16(int place) {
        return ((frame[place] & 0xFF) << 8) | (frame[place + 1] & 0xFF);
    }

    private long uint32(int place) {
        return ((long) uint16(place) << 16) | uint16(place + 2);
    }
}
