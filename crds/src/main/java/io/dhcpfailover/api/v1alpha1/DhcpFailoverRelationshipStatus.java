package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.schema.ListMap;
import io.dhcpfailover.api.value.DurationText;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.api.value.TimeText;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator saw of a relationship.
 *
 * @param observedGeneration the generation of the spec that this speaks of
 * @param state Empty until its first scope, then both servers' states
 * @param since since when it is that
 * @param effective what holds, defaults of the mode included
 * @param servers both servers
 * @param scopes how many scopes it has
 * @param scopesInSync how many of those both servers serve as asked
 * @param pendingUpdates binding updates that wait to be acknowledged, of both servers
 * @param counters what each server counted since it started
 * @param conditions Ready, PartnersConnected, ClocksInSync, ScopesInSync, PoolsBalanced, ConfigurationValid, Degraded
 */
@ApiType
@JsonClassDescription("What the operator saw of the relationship.")
public record DhcpFailoverRelationshipStatus(
        @JsonPropertyDescription("The metadata.generation that this status speaks of.") @Nullable Long observedGeneration,

        @Size(max = 64) @JsonPropertyDescription(
                "Empty until the relationship has its first scope, then the primary's and the secondary's state, such as Normal/Normal.")
        @Nullable String state,

        @TimeText @JsonPropertyDescription("Since when it has this state.") @Nullable Instant since,

        @JsonPropertyDescription("What holds, with the mode's defaults for what the spec leaves out.") @Nullable Effective effective,

        @Size(max = 2) @ListMap("name") @JsonPropertyDescription("Both servers, as each sees itself and its partner.")
        List<PartnerStatus> servers,

        @Min(0) @JsonPropertyDescription("How many scopes it has.") @Nullable Integer scopes,

        @Min(0) @JsonPropertyDescription("How many of its scopes both servers serve as asked.") @Nullable Integer scopesInSync,

        @Min(0) @JsonPropertyDescription("Binding updates of both servers that wait to be sent or acknowledged.")
        @Nullable Long pendingUpdates,

        @Size(max = 2) @ListMap("server") @JsonPropertyDescription("What each server counted since it started.")
        List<Counters> counters,

        @Size(max = 16) @ListMap("type")
        @JsonPropertyDescription(
                "Ready, PartnersConnected, ClocksInSync, ScopesInSync, PoolsBalanced, ConfigurationValid, Degraded.")
        List<Condition> conditions) {

    /** Takes absent lists as empty ones. */
    public DhcpFailoverRelationshipStatus {
        servers = servers == null ? List.of() : List.copyOf(servers);
        counters = counters == null ? List.of() : List.copyOf(counters);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /**
     * What holds, the mode's defaults included; what the mode does not have is null.
     *
     * @param mode how clients are shared
     * @param loadBalancePercent the primary's share
     * @param activeServer who answers
     * @param reservePercent the standby's share of the free addresses
     * @param maxClientLeadTime the MCLT
     * @param stateSwitchInterval the safe period
     */
    @ApiType
    public record Effective(
            @JsonPropertyDescription("How clients are shared.")
            DhcpFailoverRelationshipSpec.@Nullable Mode mode,

            @Min(0) @Max(100) @JsonPropertyDescription("The primary's share of clients and of free addresses.")
            @Nullable Integer loadBalancePercent,

            @JsonPropertyDescription("Which server answers clients.") @Nullable ServerRole activeServer,

            @Min(0) @Max(100) @JsonPropertyDescription("The standby's share of the free addresses.") @Nullable Integer reservePercent,

            @DurationText @JsonPropertyDescription("The MCLT.") @Nullable Duration maxClientLeadTime,

            @DurationText
            @JsonPropertyDescription(
                    "After how long in COMMUNICATIONS-INTERRUPTED a server takes its partner for down.")
            @Nullable Duration stateSwitchInterval) {}

    /**
     * One server of a relationship.
     *
     * @param name the DhcpServer
     * @param role its role
     * @param state its state
     * @param previousState the state it was in before
     * @param since since when it is in its state
     * @param partnerStateSeen the partner's state as this server last heard it
     * @param lastContact when it last heard from its partner
     * @param clockSkew how far its clock is ahead of its partner's
     * @param pendingUpdates binding updates that wait to be sent
     * @param unackedUpdates binding updates that are sent and not acknowledged
     * @param servedHash of all scopes of the relationship that it serves
     * @param mcltEndsAt when it may use its partner's addresses, in PARTNER-DOWN, or serve again, in RECOVER-WAIT
     * @param switchesAt when it takes its partner for down by itself
     */
    @ApiType
    public record PartnerStatus(
            @Required @JsonPropertyDescription("The DhcpServer.")
            ObjectName name,

            @Required @JsonPropertyDescription("Its role.") ServerRole role,
            @JsonPropertyDescription("Its state.") @Nullable FailoverState state,

            @JsonPropertyDescription("The state it was in before.") @Nullable FailoverState previousState,

            @TimeText @JsonPropertyDescription("Since when it is in its state.") @Nullable Instant since,

            @JsonPropertyDescription("The partner's state as this server last heard it.") @Nullable FailoverState partnerStateSeen,

            @TimeText @JsonPropertyDescription("When it last heard from its partner.") @Nullable Instant lastContact,

            @DurationText
            @JsonPropertyDescription("How far its clock is ahead of its partner's; negative when it is behind.")
            @Nullable Duration clockSkew,

            @Min(0) @JsonPropertyDescription("Binding updates that wait to be sent.") @Nullable Long pendingUpdates,

            @Min(0) @JsonPropertyDescription("Binding updates that are sent and not acknowledged yet.") @Nullable Long unackedUpdates,

            @Size(max = 128) @JsonPropertyDescription("A hash of all scopes of the relationship as it serves them.")
            @Nullable String servedHash,

            @TimeText
            @JsonPropertyDescription(
                    "When the MCLT ends: in PARTNER-DOWN it may use its partner's addresses then, in RECOVER-WAIT it may serve again.")
            @Nullable Instant mcltEndsAt,

            @TimeText @JsonPropertyDescription("When it takes its partner for down by itself.") @Nullable Instant switchesAt) {}

    /**
     * What a server counted for a relationship since it started.
     *
     * @param server the DhcpServer
     * @param bindingUpdatesSent BNDUPD messages to its partner
     * @param bindingUpdatesReceived BNDUPD messages from its partner
     * @param bindingUpdatesDropped BNDUPD messages that it refused
     * @param bindingAcksSent BNDACK messages to its partner
     * @param bindingAcksReceived BNDACK messages from its partner
     * @param transitionsToCommunicationsInterrupted how often it lost its partner
     * @param transitionsToPartnerDown how often it took its partner for down
     * @param transitionsToRecover how often it had to ask for its leases
     * @param freeThis free addresses that it may give to new clients
     * @param freePartner free addresses that its partner may
     * @param inUseThis addresses in use that it gave
     * @param inUsePartner addresses in use that its partner gave
     */
    @ApiType
    public record Counters(
            @Required @JsonPropertyDescription("The DhcpServer.")
            ObjectName server,

            @Min(0) @JsonPropertyDescription("Binding updates sent to its partner.") @Nullable Long bindingUpdatesSent,

            @Min(0) @JsonPropertyDescription("Binding updates received from its partner.") @Nullable Long bindingUpdatesReceived,

            @Min(0) @JsonPropertyDescription("Binding updates of its partner that it refused.") @Nullable Long bindingUpdatesDropped,

            @Min(0) @JsonPropertyDescription("Acknowledgements sent to its partner.") @Nullable Long bindingAcksSent,

            @Min(0) @JsonPropertyDescription("Acknowledgements received from its partner.") @Nullable Long bindingAcksReceived,

            @Min(0) @JsonPropertyDescription("How often it lost its partner.") @Nullable Long transitionsToCommunicationsInterrupted,

            @Min(0) @JsonPropertyDescription("How often it took its partner for down.") @Nullable Long transitionsToPartnerDown,

            @Min(0) @JsonPropertyDescription("How often it had to ask its partner for leases.") @Nullable Long transitionsToRecover,

            @Min(0) @JsonPropertyDescription("Free addresses that it may give to new clients.") @Nullable Long freeThis,

            @Min(0) @JsonPropertyDescription("Free addresses that its partner may give to new clients.") @Nullable Long freePartner,

            @Min(0) @JsonPropertyDescription("Addresses in use that it gave.") @Nullable Long inUseThis,

            @Min(0) @JsonPropertyDescription("Addresses in use that its partner gave.") @Nullable Long inUsePartner) {}
}
