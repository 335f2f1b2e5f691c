package io.dhcpfailover.operator.certificates;

import io.dhcpfailover.api.value.Ipv4Address;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom a certificate is for.
 *
 * @param name its common name, at most 64 characters
 * @param addresses at which it is reached; a server has at least one
 * @param purpose what it is for
 */
public record Identity(String name, Set<Ipv4Address> addresses, Purpose purpose) {

    /** The longest common name (RFC 5280, appendix A: ub-common-name). */
    private static final int NAME_LENGTH_MAX = 64;

    /** @throws IllegalArgumentException when a server has no address: nobody could tell that it is the right one */
    public Identity {
        addresses = Set.copyOf(addresses);
        if (purpose == Purpose.SERVER && addresses.isEmpty()) {
            throw new IllegalArgumentException(
                    name + " needs the address of its node in its certificate, and has none");
        }
    }

    /** The operator. */
    public static Identity operator() {
        return new Identity("dhcp-failover-operator", Set.of(), Purpose.CLIENT);
    }

    /**
     * A DhcpServer.
     *
     * @param addresses of its node
     */
    public static Identity server(String namespace, String name, Set<Ipv4Address> addresses) {
        String full = namespace + "/" + name;
        // The addresses are what is checked; the name is for people.
        return new Identity(full.substring(0, Math.min(NAME_LENGTH_MAX, full.length())), addresses, Purpose.SERVER);
    }

    /** Its addresses, in order. */
    Set<String> addressTexts() {
        Set<String> texts = new TreeSet<>();
        addresses.forEach(address -> texts.add(address.toString()));
        return texts;
    }
}
