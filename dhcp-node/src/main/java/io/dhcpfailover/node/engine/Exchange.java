package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.ClientDetails;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.RelayAgentInformation;
import org.jspecify.annotations.Nullable;

/** One packet of a client, and what follows from it alone. */
final class Exchange {

    private final DhcpPacket packet;
    private final Origin origin;
    private final long now;
    private final @Nullable ClientIdentifier identifier;
    private final ClientIdentity client;
    private final @Nullable RelayAgentInformation relayAgentInformation;
    private final boolean imagined;
    private final @Nullable ServedScope imaginedScope;

    Exchange(DhcpPacket packet, Origin origin, long now) {
        this(packet, origin, now, false, null);
    }

    private Exchange(
            DhcpPacket packet, Origin origin, long now, boolean imagined, @Nullable ServedScope imaginedScope) {
        this.packet = packet;
        this.origin = origin;
        this.now = now;
        this.identifier = packet.options().get(DhcpOption.CLIENT_IDENTIFIER);
        this.client = ClientIdentity.of(identifier, packet.chaddr());
        // What a client claims to be a relay's is none.
        this.relayAgentInformation = isRelayed() ? packet.options().get(DhcpOption.RELAY_AGENT_INFORMATION) : null;
        this.imagined = imagined;
        this.imaginedScope = imaginedScope;
    }

    /**
     * A packet that nobody sent: everything is decided as if somebody had, and nothing is changed by it.
     *
     * @param scope of the link that it comes from; null where that follows from the packet and its origin
     */
    static Exchange imagined(DhcpPacket packet, Origin origin, long now, @Nullable ServedScope scope) {
        return new Exchange(packet, origin, now, true, scope);
    }

    /** Whether nobody sent the packet, so that nothing may change. */
    boolean isImagined() {
        return imagined;
    }

    /** The scope that an imagined packet comes from; null where packet and origin say so. */
    @Nullable ServedScope imaginedScope() {
        return imaginedScope;
    }

    DhcpPacket packet() {
        return packet;
    }

    Origin origin() {
        return origin;
    }

    long now() {
        return now;
    }

    /** The same packet, later. */
    Exchange at(long later) {
        return new Exchange(packet, origin, later, imagined, imaginedScope);
    }

    /** Null for BOOTP. */
    @Nullable MessageType type() {
        return packet.options().get(DhcpOption.MESSAGE_TYPE);
    }

    @Nullable ClientIdentifier identifier() {
        return identifier;
    }

    ClientIdentity client() {
        return client;
    }

    boolean isRelayed() {
        return !packet.giaddr().equals(Ipv4Address.UNSPECIFIED);
    }

    /** Null where there is none, or no relay that could have added it. */
    @Nullable RelayAgentInformation relayAgentInformation() {
        return relayAgentInformation;
    }

    boolean hasAddress() {
        return !packet.ciaddr().equals(Ipv4Address.UNSPECIFIED);
    }

    @Nullable Ipv4Address requestedAddress() {
        return packet.options().get(DhcpOption.REQUESTED_ADDRESS);
    }

    @Nullable Ipv4Address serverIdentifier() {
        return packet.options().get(DhcpOption.SERVER_IDENTIFIER);
    }

    /** The client as a binding has it, which had {@code before} for a client. */
    BindingTable.Client clientOf(@Nullable Binding before, boolean bootp) {
        ClientDetails known = before != null && before.isOf(client) ? before.details() : ClientDetails.none();
        return new BindingTable.Client(
                client,
                identifier != null,
                packet.chaddr(),
                ClientDetails.of(packet, relayAgentInformation != null, known),
                bootp);
    }
}
