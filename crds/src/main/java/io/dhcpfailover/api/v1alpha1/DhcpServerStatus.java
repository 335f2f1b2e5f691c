package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.schema.ListMap;
import io.dhcpfailover.api.value.DurationText;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator saw of a server.
 *
 * @param observedGeneration the generation of the spec that this speaks of
 * @param address the server identifier in use
 * @param version what it runs
 * @param scopes how many scopes it serves
 * @param leases how many addresses are leased from it and its partners together
 * @param relationships the relationships it takes part in
 * @param clockSkew how far its clock is ahead of the operator's
 * @param conditions Ready, Reachable, Authorized, AddressStable, StorageHealthy
 */
@ApiType
@JsonClassDescription("What the operator saw of the server.")
public record DhcpServerStatus(
        @JsonPropertyDescription("The metadata.generation that this status speaks of.") @Nullable Long observedGeneration,

        @JsonPropertyDescription("The server identifier in use.") @Nullable Ipv4Address address,

        @Size(max = 64) @JsonPropertyDescription("The version of the server that runs.") @Nullable String version,

        @Min(0) @JsonPropertyDescription("How many scopes it serves.") @Nullable Integer scopes,

        @Min(0) @JsonPropertyDescription("How many addresses of its scopes are leased.") @Nullable Long leases,

        @Size(max = 1024) @ListMap("name") @JsonPropertyDescription("The relationships it takes part in.")
        List<Membership> relationships,

        @DurationText
        @JsonPropertyDescription("How far its clock is ahead of the operator's; negative when it is behind.")
        @Nullable Duration clockSkew,

        @Size(max = 16) @ListMap("type")
        @JsonPropertyDescription("Ready, Reachable, Authorized, AddressStable, StorageHealthy.")
        List<Condition> conditions) {

    /** Takes absent lists as empty ones. */
    public DhcpServerStatus {
        relationships = relationships == null ? List.of() : List.copyOf(relationships);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /**
     * A relationship that a server takes part in.
     *
     * @param name the DhcpFailoverRelationship
     * @param role the server's role in it
     * @param state the server's state in it; null before it is known
     */
    @ApiType
    public record Membership(
            @Required @JsonPropertyDescription("The DhcpFailoverRelationship.")
            ObjectName name,

            @Required @JsonPropertyDescription("The server's role in it.")
            ServerRole role,

            @JsonPropertyDescription("The server's state in it.") @Nullable FailoverState state) {}
}
