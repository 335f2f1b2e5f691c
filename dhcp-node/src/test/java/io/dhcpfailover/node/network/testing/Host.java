package io.dhcpfailover.node.network.testing;

import java.util.Locale;

/** The machines of {@link Namespaces}. */
public enum Host {
    /** Has nothing but the bridges {@code lan0}, {@code lan1} and {@code branch}, to which all others are tied. */
    SWITCH,
    /** Has {@code lan0} with 10.80.0.1/24, {@code lan1} with 10.81.0.1/24, and a route to the branch by the relay. */
    SERVER,
    /** Has {@code eth0} on lan0, without an address. */
    CLIENT0,
    /** Has {@code eth0} on lan1, without an address. */
    CLIENT1,
    /** Routes: {@code lan0} with 10.80.0.2/24, {@code branch} with 10.82.0.1/24, and the server as its way to all else. */
    RELAY,
    /** Has {@code eth0} on the branch, without an address. */
    BRANCH;

    String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
