package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.schema.Rules;
import io.dhcpfailover.api.value.Ipv4Address;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * A failover partner that the operator does not run.
 *
 * @param address where it is reached, and where its own connections come from
 * @param port the TCP port of the failover protocol
 * @param protocol what it speaks
 */
@ApiType
public record ExternalServer(
        @Required
        @ValidationRule(value = Rules.IS_HOST, message = Rules.IS_HOST_MESSAGE)
        @JsonPropertyDescription("Where it is reached, and the address its own connections come from.")
        Ipv4Address address,

        @Default("647") @Min(1) @Max(65535) @JsonPropertyDescription("The TCP port on which it is reached.")
        Integer port,

        @Required
        @JsonPropertyDescription(
                "What it speaks: Draft12 for ISC dhcpd and Infoblox, Native for a server of another cluster.")
        Protocol protocol) {
    /** Takes what is absent as its default, where a document has not passed the schema. */
    public ExternalServer {
        port = port == null ? 647 : port;
    }

    /** What an external server speaks. */
    public enum Protocol {
        /** draft-ietf-dhc-failover-12 as ISC dhcpd implements it. */
        Draft12,
        /** The protocol between this project's own servers. */
        Native
    }
}
