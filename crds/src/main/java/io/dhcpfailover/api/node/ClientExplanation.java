package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.api.value.TimeText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client would get from a server, and why: decided by what decides on packets, as if the client asked now.
 *
 * @param server that was asked
 * @param time when
 * @param client that was asked for
 * @param places where it could be, one for each scope
 */
@ApiType
public record ClientExplanation(String server, @TimeText Instant time, String client, List<Place> places) {

    /** Takes an absent list as an empty one. */
    public ClientExplanation {
        places = places == null ? List.of() : List.copyOf(places);
    }

    /**
     * What it would get in a scope.
     *
     * @param scope null where its link is in no scope
     * @param answered whether the server answers its DISCOVER
     * @param outcome of that, such as OFFERED, PARTNERS_CLIENT or NO_FREE_ADDRESS
     * @param address that it is offered; null for none
     * @param leaseSeconds for how long; null where it is offered none, 4294967295 for ever
     * @param leased the address that it has now; null for none
     * @param renewal the outcome of a REQUEST that prolongs that; null where it has none
     * @param renewalSeconds for how long that would be prolonged; null where it is not
     * @param options of the answer
     * @param sharing what the partner has to do with it; null where there is none
     * @param reasons in the order of the decision
     */
    @ApiType
    public record Place(
            @Nullable ObjectName scope,
            boolean answered,
            String outcome,
            @Nullable Ipv4Address address,
            @Nullable Long leaseSeconds,
            @Nullable Ipv4Address leased,
            @Nullable String renewal,
            @Nullable Long renewalSeconds,
            List<Option> options,
            @Nullable Sharing sharing,
            List<String> reasons) {

        /** Takes absent lists as empty ones. */
        public Place {
            options = options == null ? List.of() : List.copyOf(options);
            reasons = reasons == null ? List.of() : List.copyOf(reasons);
        }
    }

    /**
     * An option of an answer.
     *
     * @param code 1 to 254
     * @param octets in hexadecimal
     */
    @ApiType
    public record Option(int code, String octets) {}

    /**
     * How a client is shared between two servers.
     *
     * @param relationship its name
     * @param mode of it
     * @param role of this server
     * @param state of this server
     * @param partnerState as the partner said last; null where it never said any
     * @param bucket of the client, 0 to 255
     * @param bucketServer whose that is while both serve
     * @param mcltSeconds by which clients get addresses
     */
    @ApiType
    public record Sharing(
            String relationship,
            Mode mode,
            ServerRole role,
            FailoverState state,
            @Nullable FailoverState partnerState,
            int bucket,
            ServerRole bucketServer,
            long mcltSeconds) {}
}
