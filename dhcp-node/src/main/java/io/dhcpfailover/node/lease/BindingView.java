package io.dhcpfailover.node.lease;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was known of an address at one moment. Unlike the binding itself it can be read in any thread. Times are seconds
 * since 1970, UTC; 0 where there is none.
 *
 * @param address the address
 * @param state what it is to the server
 * @param client who has it, or had it last; null where nobody ever had
 * @param identified whether the client sends that as option 61
 * @param bootp whether the client speaks BOOTP
 * @param hardware the client's hardware address; null where there is no client
 * @param details what else the client or its relay said
 * @param start when the client got it
 * @param end when the lease, or the abandonment, ends or ended; {@link Binding#UNLIMITED} where it never does
 * @param lastTransaction when the client was last heard
 * @param since since when it is in its state
 * @param history clients that had it before, the latest first
 * @param offeredTo for whom it is held; null where for nobody
 * @param shared whether a partner has to do with it
 * @param pending whether the partner has not acknowledged what is known here
 * @param ackedPotential until when the partner knows that the client may have it
 */
public record BindingView(
        Ipv4Address address,
        BindingState state,
        @Nullable ClientIdentity client,
        boolean identified,
        boolean bootp,
        @Nullable HardwareAddress hardware,
        ClientDetails details,
        long start,
        long end,
        long lastTransaction,
        long since,
        List<PastLease> history,
        @Nullable ClientIdentity offeredTo,
        boolean shared,
        boolean pending,
        long ackedPotential) {

    /** The binding as it is now. */
    public static BindingView of(Binding binding) {
        Offer offer = binding.offer();
        Agreement agreement = binding.agreement();
        return new BindingView(
                binding.address(),
                binding.state(),
                binding.client(),
                binding.identified(),
                binding.bootp(),
                binding.hardware(),
                binding.details(),
                binding.start(),
                binding.end(),
                binding.lastTransaction(),
                binding.since(),
                binding.history(),
                offer == null ? null : offer.client(),
                agreement != null,
                agreement != null && agreement.pending(),
                agreement == null ? 0 : agreement.ackedPotential());
    }
}
