package io.dhcpfailover.node.network;

/**
 * How sockets for clients are bound, and in a laboratory where partners are dialed.
 *
 * @param byInterface whether each is bound to its interface, which takes any client's packets and needs Linux's
 *     capabilities NET_BIND_SERVICE and NET_RAW; otherwise to the addresses of the interface, for a laboratory in which clients have
 *     an address of loopback
 * @param serverPort UDP port of the server, 1 to 65535
 * @param clientPort UDP port of clients that have no address yet, 1 to 65535
 * @param linkPort TCP port at a partner's address where it is dialed, 1 to 65535: a link that can be cut stands there, in
 *     front of the partner; 0 for the port on which the partner listens
 */
public record Binding(boolean byInterface, int serverPort, int clientPort, int linkPort) {

    /** The ports of RFC 2131, section 4.1. */
    public static final Binding DHCP = new Binding(true, 67, 68, 0);

    private static final int PORT_MAX = 65535;

    /** @throws IllegalArgumentException when a port is not from 1 to 65535 */
    public Binding {
        requirePort(serverPort);
        requirePort(clientPort);
        if (linkPort != 0) {
            requirePort(linkPort);
        }
    }

    /** The port that stands here for one of RFC 2131: the server's for 67, the client's for 68; any other is itself. */
    int port(int standard) {
        if (standard == DHCP.serverPort) {
            return serverPort;
        }
        return standard == DHCP.clientPort ? clientPort : standard;
    }

    private static void requirePort(int port) {
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("a port is from 1 to " + PORT_MAX + ", not " + port);
        }
    }

    /**
     * On addresses of loopback, for anybody on any machine. What goes to everyone on the link goes to 127.255.255.255.
     *
     * @param serverPort of the server, 1024 or more where it has no capabilities
     * @param clientPort of clients
     */
    public static Binding loopback(int serverPort, int clientPort) {
        return new Binding(false, serverPort, clientPort, 0);
    }

    /** The same, with partners dialed at this port. */
    public Binding withLinkPort(int port) {
        return new Binding(byInterface, serverPort, clientPort, port);
    }

    /** The plan, with each partner where it is to be dialed. */
    public PartnerPlan reached(PartnerPlan plan) {
        return linkPort == 0
                ? plan
                : new PartnerPlan(
                        plan.address(),
                        plan.port(),
                        plan.partners().stream()
                                .map(partner -> new PartnerPlan.Partner(partner.terms(), partner.address(), linkPort))
                                .toList());
    }
}
