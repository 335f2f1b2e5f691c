package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.testing.Seeds;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.ConflictDetection;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.Range;
import io.dhcpfailover.api.v1alpha1.PartnerCopy;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.api.value.LeaseDuration;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.engine.Configuration;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.lease.Offer;
import io.dhcpfailover.node.lease.Pool;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server among careless clients, on a network that loses, repeats and delays, with a disk that loses power and fills
 * up, a clock that is set, and scopes that change. What must hold is looked at after every event.
 */
class SimulationTest {

    private static final int SEEDS = 1000;
    private static final int CLIENTS = 9;
    private static final long MINUTE = 60_000;

    /** Less than the server promises by two seconds: it counts whole ones. */
    private static final long HELD_MILLIS = 8_000;

    @Test
    @Timeout(300)
    void noAddressHasTwoClientsAndNoLeaseIsLost() {
        Seeds.forEach(SEEDS, random -> new Life(random).run());
    }

    /** For whom an address is held, and until when. */
    private record Held(HardwareAddress client, long until) {}

    private static final class Life {

        private final World world;
        private final SimulatedNetwork network;
        private final SimulatedServer server;
        private final List<SimulatedClient> clients;
        private final Set<Ipv4Address> squatted = new HashSet<>();
        private final Map<Ipv4Address, Held> held = new HashMap<>();
        private boolean mayCrash;

        Life(RandomGenerator random) {
            world = new World(random);
            network = new SimulatedNetwork(world);
            server = new SimulatedServer(world, configuration(), this::deliver, this::isSquatted);
            clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> new SimulatedClient(world, i + 1, this::submit, this::isSquatted))
                    .toList();
            world.always(this::noAddressHasTwoClients);
        }

        void run() {
            for (int i = 0; i < 12; i++) {
                world.pass(world.random().nextLong(10_000, 2 * MINUTE));
                misfortune();
            }
            recover();
            squatted.clear();
            server.storage().setRoom(Long.MAX_VALUE);
            network.heal();
            world.pass(30 * MINUTE);
            clients.forEach(SimulatedClient::settle);
            world.pass(2 * MINUTE);
            assertThat(clients).allMatch(client -> client.isBound() || freeAddresses() == 0);
        }

        private int freeAddresses() {
            Engine engine = Objects.requireNonNull(server.engine());
            return engine.pools().stream().mapToInt(Pool::free).sum();
        }

        private void misfortune() {
            switch (world.random().nextInt(8)) {
                case 0, 1, 2 -> {
                    server.stop(world.random().nextBoolean());
                    if (world.oneOf(4)) {
                        server.setClock(-world.random().nextInt(10_000));
                    }
                    world.pass(world.random().nextLong(1, MINUTE));
                    recover();
                }
                case 3 ->
                    server.storage()
                            .setRoom(
                                    world.oneOf(2)
                                            ? Long.MAX_VALUE
                                            : world.random().nextInt(1000));
                case 4 -> setClock();
                case 5 -> server.configure(configuration());
                case 6 -> snapshot();
                default ->
                    squatted.add(new Ipv4Address(0xC000_020A + world.random().nextInt(12)));
            }
        }

        private void setClock() {
            // A step that no store took, and then a crash: nobody could know of it.
            server.storage().setRoom(Long.MAX_VALUE);
            server.setClock(world.random().nextInt(-20_000, 20_000));
        }

        /** A snapshot, and at times a step of the clock before it or between its parts, or a crash before or at its end. */
        private void snapshot() {
            mayCrash = true;
            boolean steps = world.oneOf(2);
            if (steps && world.oneOf(2)) {
                setClock();
                server.snapshot(this::crashAtTimes);
            } else {
                server.snapshot(this::crashAtTimes);
                world.pass(world.random().nextLong(1, 200));
                if (steps && server.runs()) {
                    setClock();
                }
            }
            // Until the step is stored.
            world.pass(steps ? 5000 : world.random().nextLong(1, 1000));
            crashAtTimes();
            mayCrash = false;
            recover();
        }

