package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.schema.ListMap;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.api.value.TimeText;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator saw of a scope.
 *
 * @param observedGeneration the generation of the spec that this speaks of
 * @param statistics how its addresses are used
 * @param replicas what each server serves of it
 * @param conditions Ready, InSync, Exhausted, ConfigurationValid
 */
@ApiType
@JsonClassDescription("What the operator saw of the scope.")
public record DhcpScopeStatus(
        @JsonPropertyDescription("The metadata.generation that this status speaks of.") @Nullable Long observedGeneration,

        @JsonPropertyDescription("How its addresses are used.") @Nullable Statistics statistics,

        @Size(max = 2) @ListMap("server") @JsonPropertyDescription("What each server serves of it.")
        List<Replica> replicas,

        @Size(max = 16) @ListMap("type") @JsonPropertyDescription("Ready, InSync, Exhausted, ConfigurationValid.")
        List<Condition> conditions) {

    /** Takes absent lists as empty ones. */
    public DhcpScopeStatus {
        replicas = replicas == null ? List.of() : List.copyOf(replicas);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /**
     * How the addresses of a scope are used.
     *
     * @param total addresses in its ranges
     * @param excluded of those, the ones in exclusions
     * @param reserved addresses with a reservation
     * @param inUse leased, or waiting to be free again
     * @param free neither in use nor excluded nor reserved
     * @param servers how each server sees the split of the free ones
     * @param utilizationPercent in use, of what can be used
     * @param exhaustionForecast when the last free address will be given out, if it goes on like this
     */
    @ApiType
    public record Statistics(
            @Min(0) @JsonPropertyDescription("Addresses in its ranges.") @Nullable Long total,

            @Min(0) @JsonPropertyDescription("Of those, the ones in exclusions.") @Nullable Long excluded,

            @Min(0) @JsonPropertyDescription("Addresses with a reservation.") @Nullable Long reserved,

            @Min(0) @JsonPropertyDescription("Addresses that are leased, or wait to be free again.") @Nullable Long inUse,

            @Min(0) @JsonPropertyDescription("Addresses that a new client can get.") @Nullable Long free,

            @Size(max = 2) @ListMap("server")
            @JsonPropertyDescription("How each server sees the split of the free addresses.")
            List<FreeAddresses> servers,

            @Min(0) @Max(100) @JsonPropertyDescription("Addresses in use, of those that can be used.") @Nullable Integer utilizationPercent,

            @TimeText
            @JsonPropertyDescription("When the last free address will be given out, if use goes on to grow as it does.")
            @Nullable Instant exhaustionForecast) {

        /** Takes an absent list as an empty one. */
        public Statistics {
            servers = servers == null ? List.of() : List.copyOf(servers);
        }
    }

    /**
     * How a server sees the split of the free addresses.
     *
     * @param server the DhcpServer
     * @param freeThis those that it may give to new clients
     * @param freePartner those that its partner may
     */
    @ApiType
    public record FreeAddresses(
            @Required @JsonPropertyDescription("The DhcpServer.")
            ObjectName server,

            @Min(0) @JsonPropertyDescription("Free addresses that it may give to new clients.") @Nullable Long freeThis,

            @Min(0) @JsonPropertyDescription("Free addresses that its partner may give to new clients.") @Nullable Long freePartner) {}

    /**
     * What a server serves of a scope.
     *
     * @param server the DhcpServer
     * @param hash of what it serves
     * @param generation of the scope that it serves
     * @param appliedAt since when
     * @param state how that compares to what is asked
     */
    @ApiType
    public record Replica(
            @Required @JsonPropertyDescription("The DhcpServer.")
            ObjectName server,

            @Size(max = 128) @JsonPropertyDescription("A hash of what it serves.") @Nullable String hash,

            @JsonPropertyDescription("The metadata.generation of the scope that it serves.") @Nullable Long generation,

            @TimeText @JsonPropertyDescription("Since when it serves that.") @Nullable Instant appliedAt,

            @Required @JsonPropertyDescription("How what it serves compares to what is asked.")
            State state) {

        /** How what a server serves compares to what is asked. */
        public enum State {
            /** The same. */
            InSync,
            /** An earlier generation. */
            OutOfDate,
            /** Something that nobody asked for. */
            Drifted,
            /** The last change was refused. */
            Refused,
            /** The server does not answer. */
            Unknown
        }
    }
}
