package io.dhcpfailover.api.schema;

/**
 * The parts that more than one validation rule is made of, in CEL as the API server knows it from Kubernetes 1.33.
 *
 * <p>The API server refuses a rule whose cost it cannot bound, so every list and text that a rule looks at has a
 * maximum, and rules over pairs are kept to short lists.
 */
public final class Rules {

    /** Enough for 9999999d59m59s: with 13 digits, seconds cannot overflow what the API server counts with. */
    public static final int DURATION_LENGTH_MAX = 14;

    /** Whether {@code self} is an IPv4 address. */
    public static final String IS_ADDRESS = "isIP(self) && ip(self).family() == 4";

    /** Whether {@code self} is a duration in days, hours, minutes and seconds. */
    public static final String IS_DURATION = "self.matches('^([0-9]+(d|h|m|s))+$')";

    /** After a text: its seconds, where it {@link #IS_DURATION}, otherwise zero. */
    public static final String SECONDS_OF = ".findAll('[0-9]+[dhms]').map(part, int(part.substring(0, part.size() - 1))"
            + " * {'d': 86400, 'h': 3600, 'm': 60, 's': 1}[part.substring(part.size() - 1)]).sum()";

    /** The seconds of {@code self}. */
    public static final String SECONDS = "self" + SECONDS_OF;

    /** Whether {@code self} may be the address of a host; whether it is an address at all, another rule says. */
    public static final String IS_HOST = "!isIP(self) || ip(self).family() != 4"
            + " || (!ip(self).isUnspecified() && int(self.split('.')[0]) < 224)";

    /** What {@link #IS_HOST} says to a person. */
    public static final String IS_HOST_MESSAGE = "must be the address of one host: not 0.0.0.0, multicast or broadcast";

    /** After {@code [address}: its number, as {@code [address.split('.')…} has it. */
    public static final String AS_NUMBER =
            ".split('.').map(octet, int(octet))].map(o, ((o[0] * 256 + o[1]) * 256 + o[2]) * 256 + o[3])[0]";

    private Rules() {}
}
