package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.api.value.TimeText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server knows of an address. What a client sent is escaped, so that no terminal takes it for a command.
 *
 * @param address the address
 * @param state what it is to the server
 * @param scope that it is in; null where no scope of the server has it
 * @param client who has it, or had it last, in hexadecimal: its identifier, or its hardware type and address; null where
 *     nobody ever had it
 * @param identified whether the client sends that as its identifier (option 61)
 * @param hardwareAddress of the client; null where it has none
 * @param hostName that the client sends; null where it sends none
 * @param relayAgentInformation what the relay said of it (option 82), in hexadecimal; null where nothing
 * @param start when the client got it; null where nobody has
 * @param end when the lease, or the abandonment, ends or ended; null where it never does, or there is none
 * @param lastTransaction when the client was last heard; null for never
 * @param since since when it is in its state; null where it never changed
 * @param offeredTo the client for whom it is held; null for none
 * @param pending whether the partner has not acknowledged what is known here
 * @param history clients that had it before, the latest first
 */
@ApiType
public record Lease(
        Ipv4Address address,
        LeaseState state,
        @Nullable ObjectName scope,
        @Nullable String client,
        boolean identified,
        @Nullable String hardwareAddress,
        @Nullable String hostName,
        @Nullable String relayAgentInformation,
        @TimeText @Nullable Instant start,
        @TimeText @Nullable Instant end,
        @TimeText @Nullable Instant lastTransaction,
        @TimeText @Nullable Instant since,
        @Nullable String offeredTo,
        boolean pending,
        List<Past> history) {

    /** Takes an absent list as an empty one. */
    public Lease {
        history = history == null ? List.of() : List.copyOf(history);
    }

    /**
     * A client that had the address before.
     *
     * @param client in hexadecimal
     * @param start when it got the address
     * @param end when its lease ended, or when it gave the address back; null where that is not known
     */
    @ApiType
    public record Past(
            String client,
            @TimeText @Nullable Instant start,
            @TimeText @Nullable Instant end) {}
}
