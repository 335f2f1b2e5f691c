package io.dhcpfailover.node.configuration.cel;

import org.jspecify.annotations.Nullable;

/**
 * A network in CIDR notation, as Kubernetes' {@code cidr()} reads it.
 *
 * @param address as it was written, bits after the prefix included
 * @param length of the prefix, in bits
 */
record IpNetwork(IpAddress address, int length) {

    /** The network that a text says; null where it says none. */
    static @Nullable IpNetwork parse(String text) {
        int slash = text.lastIndexOf('/');
        String digits = text.substring(slash + 1);
        if (slash < 0 || digits.isEmpty() || digits.length() > 3 || (digits.length() > 1 && digits.charAt(0) == '0')) {
            return null;
        }
        int length = 0;
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return null;
            }
            length = length * 10 + digits.charAt(i) - '0';
        }
        IpAddress address = IpAddress.parse(text.substring(0, slash));
        return address == null || length > 8 * address.octets().size() ? null : new IpNetwork(address, length);
    }

    IpNetwork masked() {
        return new IpNetwork(address.masked(length), length);
    }
}
