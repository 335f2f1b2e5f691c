package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.ExternalServer;
import io.dhcpfailover.api.value.Ipv4Address;
import org.jspecify.annotations.Nullable;

/**
 * Where the partners of a server reach it, and where it comes from when it reaches them.
 *
 * @param address its address
 * @param port its TCP port
 */
public record FailoverEndpoint(Ipv4Address address, int port) {

    /**
     * What a spec says of it: the address of an external server, {@code failoverAddress}, or {@code serverAddress}.
     *
     * @return null where it says none of them
     */
    public static @Nullable FailoverEndpoint of(DhcpServerSpec spec) {
        ExternalServer external = spec.external();
        if (external != null) {
            return new FailoverEndpoint(external.address(), external.port());
        }
        Ipv4Address address = spec.failoverAddress() == null ? spec.serverAddress() : spec.failoverAddress();
        return address == null ? null : new FailoverEndpoint(address, spec.failoverPort());
    }
}
