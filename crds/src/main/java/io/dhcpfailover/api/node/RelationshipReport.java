package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.TimeText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A relationship, as one of its servers sees it. What is counted is counted since the process began.
 *
 * @param name of the DhcpFailoverRelationship
 * @param generation of its manifest that the server holds
 * @param hash of its spec that the server holds
 * @param role of the server in it
 * @param state of the server
 * @param previousState that the server was in before; null for none
 * @param since when it is in its state
 * @param partnerState as the server last heard it; null before it has
 * @param connected whether there is a session with the partner
 * @param lastContact when anything was last heard from the partner; null for never
 * @param clockSkewMilliseconds how far this server's clock is ahead of the partner's; null before it was measured
 * @param pendingUpdates binding updates that wait to be sent
 * @param unackedUpdates binding updates that are sent and not acknowledged
 * @param updatesSent binding updates
 * @param updatesReceived binding updates
 * @param updatesRefused binding updates of the partner that were refused
 * @param acksSent acknowledgements
 * @param acksReceived acknowledgements
 * @param transitionsToCommunicationsInterrupted how often it lost its partner
 * @param transitionsToPartnerDown how often it took its partner for down
 * @param transitionsToRecover how often it had to ask for its leases
 * @param freeThis free addresses that it may give to new clients
 * @param freePartner free addresses that its partner may
 * @param inUse addresses that are leased, or wait to be free again
 * @param leadTimeEndsAt when the MCLT ends, in PARTNER-DOWN and RECOVER-WAIT; null elsewhere
 * @param switchesAt when it takes its partner for down by itself; null where it does not
 * @param servedHash of all scopes that it serves in the relationship
 * @param scopes how many those are
 */
@ApiType
public record RelationshipReport(
        String name,
        long generation,
        String hash,
        ServerRole role,
        FailoverState state,
        @Nullable FailoverState previousState,
        @TimeText @Nullable Instant since,
        @Nullable FailoverState partnerState,
        boolean connected,
        @TimeText @Nullable Instant lastContact,
        @Nullable Long clockSkewMilliseconds,
        long pendingUpdates,
        long unackedUpdates,
        long updatesSent,
        long updatesReceived,
        long updatesRefused,
        long acksSent,
        long acksReceived,
        long transitionsToCommunicationsInterrupted,
        long transitionsToPartnerDown,
        long transitionsToRecover,
        long freeThis,
        long freePartner,
        long inUse,
        @TimeText @Nullable Instant leadTimeEndsAt,
        @TimeText @Nullable Instant switchesAt,
        String servedHash,
        int scopes) {}
