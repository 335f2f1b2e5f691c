package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.failover.message.BindingAnswer;
import io.dhcpfailover.node.failover.message.BindingUpdate;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.MessageType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;

/**
 * What a server may promise: I2, that a client is told of a lease that is durable, and a partner that an update is
 * durable only when it is; I3, that no lease is longer than what the partner has said to know, and MCLT; and of I8,
 * that a lease is one of the configuration. Times are compared in true time, with what clocks differ by known here and
 * not by the servers.
 */
final class Promises implements Witness {

    /** For how long before it leaves a reply may have been decided on, and some more. */
    private static final long LATE = 6_000;

    /** Whole seconds on two clocks, and what skew is measured wrong by. */
    private static final long ROUNDED = 4_000;

    private static final long UNLIMITED = 0xFFFF_FFFFL;

    private record Key(ServerRole sender, long session, long xid) {}

    private record Asked(BindingUpdate update, long potential, long heard) {}

    /** A value, and since when. */
    private record Since(long value, long time) {}

    /** What holds, and what held until not long ago. */
    private final class Recent {
        private final Deque<Since> values = new ArrayDeque<>();

        void set(long value) {
            values.addFirst(new Since(value, world.now()));
        }

        long max() {
            long max = 0;
            for (Iterator<Since> at = values.iterator(); at.hasNext(); ) {
                Since since = at.next();
                max = Math.max(max, since.value);
                if (since.time < world.now() - LATE) {
                    break;
                }
            }
            return max;
        }
    }

    private final World world;
    private final DurableStates durable;
    private final Map<Key, Map<Ipv4Address, Asked>> asked = new HashMap<>();

    /** By who sent it: until when, in true time, a partner has acknowledged that a client may have an address. */
    private final Map<ServerRole, Map<Ipv4Address, Recent>> acknowledged = new EnumMap<>(ServerRole.class);

    /** By who said it, and was heard: until when, in true time, a server expects that a client may have an address. */
    private final Map<ServerRole, Map<Ipv4Address, Recent>> said = new EnumMap<>(ServerRole.class);

    private final Map<ServerRole, Recent> mclt = new EnumMap<>(ServerRole.class);
    private final Map<ServerRole, Recent> leaseSeconds = new EnumMap<>(ServerRole.class);
    private final Map<ServerRole, Long> clockSet = new EnumMap<>(ServerRole.class);
    private long acks;

    Promises(World world, DurableStates durable) {
        this.world = world;
        this.durable = durable;
        for (ServerRole role : ServerRole.values()) {
            acknowledged.put(role, new HashMap<>());
            said.put(role, new HashMap<>());
            mclt.put(role, new Recent());
            leaseSeconds.put(role, new Recent());
        }
    }

    /** How many leases were promised. */
    long acks() {
        return acks;
    }

    @Override
    public void configured(PairServer server, PairSettings settings) {
        Objects.requireNonNull(mclt.get(server.role())).set(settings.mclt());
        Objects.requireNonNull(leaseSeconds.get(server.role())).set(settings.leaseSeconds());
    }

    @Override
    public void clockSet(PairServer server, long seconds) {
        clockSet.put(server.role(), world.now());
    }

    @Override
    public void heard(PairServer server, long session, Message message) {
        if (message instanceof Message.BindingUpdates updates) {
            ServerRole sender = other(server.role());
            Map<Ipv4Address, Asked> all = asked.computeIfAbsent(
                    new Key(sender, session, message.header().xid()), key -> new HashMap<>());
            for (BindingUpdate update : updates.updates()) {
                Asked sent = all.get(update.address());
                Asked arrived = new Asked(update, sent == null ? 0 : sent.potential, world.now());
                all.put(update.address(), arrived);
                // Until it is stored, what was heard before may hold.
                expect(said, sender, arrived, Math.max(arrived.potential, max(said, sender, update.address())));
            }
        }
    }

    @Override
    public void said(PairServer server, long session, Message message) {
        switch (message) {
            case Message.BindingUpdates updates -> {
                Map<Ipv4Address, Asked> all = asked.computeIfAbsent(
                        new Key(server.role(), session, message.header().xid()), key -> new HashMap<>());
                for (BindingUpdate update : updates.updates()) {
                    long until = Math.max(update.potentialExpiration(), leaseExpiration(update));
                    all.put(update.address(), new Asked(update, trueTime(server, until), 0));
                }
            }
            case Message.BindingAcknowledgement answers -> {
                Map<Ipv4Address, Asked> all = asked.get(
                        new Key(other(server.role()), session, message.header().xid()));
                assertThat(all)
                        .as("%s answers what nobody asked: %s", server, message)
                        .isNotNull();
                for (BindingAnswer answer : answers.answers()) {
                    if (answer.refusal() == null) {
                        answered(server, Objects.requireNonNull(all.get(answer.address())));
                    }
                }
            }
            default -> {}
        }
    }

