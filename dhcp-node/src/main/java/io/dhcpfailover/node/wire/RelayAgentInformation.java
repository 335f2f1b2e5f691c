package io.dhcpfailover.node.wire;

import io.dhcpfailover.api.value.Ipv4Address;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a relay says of a client: option 82 (RFC 3046). Kept as its octets, because a server must echo them
 * unchanged; equal where they are. Immutable.
 */
public final class RelayAgentInformation {

    static final OptionType<RelayAgentInformation> TYPE =
            new OptionType<>(RelayAgentInformation::decode, information -> information.octets.clone());

    private static final int CIRCUIT_ID = 1;
    private static final int REMOTE_ID = 2;
    private static final int LINK_SELECTION = 5;
    private static final int SUBSCRIBER_ID = 6;
    private static final int SERVER_IDENTIFIER_OVERRIDE = 11;

    private final byte[] octets;

    private RelayAgentInformation(byte[] octets) {
        this.octets = octets;
    }

    /** The circuit that the client's request came by (RFC 3046, section 3.1); null where it is absent. */
    public byte @Nullable [] circuitId() {
        return subOption(CIRCUIT_ID);
    }

    /** The remote end of the circuit (RFC 3046, section 3.2); null where it is absent. */
    public byte @Nullable [] remoteId() {
        return subOption(REMOTE_ID);
    }

    /** The subscriber (RFC 3993); null where it is absent. */
    public byte @Nullable [] subscriberId() {
        return subOption(SUBSCRIBER_ID);
    }

    /** An address of the subnet that the client is on, in place of giaddr (RFC 3527); null where it is absent. */
    public @Nullable Ipv4Address linkSelection() {
        return address(LINK_SELECTION);
    }

    /** The address by which clients shall know the server (RFC 5107); null where it is absent. */
    public @Nullable Ipv4Address serverIdentifierOverride() {
        return address(SERVER_IDENTIFIER_OVERRIDE);
    }

    private @Nullable Ipv4Address address(int code) {
        byte[] value = subOption(code);
        return value == null ? null : OptionType.ADDRESS.decode(value);
    }

    private byte @Nullable [] subOption(int code) {
        for (int place = 0; place < octets.length; ) {
            int start = place + 2;
            int end = start + (octets[place + 1] & 0xFF);
            if ((octets[place] & 0xFF) == code) {
                return Arrays.copyOfRange(octets, start, end);
            }
            place = end;
        }
        return null;
    }

    /** Null where the sub-options do not end where the option does: RFC 3046 gives them neither pad nor end. */
    private static @Nullable RelayAgentInformation decode(byte[] octets) {
        int place = 0;
        while (place + 1 < octets.length) {
            place += 2 + (octets[place + 1] & 0xFF);
        }
        return octets.length > 0 && place == octets.length ? new RelayAgentInformation(octets.clone()) : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RelayAgentInformation that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** In hexadecimal: nothing that a relay sent is printed as it is. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