        private void crashAtTimes() {
            if (mayCrash && world.oneOf(2)) {
                server.stop(world.random().nextBoolean());
            }
        }

        private void recover() {
            if (!server.runs()) {
                server.storage().setRoom(Long.MAX_VALUE);
                held.clear();
                server.start();
                noLeaseIsLost();
            }
        }

        private Configuration configuration() {
            boolean probes = world.oneOf(2);
            DhcpScopeSpec spec = new DhcpScopeSpec(
                    Ipv4Prefix.parse("192.0.2.0/24"),
                    List.of(new Range(
                            Ipv4Address.parse("192.0.2.10"),
                            new Ipv4Address(0xC000_0213 + world.random().nextInt(6)))),
                    List.of(),
                    new LeaseDuration(60L * world.random().nextInt(1, 6)),
                    null,
                    List.of(),
                    DhcpScopeSpec.State.Active,
                    DhcpScopeSpec.Clients.DHCP,
                    new ConflictDetection(probes ? 1 : 0, Duration.ofMillis(500)),
                    null,
                    new ObjectName("dhcp1"),
                    null,
                    new DhcpScopeSpec.OnLeave(ServerRole.Primary, PartnerCopy.Delete));
            return new Configuration(
                    null, true, Set.of(), new ScopeTable(List.of(ServedScope.of(new ObjectName("office"), spec))));
        }

        private void submit(DhcpPacket packet, Origin origin) {
            network.send(packet, arrived -> server.receive(arrived, origin));
        }

        private void deliver(Reply reply) {
            anOfferIsHeld(reply.packet());
            network.send(
                    reply.packet(),
                    arrived -> clients.stream()
                            .filter(client -> client.chaddr().equals(arrived.chaddr()))
                            .forEach(client -> client.receive(
                                    new Reply(arrived, reply.lengthMax(), reply.source(), reply.destination()))));
        }

        private boolean isSquatted(Ipv4Address address) {
            return squatted.contains(address);
        }

        /** What is offered to one client is offered to no other for as long as the first may be about to take it. */
        private void anOfferIsHeld(DhcpPacket reply) {
            Engine engine = server.engine();
            Binding binding = engine == null ? null : engine.table().find(reply.yiaddr());
            MessageType type = reply.options().get(DhcpOption.MESSAGE_TYPE);
            if (type == MessageType.ACK) {
                held.remove(reply.yiaddr());
            }
            if (binding == null || type != MessageType.OFFER) {
                return;
            }
            Held before = held.get(reply.yiaddr());
            assertThat(before == null || before.client.equals(reply.chaddr()) || before.until <= world.now())
                    .as("%s is offered to %s and to %s", reply.yiaddr(), reply.chaddr(), before)
                    .isTrue();
            held.values().removeIf(other -> other.client.equals(reply.chaddr()));
            Offer offer = binding.offer();
            if (offer != null) {
                long age = (server.seconds() - offer.made()) * 1000;
                held.put(reply.yiaddr(), new Held(reply.chaddr(), world.now() - age + HELD_MILLIS));
            }
        }

        private void noAddressHasTwoClients() {
            Map<Ipv4Address, SimulatedClient> owners = new HashMap<>();
            for (SimulatedClient client : clients) {
                Ipv4Address address = client.address();
                if (address != null) {
                    SimulatedClient other = owners.put(address, client);
                    assertThat(other)
                            .as("%s belongs to %s and %s", address, client, other)
                            .isNull();
                }
            }
        }

        private void noLeaseIsLost() {
            Engine engine = server.engine();
            assertThat(engine).isNotNull();
            List<String> lost = new ArrayList<>();
            for (SimulatedClient client : clients) {
                Ipv4Address address = client.address();
                Binding binding = address == null ? null : engine.table().find(address);
                if (address != null
                        && (binding == null
                                || binding.state() != BindingState.ACTIVE
                                || !binding.isOf(ClientIdentity.of(client.chaddr())))) {
                    lost.add(client + " but " + binding);
                }
            }
            assertThat(lost).isEmpty();
        }
    }
}
