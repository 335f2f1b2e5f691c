package io.dhcpfailover.node.wire;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.wire.Decoded.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Octets to packets. Total: any octets give a packet or a refusal, in time and memory that their number bounds.
 */
public final class PacketDecoder {

    /** Octets before the magic cookie: the fields of RFC 2131, section 2, up to and with file. */
    static final int HEADER_LENGTH = 236;

    static final int OPTIONS_OFFSET = 240;
    static final int CHADDR_OFFSET = 28;
    static final int SNAME_OFFSET = 44;
    static final int FILE_OFFSET = 108;

    /** By which options begin (RFC 2131, section 3). */
    static final int MAGIC_COOKIE = 0x63825363;

    /** Of option 52: the field file holds options. */
    static final int FILE_OVERLOADED = 1;

    /** Of option 52: the field sname holds options. */
    static final int SNAME_OVERLOADED = 2;

    /**
     * Longest packet that is read: more than any link that clients boot on carries (an Ethernet frame has 1500
     * octets, a jumbo frame 9000), and so little that a flood of them costs no memory.
     */
    static final int LENGTH_MAX = 9000;

    /** Options by which a server decides: with a value that is none, the packet cannot be understood. */
    private static final List<DhcpOption<?>> DECISIVE = List.of(
            DhcpOption.MESSAGE_TYPE,
            DhcpOption.REQUESTED_ADDRESS,
            DhcpOption.SERVER_IDENTIFIER,
            DhcpOption.LEASE_TIME,
            DhcpOption.MAXIMUM_MESSAGE_SIZE);

    private PacketDecoder() {}

    /** The packet that the octets are; the array is not kept. */
    public static Decoded decode(byte[] octets) {
        if (octets.length < HEADER_LENGTH) {
            return new Decoded.Refused(Reason.TOO_SHORT, octets.length);
        }
        if (octets.length > LENGTH_MAX) {
            return new Decoded.Refused(Reason.TOO_LONG, LENGTH_MAX);
        }
        if (octets[0] != 1 && octets[0] != 2) {
            return new Decoded.Refused(Reason.UNKNOWN_OP, 0);
        }
        if ((octets[2] & 0xFF) > HardwareAddress.LENGTH_MAX) {
            return new Decoded.Refused(Reason.HARDWARE_ADDRESS_TOO_LONG, 2);
        }
        // BOOTP without the magic cookie has nothing in its vendor field that could be read (RFC 1048).
        boolean hasOptions = octets.length >= OPTIONS_OFFSET && OptionType.bits(octets, HEADER_LENGTH) == MAGIC_COOKIE;
        return hasOptions ? withOptions(octets) : new Decoded.Packet(packet(octets, 0, Options.NONE));
    }

    private static Decoded withOptions(byte[] octets) {
        int count = PlainOptions.count(octets, OPTIONS_OFFSET);
        return count == PlainOptions.NONE_OF_THIS_KIND
                ? withScatteredOptions(octets)
                : checked(octets, 0, PlainOptions.read(octets, OPTIONS_OFFSET, count));
    }

    private static Decoded withScatteredOptions(byte[] octets) {
        OptionsReader reader = new OptionsReader(octets);
        int wrong = reader.measure(OPTIONS_OFFSET, octets.length);
        if (wrong != OptionsReader.NO_ERROR) {
            return new Decoded.Refused(Reason.OPTION_OVERRUN, wrong);
        }
        int overload = 0;
        if (reader.length(DhcpOption.OVERLOAD.code()) >= 0) {
            byte[][] values = reader.values();
            reader.copy(OPTIONS_OFFSET, octets.length, values, new int[256]);
            Integer value =
                    DhcpOption.OVERLOAD.type().decode(Objects.requireNonNull(values[DhcpOption.OVERLOAD.code()]));
            if (value == null || value < FILE_OVERLOADED || value > (FILE_OVERLOADED | SNAME_OVERLOADED)) {
                return new Decoded.Refused(Reason.MALFORMED_OVERLOAD, OPTIONS_OFFSET);
            }
            overload = value;
        }
        // RFC 3396, section 5: first the options field, then file, then sname.
        boolean file = (overload & FILE_OVERLOADED) != 0;
        boolean sname = (overload & SNAME_OVERLOADED) != 0;
        wrong = file ? reader.measure(FILE_OFFSET, FILE_OFFSET + DhcpPacket.FILE_LENGTH) : OptionsReader.NO_ERROR;
        if (wrong == OptionsReader.NO_ERROR && sname) {
            wrong = reader.measure(SNAME_OFFSET, SNAME_OFFSET + DhcpPacket.SNAME_LENGTH);
        }
        if (wrong != OptionsReader.NO_ERROR) {
            return new Decoded.Refused(Reason.OPTION_OVERRUN, wrong);
        }
        byte[][] values = reader.values();
        int[] filled = new int[256];
        reader.copy(OPTIONS_OFFSET, octets.length, values, filled);
        if (file) {
            reader.copy(FILE_OFFSET, FILE_OFFSET + DhcpPacket.FILE_LENGTH, values, filled);
        }
        if (sname) {
            reader.copy(SNAME_OFFSET, SNAME_OFFSET + DhcpPacket.SNAME_LENGTH, values, filled);
        }
        return checked(octets, overload, reader.options(values, DhcpOption.OVERLOAD.code()));
    }

    private static Decoded checked(byte[] octets, int overload, Options options) {
        for (DhcpOption<?> option : DECISIVE) {
            if (options.has(option) && options.get(option) == null) {
                return new Decoded.Refused(Reason.MALFORMED_OPTION, OPTIONS_OFFSET);
            }
        }
        return new Decoded.Packet(packet(octets, overload, options));
    }

    private static DhcpPacket packet(byte[] octets, int overload, Options options) {
        return new DhcpPacket(
                octets[0] == 1 ? DhcpPacket.Op.BOOTREQUEST : DhcpPacket.Op.BOOTREPLY,
                octets[3] & 0xFF,
                OptionType.bits(octets, 4),
                ((octets[8] & 0xFF) << 8) | (octets[9] & 0xFF),
                ((octets[10] & 0xFF) << 8) | (octets[11] & 0xFF),
                new Ipv4Address(OptionType.bits(octets, 12)),
                new Ipv4Address(OptionType.bits(octets, 16)),
                new Ipv4Address(OptionType.bits(octets, 20)),
                new Ipv4Address(OptionType.bits(octets, 24)),
                HardwareAddress.read(octets[1] & 0xFF, octets, CHADDR_OFFSET, octets[2] & 0xFF),
                (overload & SNAME_OVERLOADED) != 0 ? "" : text(octets, SNAME_OFFSET, DhcpPacket.SNAME_LENGTH - 1),
                (overload & FILE_OVERLOADED) != 0 ? "" : text(octets, FILE_OFFSET, DhcpPacket.FILE_LENGTH - 1),
                options);
    }

    /** Some clients leave no room for the zero at the end: what stands in its place is not read. */
    private static String text(byte[] octets, int offset, int lengthMax) {
        int length = 0;
        while (length < lengthMax && octets[offset + length] != 0) {
            length++;
        }
        return length == 0 ? "" : new String(octets, offset, length, StandardCharsets.ISO_8859_1);
    }
}
