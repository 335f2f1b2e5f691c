package io.dhcpfailover.node.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Packets to octets. Options are written in their order, which is their rank: one that finds no room is left out. Relay
 * agent information has room before all others, and is written last (RFC 3046, section 2.2). Options of more than 255
 * octets go in parts (RFC 3396); what the options field has no room for goes into the fields file and sname where those
 * are empty (RFC 2132, section 9.3).
 */
public final class PacketEncoder {

    /** Shortest BOOTP message, in octets (RFC 1542, section 2.1); some clients drop shorter ones. */
    public static final int LENGTH_MIN = 300;

    /** What every client takes, in octets: an IP datagram of 576 less its headers (RFC 2131, section 2). */
    public static final int LENGTH_EVERY_CLIENT_TAKES = 548;

    private static final int RELAY_AGENT_INFORMATION = DhcpOption.RELAY_AGENT_INFORMATION.code();
    private static final int PART_LENGTH_MAX = 255;
    private static final int PART_HEADER_LENGTH = 2;
    private static final int MESSAGE_TYPE_LENGTH = 3;
    private static final int OVERLOAD_LENGTH = 3;
    private static final int END_LENGTH = 1;

    private PacketEncoder() {}

    /**
     * The octets of a packet, from 300 to {@code lengthMax} of them.
     *
     * @throws IllegalArgumentException when {@code lengthMax} is below 300
     */
    public static byte[] encode(DhcpPacket packet, int lengthMax) {
        int plain = PacketDecoder.OPTIONS_OFFSET + length(packet.options()) + END_LENGTH;
        byte[] octets = new byte[Math.max(LENGTH_MIN, Math.min(plain, Math.min(lengthMax, PacketDecoder.LENGTH_MAX)))];
        int length = encode(packet, octets, Math.min(lengthMax, octets.length));
        return length == octets.length ? octets : Arrays.copyOf(octets, length);
    }

    /**
     * Writes a packet into the first octets of {@code target}; what is behind it stays as it was.
     *
     * @param lengthMax the most octets that the packet may have; more than 9000 are never written
     * @return how many it has, from 300 on
     * @throws IllegalArgumentException when {@code lengthMax} is below 300, or {@code target} has fewer octets than that
     */
    public static int encode(DhcpPacket packet, byte[] target, int lengthMax) {
        if (lengthMax < LENGTH_MIN) {
            throw new IllegalArgumentException(
                    "a packet of at most " + lengthMax + " octets: a client must take " + LENGTH_MIN);
        }
        int end = Math.min(lengthMax, PacketDecoder.LENGTH_MAX);
        if (target.length < end) {
            throw new IllegalArgumentException(
                    "room for " + target.length + " octets: a packet may have " + end + " of them");
        }
        Arrays.fill(target, 0, LENGTH_MIN, (byte) 0);
        fields(packet, target);
        return Math.max(options(packet, target, end), LENGTH_MIN);
    }

    private static void fields(DhcpPacket packet, byte[] octets) {
        octets[0] = (byte) (packet.op() == DhcpPacket.Op.BOOTREQUEST ? 1 : 2);
        octets[1] = (byte) packet.chaddr().type();
        octets[2] = (byte) packet.chaddr().length();
        octets[3] = (byte) packet.hops();
        OptionType.putBits(octets, 4, packet.xid());
        octets[8] = (byte) (packet.secs() >>> 8);
        octets[9] = (byte) packet.secs();
        octets[10] = (byte) (packet.flags() >>> 8);
        octets[11] = (byte) packet.flags();
        OptionType.putBits(octets, 12, packet.ciaddr().bits());
        OptionType.putBits(octets, 16, packet.yiaddr().bits());
        OptionType.putBits(octets, 20, packet.siaddr().bits());
        OptionType.putBits(octets, 24, packet.giaddr().bits());
        packet.chaddr().copyTo(octets, PacketDecoder.CHADDR_OFFSET);
        text(packet.sname(), octets, PacketDecoder.SNAME_OFFSET);
        text(packet.file(), octets, PacketDecoder.FILE_OFFSET);
        OptionType.putBits(octets, PacketDecoder.HEADER_LENGTH, PacketDecoder.MAGIC_COOKIE);
    }

