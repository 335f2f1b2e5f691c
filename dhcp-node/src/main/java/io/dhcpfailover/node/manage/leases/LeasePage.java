package io.dhcpfailover.node.manage.leases;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.lease.BindingView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some leases, in the order of their addresses.
 *
 * @param leases as each was when it was looked at
 * @param next after which address the next page begins; null where there is none
 */
public record LeasePage(List<BindingView> leases, @Nullable Ipv4Address next) {

    /** Copies the list. */
    public LeasePage {
        leases = List.copyOf(leases);
    }
}
