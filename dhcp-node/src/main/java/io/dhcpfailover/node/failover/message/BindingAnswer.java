package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.api.value.Ipv4Address;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one update: one transaction of a BNDACK (draft-ietf-dhc-failover-12, section 7.2). It says nothing of
 * the binding: ISC dhcpd 4.4.3 forgets the acknowledged time of a client where a BNDACK names the client.
 *
 * @param address of the update
 * @param refusal why the update was not taken over; null where it was
 * @param message why, for a person; null where the update was taken over, or nothing is to be added
 */
public record BindingAnswer(
        Ipv4Address address,
        @Nullable RejectReason refusal,
        @Nullable String message) {

    /** The update was taken over, and is on disk. */
    public static BindingAnswer accepted(Ipv4Address address) {
        return new BindingAnswer(address, null, null);
    }

    /** The update was not taken over. */
    public static BindingAnswer refused(Ipv4Address address, RejectReason reason, String message) {
        return new BindingAnswer(address, reason, message);
    }
}
