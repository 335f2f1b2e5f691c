package io.dhcpfailover.operator.node;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.operator.report.ObjectKey;
import java.net.URI;

/** Where the node API of a server is. */
@FunctionalInterface
public interface NodeEndpoints {

    /**
     * That of a server.
     *
     * @param address of its node
     */
    URI of(ObjectKey server, Ipv4Address address);
}
