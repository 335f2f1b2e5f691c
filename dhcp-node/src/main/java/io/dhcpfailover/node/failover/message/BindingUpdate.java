package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.BindingVersion;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.Options;
import org.jspecify.annotations.Nullable;

/**
 * All that a server says of one address: one transaction of a BNDUPD (draft-ietf-dhc-failover-12, section 7.1). Always
 * the full picture: ISC dhcpd 4.4.3 forgets what is left out.
 *
 * <p>Times are in seconds since 1970 (UTC), 0 to 2^32 - 1; 0 is never, or not known.
 *
 * @param address the address
 * @param status what it is; with ABANDONED no client is named (section 7.1), on sending and on receiving
 * @param reserved the address is kept for its client
 * @param bootp the lease was given by BOOTP
 * @param clientIdentifier what the client sent as option 61, 0 to 255 octets; null where it sent none
 * @param hardwareAddress the client's; not null where the status is ACTIVE, EXPIRED or RELEASED
 * @param leaseExpiration until when the client was told that it may use the address
 * @param potentialExpiration until when the sender would like to be able to tell it so
 * @param stateStart when the status began. With ISC dhcpd 4.4.3, when the lease began
 * @param clientLastTransaction when the sender last heard of the client itself
 * @param clientOptions what the client and its relay say of it: options 12, 60, 81 and 82, each with 1 to 255 octets.
 *     Sent where both servers have {@link Extension.Feature#CLIENT_OPTIONS}
 * @param version which changes it contains; null where the sender does not say it. Sent with the client options
 */
public record BindingUpdate(
        Ipv4Address address,
        BindingState status,
        boolean reserved,
        boolean bootp,
        @Nullable Octets clientIdentifier,
        @Nullable HardwareAddress hardwareAddress,
        long leaseExpiration,
        long potentialExpiration,
        long stateStart,
        long clientLastTransaction,
        Options clientOptions,
        @Nullable BindingVersion version) {

    static final int CLIENT_IDENTIFIER_LENGTH_MAX = 255;
    static final int CLIENT_OPTION_LENGTH_MAX = 255;

    /** Of option 12: R. The least significant bit is bit 0 (measured with ISC dhcpd 4.4.3). */
    static final int RESERVED = 1;

    /** Of option 12: B. */
    static final int BOOTP = 2;

    /**
     * @throws IllegalArgumentException when a time is outside its range, the client identifier is too long, or a
     *     status that has a client lacks the hardware address
     */
    public BindingUpdate {
        Ranges.uint32("lease-expiration-time", leaseExpiration);
        Ranges.uint32("potential-expiration-time", potentialExpiration);
        Ranges.uint32("start-time-of-state", stateStart);
        Ranges.uint32("client-last-transaction-time", clientLastTransaction);
        if (clientIdentifier != null) {
            Ranges.between(
                    "octets of a client identifier:", clientIdentifier.length(), 0, CLIENT_IDENTIFIER_LENGTH_MAX);
        }
        if (hardwareAddress == null && needsHardwareAddress(status)) {
            throw new IllegalArgumentException(address + " is " + status + " without a hardware address");
        }
    }

    /** Of a server that numbers no changes. */
    public BindingUpdate(
            Ipv4Address address,
            BindingState status,
            boolean reserved,
            boolean bootp,
            @Nullable Octets clientIdentifier,
            @Nullable HardwareAddress hardwareAddress,
            long leaseExpiration,
            long potentialExpiration,
            long stateStart,
            long clientLastTransaction,
            Options clientOptions) {
        this(
                address,
                status,
                reserved,
                bootp,
                clientIdentifier,
                hardwareAddress,
                leaseExpiration,
                potentialExpiration,
                stateStart,
                clientLastTransaction,
                clientOptions,
                null);
    }

    /** Whether a status has a client, whose hardware address has to be said (section 7.1). */
    static boolean needsHardwareAddress(BindingState status) {
        return switch (status) {
            case ACTIVE, EXPIRED, RELEASED -> true;
            case FREE, ABANDONED, RESET, BACKUP -> false;
        };
    }

    /** Whether option 8 carries an option of a client: the names for it, its vendor class, and what its relay says. */
    static boolean isClientOption(int code) {
        return code == 12 || code == 60 || code == 81 || code == 82;
    }
}
