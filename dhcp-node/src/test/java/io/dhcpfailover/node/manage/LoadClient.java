package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One client behind a relay: what it is, and which lease it has. Guarded by the lock of its {@link LoadClients}. */
final class LoadClient {

    /**
     * A lease, as its client knows it.
     *
     * @param ack what it was told
     * @param asked when it was asked for, in milliseconds since 1970
     * @param end when it ends, in milliseconds since 1970, counted from when it was asked for
     */
    record Lease(LoadClient client, DhcpPacket ack, long asked, long end) {
        Ipv4Address address() {
            return ack.yiaddr();
        }
    }

    /** What a client asks. */
    enum Question {
        DISCOVER,
        SELECT,
        RENEW,
        REBOOT
    }

    /** The address of the server. */
    static final Ipv4Address SERVER = Ipv4Address.parse("10.80.0.1");

    private final HardwareAddress hardware;
    private final @Nullable ClientIdentifier identifier;
    private final ClientIdentity identity;
    private final Ipv4Address relay;

    @Nullable Lease lease;

    /** Before this, in nanoseconds of the system's clock, it asks nothing. */
    long rests;

    /** The client of a number; every third one has an identifier besides its hardware address. */
    LoadClient(int number, Ipv4Address relay) {
        hardware = HardwareAddress.of(new MacAddress(0x0200_5E00_0000L + number));
        identifier = number % 3 == 0
                ? ClientIdentifier.parse("ff:00:00:%02x:%02x".formatted(number & 0xFF, number >> 8 & 0xFF)
                        + ":%02x".formatted(number >> 16 & 0xFF))
                : null;
        identity = ClientIdentity.of(identifier, hardware);
        this.relay = relay;
        rests = System.nanoTime();
    }

    /** Whether it has asked for its lease since then, in milliseconds since 1970. */
    boolean hasRenewedSince(long then) {
        return lease != null && lease.asked() >= then;
    }

    ClientIdentity identity() {
        return identity;
    }

    /** Its lease where it has not ended; null otherwise. */
    @Nullable Lease held() {
        return lease != null && lease.end() > System.currentTimeMillis() ? lease : null;
    }

    DhcpPacket ask(Question question, int xid, @Nullable Ipv4Address offered) {
        Ipv4Address own = lease == null ? Ipv4Address.UNSPECIFIED : lease.address();
        return switch (question) {
            case DISCOVER -> packet(xid, Ipv4Address.UNSPECIFIED, options(MessageType.DISCOVER));
            case SELECT ->
                packet(
                        xid,
                        Ipv4Address.UNSPECIFIED,
                        options(MessageType.REQUEST)
                                .put(DhcpOption.SERVER_IDENTIFIER, SERVER)
                                .put(DhcpOption.REQUESTED_ADDRESS, Objects.requireNonNull(offered)));
            case RENEW -> packet(xid, own, options(MessageType.REQUEST));
            case REBOOT ->
                packet(
                        xid,
                        Ipv4Address.UNSPECIFIED,
                        options(MessageType.REQUEST).put(DhcpOption.REQUESTED_ADDRESS, own));
        };
    }

    DhcpPacket release(int xid) {
        return packet(
                xid,
                Objects.requireNonNull(lease).address(),
                options(MessageType.RELEASE).put(DhcpOption.SERVER_IDENTIFIER, SERVER));
    }

    private Options.Builder options(MessageType type) {
        Options.Builder options = new Options.Builder()
                .put(DhcpOption.MESSAGE_TYPE, type)
                .put(DhcpOption.PARAMETER_REQUEST_LIST, new byte[] {1, 3, 6, 15, 51});
        return identifier == null ? options : options.put(DhcpOption.CLIENT_IDENTIFIER, identifier);
    }

    private DhcpPacket packet(int xid, Ipv4Address ciaddr, Options.Builder options) {
        return new DhcpPacket(
                DhcpPacket.Op.BOOTREQUEST,
                1,
                xid,
                0,
                0,
                ciaddr,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                relay,
                hardware,
                "",
                "",
                options.build());
    }

    @Override
    public String toString() {
        return identity + " with " + (lease == null ? "nothing" : lease.address());
    }
}
