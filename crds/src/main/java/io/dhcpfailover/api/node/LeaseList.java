package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.Ipv4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of leases.
 *
 * @param items in the order of their addresses
 * @param next what to give for {@code after} to get the next page; null where there is none
 */
@ApiType
public record LeaseList(List<Lease> items, @Nullable Ipv4Address next) {

    /** Takes an absent list as an empty one. */
    public LeaseList {
        items = items == null ? List.of() : List.copyOf(items);
    }
}
