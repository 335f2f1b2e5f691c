package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.DomainName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * A client that always gets the same address.
 *
 * @param address the address
 * @param macAddress the hardware address by which the client is known
 * @param clientId the client identifier by which the client is known
 * @param hostname the name it is told
 * @param options what it is told besides or instead of what the scope tells
 */
@ApiType
@ValidationRule(
        value = "has(self.macAddress) != has(self.clientId)",
        message = "give either macAddress or clientId: a reservation knows its client by one of them")
public record Reservation(
        @Required @JsonPropertyDescription("The address, inside the subnet.")
        Ipv4Address address,

        @JsonPropertyDescription("The hardware address by which the client is known.") @Nullable MacAddress macAddress,

        @JsonPropertyDescription(
                "The client identifier (option 61) by which the client is known, in hexadecimal with its type: 01 and the hardware address for most, 00 and the characters for a name.")
        @Nullable ClientIdentifier clientId,

        @JsonPropertyDescription("The host name that the client is told (option 12).") @Nullable DomainName hostname,

        @JsonPropertyDescription("What this client is told besides or instead of what the scope tells.") @Nullable DhcpOptions options) {}
