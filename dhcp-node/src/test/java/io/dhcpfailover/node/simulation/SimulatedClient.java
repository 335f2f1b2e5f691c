package io.dhcpfailover.node.simulation;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client by figure 5 of RFC 2131, of the careless kind: it counts its lease from when the ACK reaches it, forgets its
 * address or goes away without a word, and believes every reply to its transaction.
 */
final class SimulatedClient {

    private static final int SECS_MAX = 0xFFFF;

    /** More than there are clients on a link. */
    private static final int LINK_CLIENTS = 0x100;

    private enum State {
        OFF,
        INIT,
        SELECTING,
        REQUESTING,
        REBOOTING,
        BOUND
    }

    private final World world;
    private final int link;
    private final Ipv4Address first;
    private final HardwareAddress chaddr;
    private final BiConsumer<DhcpPacket, Origin> network;
    private final Predicate<Ipv4Address> isUsed;
    private State state = State.OFF;
    private @Nullable Ipv4Address address;
    private @Nullable Ipv4Address wanted;
    private long end;
    private long renewAt;
    private long rebindAt;
    private int xid;
    private int tries;

    /** Since when it has been asking for an address; 0 while it is not. */
    private long asksSince;

    private boolean settled;
    private boolean paused;

    /** Whom it speaks to: whose offer it takes, or who gave it its lease. */
    private Ipv4Address server = Ipv4Address.UNSPECIFIED;

    /** The first one has number 0. */
    static MacAddress hardware(int link, int number) {
        return new MacAddress(0x0200_5E00_0001L + number + (link - 1L) * LINK_CLIENTS);
    }

    SimulatedClient(World world, int number, BiConsumer<DhcpPacket, Origin> network, Predicate<Ipv4Address> isUsed) {
        this(world, number, 1, Ipv4Address.parse("192.0.2.10"), network, isUsed);
    }

    /**
     * A client that is off.
     *
     * @param number from 1 up
     * @param link the servers' interface that it is on
     * @param first address of those that it may ask for
     */
    SimulatedClient(
            World world,
            int number,
            int link,
            Ipv4Address first,
            BiConsumer<DhcpPacket, Origin> network,
            Predicate<Ipv4Address> isUsed) {
        this.world = world;
        this.link = link;
        this.first = first;
        this.chaddr = HardwareAddress.of(hardware(link, number - 1));
        this.network = network;
        this.isUsed = isUsed;
        world.after(world.random().nextInt(20_000), this::act);
    }

    /** The address that it believes to have; null where it has none. */
    @Nullable Ipv4Address address() {
        return world.now() < end ? address : null;
    }

    HardwareAddress chaddr() {
        return chaddr;
    }

    boolean isBound() {
        return address() != null;
    }

    /** Is on from now on, and stays on. */
    void settle() {
        settled = true;
        if (state == State.OFF) {
            state = State.INIT;
        }
    }

    /** Does and says nothing from now on, and keeps its address for as long as it may. */
    void pause(boolean pauses) {
        paused = pauses;
    }

    private void act() {
        if (paused) {
            world.after(1000, this::act);
            return;
        }
        if (address != null && world.now() >= end) {
            address = null;
            state = State.INIT;
        }
        switch (state) {
            case OFF -> {
                if (world.oneOf(3)) {
                    begin();
                }
            }
            case INIT -> discover();
            case SELECTING, REQUESTING, REBOOTING -> retry();
            case BOUND -> bound();
        }
        long pause = state == State.BOUND ? 5_000 : 4_000;
        world.after(pause + world.random().nextInt(1000), this::act);
    }

    private void begin() {
        if (address != null && world.oneOf(2)) {
            state = State.REBOOTING;
            tries = 0;
            asks();
            nextTransaction();
            send(base(MessageType.REQUEST).put(DhcpOption.REQUESTED_ADDRESS, address), false, false);
        } else {
            // It may still remember its address, and does not use it: a new start forgets the lease.
            address = null;
            state = State.INIT;
        }
    }

    private void asks() {
        if (asksSince == 0) {
            asksSince = world.now();
        }
    }

    private void discover() {
        asks();
        state = State.SELECTING;
        tries = 0;
        nextTransaction();
        sendDiscover();
    }

