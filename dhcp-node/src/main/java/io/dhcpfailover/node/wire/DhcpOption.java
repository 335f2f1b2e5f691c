package io.dhcpfailover.node.wire;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.DomainName;
import io.dhcpfailover.api.value.Ipv4Address;
import java.util.List;

/**
 * An option that this server knows: its code, and the type of its value. Section numbers are of RFC 2132 where no
 * other RFC is named. Any other option is octets by its code.
 *
 * @param <T> the value
 */
public final class DhcpOption<T> {

    /** The subnet mask; section 3.3. */
    public static final DhcpOption<Ipv4Address> SUBNET_MASK = of(1, OptionType.ADDRESS);

    /** Routers; section 3.5. */
    public static final DhcpOption<List<Ipv4Address>> ROUTERS = of(3, OptionType.ADDRESSES);

    /** Domain name servers; section 3.8. */
    public static final DhcpOption<List<Ipv4Address>> DNS_SERVERS = of(6, OptionType.ADDRESSES);

    /** Log servers; section 3.9. */
    public static final DhcpOption<List<Ipv4Address>> LOG_SERVERS = of(7, OptionType.ADDRESSES);

    /** The client's name; section 3.14. */
    public static final DhcpOption<String> HOST_NAME = of(12, OptionType.TEXT);

    /** The domain; section 3.17. */
    public static final DhcpOption<String> DOMAIN_NAME = of(15, OptionType.TEXT);

    /** The MTU, in octets; section 5.1. */
    public static final DhcpOption<Integer> MTU = of(26, OptionType.UINT16);

    /** The broadcast address; section 5.3. */
    public static final DhcpOption<Ipv4Address> BROADCAST_ADDRESS = of(28, OptionType.ADDRESS);

    /** NTP servers; section 8.3. */
    public static final DhcpOption<List<Ipv4Address>> NTP_SERVERS = of(42, OptionType.ADDRESSES);

    /** Vendor specific information; section 8.4. */
    public static final DhcpOption<byte[]> VENDOR_SPECIFIC_INFORMATION = of(43, OptionType.OCTETS);

    /** NetBIOS name servers; section 8.5. */
    public static final DhcpOption<List<Ipv4Address>> NETBIOS_NAME_SERVERS = of(44, OptionType.ADDRESSES);

    /** The NetBIOS node type; section 8.7. */
    public static final DhcpOption<Integer> NETBIOS_NODE_TYPE = of(46, OptionType.UINT8);

    /** The address that a client asks for; section 9.1. */
    public static final DhcpOption<Ipv4Address> REQUESTED_ADDRESS = of(50, OptionType.ADDRESS);

    /** The lease time, in seconds, of which 2^32 - 1 means without end; section 9.2. */
    public static final DhcpOption<Long> LEASE_TIME = of(51, OptionType.UINT32);

    /** Which of the fields sname and file hold options; section 9.3. */
    public static final DhcpOption<Integer> OVERLOAD = of(52, OptionType.UINT8);

    /** What the message is; section 9.6. Absent in BOOTP. */
    public static final DhcpOption<MessageType> MESSAGE_TYPE = of(53, OptionType.MESSAGE_TYPE);

    /** The server; section 9.7. */
    public static final DhcpOption<Ipv4Address> SERVER_IDENTIFIER = of(54, OptionType.ADDRESS);

    /** Codes of the options that a client wants, in its order; section 9.8. */
    public static final DhcpOption<byte[]> PARAMETER_REQUEST_LIST = of(55, OptionType.OCTETS);

    /** Why a request was refused; section 9.9. */
    public static final DhcpOption<String> MESSAGE = of(56, OptionType.TEXT);

    /** The longest message that a client takes, in octets; section 9.10. */
    public static final DhcpOption<Integer> MAXIMUM_MESSAGE_SIZE = of(57, OptionType.UINT16);

