package io.dhcpfailover.node.manage.leases;

import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.wire.DhcpOption;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which leases somebody wants to see: those that meet all of it.
 *
 * @param subnet they lie in; null for any
 * @param state they are in; null for any
 * @param client who has it or had it last; null for any
 * @param hostName what their client's host name has in it, whatever the case of its letters; null for any
 */
public record LeaseFilter(
        @Nullable Ipv4Prefix subnet,
        @Nullable BindingState state,
        @Nullable ClientKey client,
        @Nullable String hostName) {

    /** Every lease. */
    public static final LeaseFilter ALL = new LeaseFilter(null, null, null, null);

    /** Whether a binding is one of them. */
    boolean takes(Binding binding) {
        return (state == null || binding.state() == state)
                && (subnet == null || subnet.contains(binding.address()))
                && (client == null || client.isOf(binding))
                && (hostName == null || hasName(binding, hostName));
    }

    private static boolean hasName(Binding binding, String part) {
        byte[] name = binding.details().value(DhcpOption.HOST_NAME.code());
        return name != null
                && new String(name, StandardCharsets.UTF_8)
                        .toLowerCase(Locale.ROOT)
                        .contains(part.toLowerCase(Locale.ROOT));
    }
}