    private void sendDiscover() {
        Options.Builder options = base(MessageType.DISCOVER);
        if (world.oneOf(4)) {
            options.put(
                    DhcpOption.REQUESTED_ADDRESS,
                    new Ipv4Address(first.bits() + world.random().nextInt(12)));
        }
        send(options, false, false);
    }

    private void retry() {
        if (++tries > 3) {
            state = State.INIT;
            address = state == State.REBOOTING ? address : null;
        } else if (state == State.SELECTING) {
            sendDiscover();
        } else if (state == State.REQUESTING) {
            sendRequest();
        }
    }

    private void sendRequest() {
        send(
                base(MessageType.REQUEST)
                        .put(DhcpOption.REQUESTED_ADDRESS, Objects.requireNonNull(wanted))
                        .put(DhcpOption.SERVER_IDENTIFIER, server),
                false,
                false);
    }

    private void bound() {
        Ipv4Address own = Objects.requireNonNull(address);
        switch (settled ? 2 : world.random().nextInt(40)) {
            case 0 -> {
                send(base(MessageType.RELEASE).put(DhcpOption.SERVER_IDENTIFIER, server), true, true);
                address = null;
                state = State.OFF;
            }
            case 1 -> state = State.OFF;
            default -> {
                if (world.now() >= rebindAt) {
                    repeatOrBegin();
                    send(base(MessageType.REQUEST), true, false);
                } else if (world.now() >= renewAt) {
                    repeatOrBegin();
                    send(base(MessageType.REQUEST), true, true);
                }
            }
        }
        if (address != null && isUsed.test(own)) {
            send(
                    base(MessageType.DECLINE)
                            .put(DhcpOption.REQUESTED_ADDRESS, own)
                            .put(DhcpOption.SERVER_IDENTIFIER, server),
                    false,
                    false);
            address = null;
            state = State.INIT;
        }
    }

    /** Most clients repeat a request under its number, so that a late reply to the first one counts. */
    private void repeatOrBegin() {
        if (world.oneOf(4)) {
            nextTransaction();
        }
    }

    private void nextTransaction() {
        xid = world.random().nextInt();
    }

    private static Options.Builder base(MessageType type) {
        return new Options.Builder().put(DhcpOption.MESSAGE_TYPE, type);
    }

    private void send(Options.Builder options, boolean withAddress, boolean unicast) {
        Ipv4Address ciaddr = withAddress && address != null ? address : Ipv4Address.UNSPECIFIED;
        DhcpPacket packet = new DhcpPacket(
                DhcpPacket.Op.BOOTREQUEST,
                0,
                xid,
                asksSince == 0 ? 0 : (int) Math.min(SECS_MAX, (world.now() - asksSince) / 1000),
                0,
                ciaddr,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                chaddr,
                "",
                "",
                options.build());
        network.accept(packet, new Origin(link, ciaddr, 68, unicast ? server : Ipv4Address.BROADCAST));
    }

    /** A reply that reached it. */
    void receive(Reply reply) {
        DhcpPacket packet = reply.packet();
        if (packet.xid() != xid || state == State.OFF) {
            return;
        }
        MessageType type = packet.options().get(DhcpOption.MESSAGE_TYPE);
        if (type == MessageType.OFFER && state == State.SELECTING) {
            wanted = packet.yiaddr();
            server = Objects.requireNonNull(packet.options().get(DhcpOption.SERVER_IDENTIFIER));
            state = State.REQUESTING;
            tries = 0;
            sendRequest();
        } else if (type == MessageType.NAK && state != State.SELECTING) {
            address = null;
            state = State.INIT;
        } else if (type == MessageType.ACK && state != State.SELECTING && state != State.INIT) {
            long seconds = Objects.requireNonNull(packet.options().get(DhcpOption.LEASE_TIME));
            address = packet.yiaddr();
            server = Objects.requireNonNull(packet.options().get(DhcpOption.SERVER_IDENTIFIER));
            asksSince = 0;
            end = world.now() + seconds * 1000;
            renewAt = world.now() + seconds * 500;
            rebindAt = world.now() + seconds * 875;
            state = State.BOUND;
        }
    }

    /** When its lease ends, in true time; in the past where it has none. */
    long end() {
        return end;
    }

    /** Whether it has asked for an address for so long, in milliseconds. */
    boolean hasAskedFor(long milliseconds) {
        return asksSince != 0 && world.now() - asksSince >= milliseconds;
    }

    @Override
    public String toString() {
        return chaddr + " " + state + " " + address();
    }
}
