package io.dhcpfailover.node.network.testing;

import java.util.List;

/**
 * A machine of {@link Namespaces}: one of those that are there from the beginning, or one that was added.
 *
 * @param suffix of the names of its namespace and its ports of the switch: lower case letters and digits, at most ten
 */
public record Host(String suffix) {

    /** Has nothing but the bridges {@code lan0}, {@code lan1} and {@code branch}, to which all others are tied. */
    public static final Host SWITCH = new Host("switch");

    /** Has {@code lan0} with 10.80.0.1/24, {@code lan1} with 10.81.0.1/24, and a route to the branch by the relay. */
    public static final Host SERVER = new Host("server");

    /** Has {@code eth0} on lan0, without an address. */
    public static final Host CLIENT0 = new Host("client0");

    /** Has {@code eth0} on lan1, without an address. */
    public static final Host CLIENT1 = new Host("client1");

    /** Routes: {@code lan0} with 10.80.0.2/24, {@code branch} with 10.82.0.1/24, and the server as its way to all else. */
    public static final Host RELAY = new Host("relay");

    /** Has {@code eth0} on the branch, without an address. */
    public static final Host BRANCH = new Host("branch");

    static final List<Host> ALWAYS = List.of(SWITCH, SERVER, CLIENT0, CLIENT1, RELAY, BRANCH);

    /** The port of the switch that one of its interfaces is plugged into. */
    public String port(String device) {
        return suffix + "-" + device;
    }
}
