package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.node.wire.Options;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The value of client-request-options: the magic cookie of DHCP, and options as in a packet (draft-ietf-dhc-failover-12,
 * section 12.8).
 */
final class ClientOptions {

    private static final byte[] MAGIC_COOKIE = {0x63, (byte) 0x82, 0x53, 0x63};
    private static final int HEADER_LENGTH = 2;
    private static final int PAD = 0;
    private static final int END = 255;

    private ClientOptions() {}

    /**
     * Those that a binding keeps. None where the octets are no options: a lease counts more than the name of its
     * client.
     */
    static Options decode(@Nullable Octets value) {
        if (value == null) {
            return Options.NONE;
        }
        byte[] octets = value.shared();
        int place = MAGIC_COOKIE.length;
        if (octets.length < place || !Arrays.equals(octets, 0, place, MAGIC_COOKIE, 0, place)) {
            return Options.NONE;
        }
        Options.Builder options = new Options.Builder();
        while (place < octets.length) {
            int code = octets[place] & 0xFF;
            if (code == END) {
                break;
            }
            if (code == PAD) {
                place++;
                continue;
            }
            int start = place + HEADER_LENGTH;
            if (start > octets.length || start + (octets[place + 1] & 0xFF) > octets.length) {
                return Options.NONE;
            }
            place = start + (octets[place + 1] & 0xFF);
            if (BindingUpdate.isClientOption(code) && place > start) {
                options.put(code, Arrays.copyOfRange(octets, start, place));
            }
        }
        return options.build();
    }

    /** The value of the option, of those that a binding keeps; null where there are none. */
    static byte @Nullable [] encode(Options options) {
        byte[] value = MAGIC_COOKIE;
        for (int i = 0; i < options.size(); i++) {
            int code = options.code(i);
            byte[] octets = options.octets(code);
            if (BindingUpdate.isClientOption(code)
                    && octets != null
                    && octets.length > 0
                    && octets.length <= BindingUpdate.CLIENT_OPTION_LENGTH_MAX) {
                int place = value.length;
                value = Arrays.copyOf(value, place + HEADER_LENGTH + octets.length);
                value[place] = (byte) code;
                value[place + 1] = (byte) octets.length;
                System.arraycopy(octets, 0, value, place + HEADER_LENGTH, octets.length);
            }
        }
        return value.length == MAGIC_COOKIE.length ? null : value;
    }
}
