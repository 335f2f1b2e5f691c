package io.dhcpfailover.operator.check;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A DISCOVER as a relay sends it, and the OFFER that answers it (RFC 2131). The scope is named by the relay agent's link
 * selection (RFC 3527), since the relay is no part of it.
 */
final class Discover {

    /** Of BOOTP, which every server takes (RFC 951). */
    private static final int LENGTH_MIN = 300;

    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final int ETHERNET = 1;
    private static final int OPTIONS = 240;
    private static final int TRANSACTION = 4;
    private static final int YOUR_ADDRESS = 16;
    private static final int HARDWARE_ADDRESS_SPACE = 16;
    private static final int NAMES_SPACE = 192;
    private static final int MAGIC = 0x63825363;

    private static final byte MESSAGE_TYPE = 53;
    private static final byte DISCOVER = 1;
    private static final byte OFFER = 2;
    private static final byte RELAY_AGENT_INFORMATION = 82;
    private static final byte LINK_SELECTION = 5;
    private static final byte END = (byte) 255;

    /** The client has asked for so long that each server of a pair answers, whoever's it is. */
    private static final short SECONDS = 60;

    private Discover() {}

    /**
     * The message.
     *
     * @param transaction by which its answer is known
     * @param hardwareAddress six octets
     * @param relay where the answer is sent
     * @param link the subnet that the client is on
     */
    static byte[] encode(int transaction, byte[] hardwareAddress, Ipv4Address relay, Ipv4Prefix link) {
        ByteBuffer message = ByteBuffer.allocate(LENGTH_MIN);
        message.put((byte) REQUEST)
                .put((byte) ETHERNET)
                .put((byte) hardwareAddress.length)
                .put((byte) 1);
        message.putInt(transaction).putShort(SECONDS).putShort((short) 0);
        message.putInt(0).putInt(0).putInt(0).putInt(relay.bits());
        message.put(Arrays.copyOf(hardwareAddress, HARDWARE_ADDRESS_SPACE));
        message.position(message.position() + NAMES_SPACE);
        message.putInt(MAGIC);
        message.put(MESSAGE_TYPE).put((byte) 1).put(DISCOVER);
        message.put(RELAY_AGENT_INFORMATION).put((byte) 6);
        message.put(LINK_SELECTION).put((byte) 4).putInt(link.network().bits());
        message.put(END);
        return message.array();
    }

    /** The address that a message offers in this transaction; null where it is no OFFER of it. */
    static @Nullable Ipv4Address offered(int transaction, byte[] message, int length) {
        ByteBuffer read = ByteBuffer.wrap(message, 0, length);
        if (length <= OPTIONS
                || read.get(0) != REPLY
                || read.getInt(TRANSACTION) != transaction
                || read.getInt(OPTIONS - Integer.BYTES) != MAGIC) {
            return null;
        }
        read.position(OPTIONS);
        while (read.remaining() > 2) {
            byte option = read.get();
            if (option == 0) {
                continue;
            }
            int size = Byte.toUnsignedInt(read.get());
            if (option == END || size > read.remaining()) {
                return null;
            }
            if (option == MESSAGE_TYPE && size == 1) {
                return read.get() == OFFER
                        ? Ipv4Address.ofNumber(Integer.toUnsignedLong(read.getInt(YOUR_ADDRESS)))
                        : null;
            }
            read.position(read.position() + size);
        }
        return null;
    }
}