    /** T1, in seconds; section 9.11. */
    public static final DhcpOption<Long> RENEWAL_TIME = of(58, OptionType.UINT32);

    /** T2, in seconds; section 9.12. */
    public static final DhcpOption<Long> REBINDING_TIME = of(59, OptionType.UINT32);

    /** What kind of client asks; section 9.13. */
    public static final DhcpOption<byte[]> VENDOR_CLASS_IDENTIFIER = of(60, OptionType.OCTETS);

    /** The name by which a client wants to be known; section 9.14, RFC 4361. */
    public static final DhcpOption<ClientIdentifier> CLIENT_IDENTIFIER = of(61, OptionType.CLIENT_IDENTIFIER);

    /** The TFTP server; section 9.4. */
    public static final DhcpOption<String> TFTP_SERVER_NAME = of(66, OptionType.TEXT);

    /** The boot file; section 9.5. */
    public static final DhcpOption<String> BOOT_FILE_NAME = of(67, OptionType.TEXT);

    /** A client's name, and who registers it; RFC 4702. */
    public static final DhcpOption<ClientFqdn> CLIENT_FQDN = of(81, ClientFqdn.TYPE);

    /** What a relay says of a client; RFC 3046. */
    public static final DhcpOption<RelayAgentInformation> RELAY_AGENT_INFORMATION = of(82, RelayAgentInformation.TYPE);

    /** Seconds since the client of a leasequery was last heard of; RFC 4388, section 6.1. */
    public static final DhcpOption<Long> CLIENT_LAST_TRANSACTION_TIME = of(91, OptionType.UINT32);

    /** All addresses of the client of a leasequery; RFC 4388, section 6.1. */
    public static final DhcpOption<List<Ipv4Address>> ASSOCIATED_ADDRESSES = of(92, OptionType.ADDRESSES);

    /** The time zone as POSIX writes it; RFC 4833. */
    public static final DhcpOption<String> POSIX_TIMEZONE = of(100, OptionType.TEXT);

    /** The time zone by its name; RFC 4833. */
    public static final DhcpOption<String> TIMEZONE_NAME = of(101, OptionType.TEXT);

    /** Seconds for which a client does without IPv4; RFC 8925. */
    public static final DhcpOption<Long> IPV6_ONLY_PREFERRED = of(108, OptionType.UINT32);

    /** The URI of the captive portal API; RFC 8910. */
    public static final DhcpOption<String> CAPTIVE_PORTAL = of(114, OptionType.TEXT);

    /** Whether a client without an address may give itself one; RFC 2563. */
    public static final DhcpOption<Boolean> AUTO_CONFIGURE = of(116, OptionType.FLAG);

    /** An address of the subnet that a client wants an address of; RFC 3011. */
    public static final DhcpOption<Ipv4Address> SUBNET_SELECTION = of(118, OptionType.ADDRESS);

    /** Domains in which short names are searched; RFC 3397. */
    public static final DhcpOption<List<DomainName>> DOMAIN_SEARCH = of(119, DomainNames.TYPE);

    /** Routes; RFC 3442. */
    public static final DhcpOption<List<ClasslessRoute>> CLASSLESS_ROUTES = of(121, ClasslessRoute.TYPE);

    /** TFTP servers by address; RFC 5859. */
    public static final DhcpOption<List<Ipv4Address>> TFTP_SERVER_ADDRESSES = of(150, OptionType.ADDRESSES);

    private final int code;
    private final OptionType<T> type;

    private DhcpOption(int code, OptionType<T> type) {
        this.code = code;
        this.type = type;
    }

    private static <T> DhcpOption<T> of(int code, OptionType<T> type) {
        return new DhcpOption<>(code, type);
    }

    /** Its code, 1 to 254. */
    public int code() {
        return code;
    }

    OptionType<T> type() {
        return type;
    }

    @Override
    public String toString() {
        return "option " + code;
    }
}
