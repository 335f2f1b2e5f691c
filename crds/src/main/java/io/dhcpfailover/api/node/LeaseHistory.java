package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.TimeText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to leases.
 *
 * @param items the latest first
 */
@ApiType
public record LeaseHistory(List<Entry> items) {

    /** Takes an absent list as an empty one. */
    public LeaseHistory {
        items = items == null ? List.of() : List.copyOf(items);
    }

    /**
     * An event.
     *
     * @param time when it was
     * @param server that saw it
     * @param action ASSIGNED, RENEWED, RELEASED, EXPIRED, DECLINED, IN_USE, PARTNER_ASSIGNED, PARTNER_ENDED,
     *     ADMINISTRATOR_RELEASED or ADMINISTRATOR_RESET
     * @param address of which it was
     * @param scope of the address; null where no scope had it
     * @param client in hexadecimal: its identifier, or its hardware type and address; null where there was none
     * @param hardwareAddress of the client; null where it has none
     * @param hostName that the client sends, escaped; null where it sends none
     * @param relay the address of the relay that it came by; null for none
     * @param relayAgentInformation what the relay said of it (option 82), in hexadecimal; null where nothing
     * @param end when the lease ends; null where it never does
     */
    @ApiType
    public record Entry(
            @TimeText Instant time,
            String server,
            String action,
            Ipv4Address address,
            @Nullable String scope,
            @Nullable String client,
            @Nullable String hardwareAddress,
            @Nullable String hostName,
            @Nullable String relay,
            @Nullable String relayAgentInformation,
            @TimeText @Nullable Instant end) {}
}
