package io.dhcpfailover.node.wire;

import io.dhcpfailover.api.value.DomainName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Option 81 (RFC 4702): a client's name, and who registers it.
 *
 * @param serverUpdates flag S: the server registers, or shall register, the address of the name
 * @param serverOverrides flag O: the server did not do as the client asked
 * @param noUpdates flag N: the server registers nothing, or shall register nothing
 * @param wireFormat flag E: the name is written as RFC 1035 does, not as ASCII
 * @param name fully qualified where it ends with a dot; null where the client leaves it to the server
 */
public record ClientFqdn(
        boolean serverUpdates,
        boolean serverOverrides,
        boolean noUpdates,
        boolean wireFormat,
        @Nullable DomainName name) {

    static final OptionType<ClientFqdn> TYPE = new OptionType<>(ClientFqdn::decode, ClientFqdn::encode);

    private static final int S = 1;
    private static final int O = 2;
    private static final int E = 4;
    private static final int N = 8;

    /** Flags, and the two result codes that RFC 4702 has no use for. */
    private static final int HEADER_LENGTH = 3;

    private static @Nullable ClientFqdn decode(byte[] octets) {
        if (octets.length < HEADER_LENGTH) {
            return null;
        }
        int flags = octets[0];
        boolean wireFormat = (flags & E) != 0;
        DomainName name = null;
        if (octets.length > HEADER_LENGTH) {
            name = wireFormat ? wireName(octets) : asciiName(octets);
            if (name == null) {
                return null;
            }
        }
        return new ClientFqdn((flags & S) != 0, (flags & O) != 0, (flags & N) != 0, wireFormat, name);
    }

    /** A name without the root at its end is a partial one (RFC 4702, section 2.3.1), as one without a dot is. */
    private static @Nullable DomainName wireName(byte[] octets) {
        boolean partial = octets[octets.length - 1] != 0;
        DomainName name =
                DomainNames.decodeOne(Arrays.copyOfRange(octets, HEADER_LENGTH, octets.length + (partial ? 1 : 0)));
        return name == null || partial ? name : domainName(name.text() + ".");
    }

    private static @Nullable DomainName domainName(String text) {
        try {
            return new DomainName(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] wireOctets(DomainName name) {
        byte[] octets = DomainNames.encode(List.of(name));
        return name.text().endsWith(".") ? octets : Arrays.copyOf(octets, octets.length - 1);
    }

    private static @Nullable DomainName asciiName(byte[] octets) {
        return domainName(new String(octets, HEADER_LENGTH, octets.length - HEADER_LENGTH, StandardCharsets.US_ASCII));
    }

    private static byte[] encode(ClientFqdn fqdn) {
        byte[] name = fqdn.name == null
                ? new byte[0]
                : fqdn.wireFormat ? wireOctets(fqdn.name) : fqdn.name.text().getBytes(StandardCharsets.US_ASCII);
        byte[] octets = new byte[HEADER_LENGTH + name.length];
        octets[0] = (byte) ((fqdn.serverUpdates ? S : 0)
                | (fqdn.serverOverrides ? O : 0)
                | (fqdn.noUpdates ? N : 0)
                | (fqdn.wireFormat ? E : 0));
        // The result codes of a server that knows RFC 4702 (section 2.2).
        octets[1] = (byte) 255;
        octets[2] = (byte) 255;
        System.arraycopy(name, 0, octets, HEADER_LENGTH, name.length);
        return octets;
    }
}