    private static void text(String text, byte[] octets, int offset) {
        if (text.isEmpty()) {
            return;
        }
        byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(characters, 0, octets, offset, characters.length);
    }

    /** Writes the options and what ends them, up to a place; the number of octets of the whole packet. */
    private static int options(DhcpPacket packet, byte[] octets, int end) {
        Options options = packet.options();
        byte[] relayAgentInformation = options.raw(RELAY_AGENT_INFORMATION);
        int room = end - PacketDecoder.OPTIONS_OFFSET - END_LENGTH;
        int last = relayAgentInformation == null ? 0 : length(relayAgentInformation);
        boolean fits = length(options) <= room;
        if (!fits && MESSAGE_TYPE_LENGTH + last > room) {
            last = 0;
        }
        boolean overloads = !fits
                && (packet.file().isEmpty() || packet.sname().isEmpty())
                && MESSAGE_TYPE_LENGTH + OVERLOAD_LENGTH + last <= room;
        int reserved = END_LENGTH + (overloads ? OVERLOAD_LENGTH : 0);
        Area main = new Area(octets, PacketDecoder.OPTIONS_OFFSET, end - last - reserved);
        Area file =
                area(octets, overloads && packet.file().isEmpty(), PacketDecoder.FILE_OFFSET, DhcpPacket.FILE_LENGTH);
        Area sname = area(
                octets, overloads && packet.sname().isEmpty(), PacketDecoder.SNAME_OFFSET, DhcpPacket.SNAME_LENGTH);
        for (int i = 0; i < options.size(); i++) {
            int code = options.code(i);
            byte[] value = options.rawAt(i);
            if (code != RELAY_AGENT_INFORMATION && !main.put(code, value) && !file.put(code, value)) {
                sname.put(code, value);
            }
        }
        int overload = (file.endIfUsed() ? PacketDecoder.FILE_OVERLOADED : 0)
                | (sname.endIfUsed() ? PacketDecoder.SNAME_OVERLOADED : 0);
        main.end = end - END_LENGTH;
        if (overload != 0) {
            main.put(DhcpOption.OVERLOAD.code(), new byte[] {(byte) overload});
        }
        if (relayAgentInformation != null && last > 0) {
            main.put(RELAY_AGENT_INFORMATION, relayAgentInformation);
        }
        main.finish();
        return main.place;
    }

    private static Area area(byte[] octets, boolean usable, int offset, int length) {
        return new Area(octets, offset, usable ? offset + length - END_LENGTH : offset);
    }

    /** Octets that all of them take. */
    private static int length(Options options) {
        int length = 0;
        for (int i = 0; i < options.size(); i++) {
            length += length(options.rawAt(i));
        }
        return length;
    }

    /** Octets that an option takes, in parts. */
    private static int length(byte[] value) {
        int parts = Math.max(1, (value.length + PART_LENGTH_MAX - 1) / PART_LENGTH_MAX);
        return value.length + parts * PART_HEADER_LENGTH;
    }

    /** A field that options are written to. */
    private static final class Area {

        private final byte[] octets;
        private final int start;
        private int place;
        private int end;

        Area(byte[] octets, int start, int end) {
            this.octets = octets;
            this.start = start;
            this.place = start;
            this.end = end;
        }

        /** Writes an option, in parts; false where it has no room. */
        boolean put(int code, byte[] value) {
            if (place + length(value) > end) {
                return false;
            }
            int from = 0;
            do {
                int part = Math.min(PART_LENGTH_MAX, value.length - from);
                octets[place++] = (byte) code;
                octets[place++] = (byte) part;
                System.arraycopy(value, from, octets, place, part);
                place += part;
                from += part;
            } while (from < value.length);
            return true;
        }

        /** Ends it where it holds options; whether it does. */
        boolean endIfUsed() {
            if (place == start) {
                return false;
            }
            finish();
            return true;
        }

        void finish() {
            octets[place++] = (byte) OptionsReader.END;
        }
    }
}
