package io.dhcpfailover.node.configuration.cel;

import java.net.Inet6Address;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address of the Internet, as Kubernetes' {@code ip()} reads it: IPv4 without leading zeros, IPv6 without a zone
 * and without an IPv4 address mapped into it.
 *
 * @param octets 4 or 16, from 0 to 255
 */
record IpAddress(List<Integer> octets) {

    private static final int OCTETS_V4 = 4;

    /** The address that a text says; null where it says none. */
    static @Nullable IpAddress parse(String text) {
        return text.indexOf(':') < 0 ? parseVersion4(text) : parseVersion6(text);
    }

    private static @Nullable IpAddress parseVersion4(String text) {
        List<String> parts = Arrays.asList(text.split("\\.", -1));
        if (parts.size() != OCTETS_V4) {
            return null;
        }
        Integer[] octets = new Integer[OCTETS_V4];
        for (int i = 0; i < OCTETS_V4; i++) {
            String part = parts.get(i);
            if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
                return null;
            }
            int octet = 0;
            for (int j = 0; j < part.length(); j++) {
                if (part.charAt(j) < '0' || part.charAt(j) > '9') {
                    return null;
                }
                octet = octet * 10 + part.charAt(j) - '0';
            }
            if (octet > 255) {
                return null;
            }
            octets[i] = octet;
        }
        return new IpAddress(List.of(octets));
    }

    private static @Nullable IpAddress parseVersion6(String text) {
        if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
            return null;
        }
        try {
            // One with an IPv4 address mapped into it comes back as that.
            return Inet6Address.ofLiteral(text) instanceof Inet6Address address ? of(address.getAddress()) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static IpAddress of(byte[] bytes) {
        Integer[] octets = new Integer[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            octets[i] = Byte.toUnsignedInt(bytes[i]);
        }
        return new IpAddress(List.of(octets));
    }

    long family() {
        return octets.size() == OCTETS_V4 ? 4 : 6;
    }

    boolean isUnspecified() {
        return octets.stream().allMatch(octet -> octet == 0);
    }

    /** The address with all but its first bits zero. */
    IpAddress masked(int bits) {
        Integer[] masked = new Integer[octets.size()];
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(bits - 8L * i, 0, 8);
            masked[i] = octets.get(i) & (0xFF00 >> kept) & 0xFF;
        }
        return new IpAddress(List.of(masked));
    }
}