    private static long leaseExpiration(BindingUpdate update) {
        return update.status() == BindingState.ACTIVE ? update.leaseExpiration() : 0;
    }

    private static long trueTime(PairServer server, long seconds) {
        return seconds == 0 || seconds == UNLIMITED
                ? (seconds == 0 ? 0 : Long.MAX_VALUE / 2)
                : server.clock().trueTime(seconds);
    }

    private void answered(PairServer server, Asked update) {
        Ipv4Address address = update.update.address();
        Binding stored = durable.table(server).find(address);
        boolean same = stored != null
                && stored.state() == update.update.status()
                && Objects.equals(stored.hardware(), update.update.hardwareAddress());
        boolean never = stored == null && update.update.hardwareAddress() == null;
        assertThat(same || never || durable.written(server, address) >= update.heard)
                .as("I2: %s acknowledges %s, and has stored %s", server, update.update, stored)
                .isTrue();
        expect(acknowledged, other(server.role()), update, update.potential);
        expect(said, other(server.role()), update, update.potential);
    }

    private void expect(Map<ServerRole, Map<Ipv4Address, Recent>> times, ServerRole role, Asked update, long until) {
        Objects.requireNonNull(times.get(role))
                .computeIfAbsent(update.update.address(), key -> new Recent())
                .set(until);
    }

    private static long max(Map<ServerRole, Map<Ipv4Address, Recent>> times, ServerRole role, Ipv4Address address) {
        Recent recent = Objects.requireNonNull(times.get(role)).get(address);
        return recent == null ? 0 : recent.max();
    }

    private static ServerRole other(ServerRole role) {
        return role == ServerRole.Primary ? ServerRole.Secondary : ServerRole.Primary;
    }

    @Override
    public void replied(PairServer server, Reply reply) {
        DhcpPacket packet = reply.packet();
        Long seconds = packet.options().get(DhcpOption.LEASE_TIME);
        if (packet.options().get(DhcpOption.MESSAGE_TYPE) != MessageType.ACK || seconds == null) {
            return;
        }
        acks++;
        isDurable(server, packet, seconds);
        isWithinMclt(server, packet.yiaddr(), seconds);
        assertThat(seconds)
                .as("I8: %s gives %s for %d s", server, packet.yiaddr(), seconds)
                .isLessThanOrEqualTo(
                        Objects.requireNonNull(leaseSeconds.get(server.role())).max());
    }

    private void isDurable(PairServer server, DhcpPacket packet, long seconds) {
        DurableStates.Grant grant = durable.grant(server, packet.yiaddr());
        assertThat(grant)
                .as("I2: %s tells %s of %s, and has stored nothing", server, packet.chaddr(), packet.yiaddr())
                .isNotNull();
        assertThat(grant.client())
                .as("I2: %s tells %s of %s, and has stored %s", server, packet.chaddr(), packet.yiaddr(), grant)
                .isEqualTo(ClientIdentity.of(packet.chaddr()));
        if (world.now() - clockSet.getOrDefault(server.role(), 0L) > LATE) {
            assertThat(grant.end())
                    .as("I2: %s tells %s of %d s, and has stored %s", server, packet.chaddr(), seconds, grant)
                    .isGreaterThanOrEqualTo(server.clock().seconds() + seconds - LATE / 1000);
        }
    }

    private void isWithinMclt(PairServer server, Ipv4Address address, long seconds) {
        long known = Math.max(max(acknowledged, server.role(), address), max(said, other(server.role()), address));
        long lead = Objects.requireNonNull(mclt.get(server.role())).max() * 1000;
        long end = world.now() + seconds * 1000;
        assertThat(end - Math.max(known, world.now()))
                .as(
                        "I3: %s gives %s for %d s, %d s after what its partner knows, and MCLT is %d s",
                        server, address, seconds, (end - known) / 1000, lead / 1000)
                .isLessThanOrEqualTo(lead + LATE + ROUNDED + server.clock().setBack());
    }
}
