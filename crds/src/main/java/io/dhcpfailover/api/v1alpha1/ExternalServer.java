package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.Ipv4Address;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/**
 * A failover partner that the operator does not run.
 *
 * @param address where it is reached, and where its own connections come from
 * @param port the TCP port of the failover protocol
 * @param protocol what it speaks
 */
@ApiType
public record ExternalServer(
        @Required @JsonPropertyDescription("Where it is reached, and the address its own connections come from.")
        Ipv4Address address,

        @Default("647") @Min(1) @Max(65535) @JsonPropertyDescription("The TCP port on which it is reached.")
        int port,

        @Required
        @JsonPropertyDescription(
                "What it speaks: Draft12 for ISC dhcpd and Infoblox, Native for a server of another cluster.")
        Protocol protocol) {

    /** What an external server speaks. */
    public enum Protocol {
        /** draft-ietf-dhc-failover-12 as ISC dhcpd implements it. */
        Draft12,
        /** The protocol between this project's own servers. */
        Native
    }
}
