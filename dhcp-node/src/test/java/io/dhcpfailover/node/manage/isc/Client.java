package io.dhcpfailover.node.manage.isc;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.failover.LoadBalance;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One client, which does nothing by itself. What it is refused, or not answered, fails the test. */
final class Client {

    /** Clients that have waited for so long are answered by either server. */
    private static final int LONG_WAITED = 10;

    /** How long a server takes that answers at all. */
    private static final Duration SOON = Duration.ofMillis(1500);

    private final Clients clients;
    private final HardwareAddress hardware;
    private final @Nullable ClientIdentifier identifier;
    private @Nullable Ipv4Address address;
    private @Nullable Ipv4Address server;
    private long end;

    Client(Clients clients, int number) {
        this(clients, number, null);
    }

    /**
     * One that says who it is.
     *
     * @param identifier option 61 of all that it sends; null for none
     */
    Client(Clients clients, int number, @Nullable ClientIdentifier identifier) {
        this.clients = clients;
        this.hardware = HardwareAddress.of(new MacAddress(0x0200_5E00_0000L + number));
        this.identifier = identifier;
    }

    /** Its address. */
    String address() {
        return Objects.requireNonNull(address, "it has none").toString();
    }

    /** When its lease ends, in milliseconds since 1970. */
    long end() {
        return end;
    }

    String hardware() {
        return HexFormat.ofDelimiter(":").formatHex(hardware.octets());
    }

    /** The bucket that it is in, 0 to 255. */
    int bucket() {
        return LoadBalance.hash(identifier == null ? hardware.octets() : identifier.octets());
    }

    /** Gets an address of this server, whosever client it is. */
    Client start(Seat from) throws IOException {
        DhcpPacket offer = clients.ask(xid -> discover(xid, LONG_WAITED), from);
        assertThat(offer).as("an offer of " + from + " to " + this).isNotNull();
        Ipv4Address offered = Objects.requireNonNull(offer).yiaddr();
        Ipv4Address identifier = Objects.requireNonNull(offer.options().get(DhcpOption.SERVER_IDENTIFIER));
        take(clients.ask(
                xid -> packet(
                        xid,
                        LONG_WAITED,
                        Ipv4Address.UNSPECIFIED,
                        options(MessageType.REQUEST)
                                .put(DhcpOption.SERVER_IDENTIFIER, identifier)
                                .put(DhcpOption.REQUESTED_ADDRESS, offered)),
                from));
        return this;
    }

    /** Whether this server offers anything; which one that has nothing left does not. */
    boolean isOffered(Seat from) throws IOException {
        int xid = clients.nextXid();
        clients.send(discover(xid, LONG_WAITED), from);
        return !clients.answers(xid, 1, SOON).isEmpty();
    }

    /** Who offers something to it, just started, of all servers that there are. */
    List<String> offerers() throws IOException {
        int xid = clients.nextXid();
        clients.send(discover(xid, 0), Seat.values());
        return clients.answers(xid, 2, SOON).stream()
                .map(offer -> String.valueOf(offer.options().get(DhcpOption.SERVER_IDENTIFIER)))
                .toList();
    }

    /** Renews its lease at this server, and keeps its address. */
    Client renew(Seat at) throws IOException {
        Ipv4Address own = Objects.requireNonNull(address);
        assertThat(end).as(this + ": the end of its lease").isGreaterThan(System.currentTimeMillis());
        take(clients.ask(xid -> packet(xid, 0, own, options(MessageType.REQUEST)), at));
        assertThat(address).isEqualTo(own);
        return this;
    }

    /** Asks both servers at once to renew its lease, and hears the one that answers first. */
    Client rebind() throws IOException {
        Ipv4Address own = Objects.requireNonNull(address);
        take(clients.ask(xid -> packet(xid, 0, own, options(MessageType.REQUEST)), Seat.values()));
        assertThat(address).isEqualTo(own);
        return this;
    }

    /** Gives its address back to this server. */
    void release(Seat to) throws IOException {
        Ipv4Address own = Objects.requireNonNull(address);
        Ipv4Address at = Ipv4Address.parse(to.address);
        clients.send(
                packet(
                        clients.nextXid(),
                        0,
                        own,
                        new Options.Builder()
                                .put(DhcpOption.MESSAGE_TYPE, MessageType.RELEASE)
                                .put(DhcpOption.SERVER_IDENTIFIER, at)),
                to);
        address = null;
    }

    /** Says to these servers that somebody else uses its address, and has none then. */
    void decline(Seat... to) throws IOException {
        Ipv4Address own = Objects.requireNonNull(address);
        clients.send(
                packet(
                        clients.nextXid(),
                        0,
                        Ipv4Address.UNSPECIFIED,
                        new Options.Builder()
                                .put(DhcpOption.MESSAGE_TYPE, MessageType.DECLINE)
                                .put(DhcpOption.SERVER_IDENTIFIER, Objects.requireNonNull(server))
                                .put(DhcpOption.REQUESTED_ADDRESS, own)),
                to);
        address = null;
    }

    private void take(@Nullable DhcpPacket answer) {
        assertThat(answer).as("an answer to " + this).isNotNull();
        Options options = Objects.requireNonNull(answer).options();
        assertThat(options.get(DhcpOption.MESSAGE_TYPE)).as(toString()).isEqualTo(MessageType.ACK);
        Long seconds = options.get(DhcpOption.LEASE_TIME);
        address = answer.yiaddr();
        server = options.get(DhcpOption.SERVER_IDENTIFIER);
        end = System.currentTimeMillis() + 1000 * Objects.requireNonNull(seconds);
    }

    private DhcpPacket discover(int xid, int secs) {
        return packet(xid, secs, Ipv4Address.UNSPECIFIED, options(MessageType.DISCOVER));
    }

    private static Options.Builder options(MessageType type) {
        return new Options.Builder()
                .put(DhcpOption.MESSAGE_TYPE, type)
                .put(DhcpOption.PARAMETER_REQUEST_LIST, new byte[] {1, 3, 51});
    }

    private DhcpPacket packet(int xid, int secs, Ipv4Address ciaddr, Options.Builder options) {
        if (identifier != null) {
            options.put(DhcpOption.CLIENT_IDENTIFIER, identifier);
        }
        return new DhcpPacket(
                DhcpPacket.Op.BOOTREQUEST,
                1,
                xid,
                secs,
                0,
                ciaddr,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                Clients.RELAY,
                hardware,
                "",
                "",
                options.build());
    }

    @Override
    public String toString() {
        return hardware() + " with " + address + " of " + server + " until " + end;
    }
}
