package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Two servers and the link between them, clients and the network that they share, and witnesses of what passes. What
 * clients believe is looked at after every event: I1, unless it is said that it may be broken.
 */
final class PairWorld {

    /** Who is cut off from whom. */
    private record Isolated(ServerRole server, int client) {}

    static final int CLIENTS = 9;

    private static final long SECOND = 1_000;

    private final World world;
    private final SimulatedNetwork network;
    private final PairServer primary;
    private final PairServer secondary;
    private final PartnerLink link;
    private final List<SimulatedClient> clients;
    private final Set<Ipv4Address> squatted = new HashSet<>();
    private final Set<Isolated> isolated = new HashSet<>();
    private final DurableStates durable;
    private final Promises promises;
    private final StateRules states;
    private final AnswerRules answers;
    private boolean mayShare;

    /** Two servers that run. */
    PairWorld(World world, PairSettings settings, Mistake mistake) {
        this(world, settings, mistake, host(world), host(world));
        primary.start();
        secondary.start();
    }

    /**
     * A relationship of two servers that do not run yet.
     *
     * @param first the host of the primary
     * @param last the host of the secondary
     */
    PairWorld(World world, PairSettings settings, Mistake mistake, ServerHost first, ServerHost last) {
        this.world = world;
        network = new SimulatedNetwork(world);
        durable = new DurableStates(world);
        promises = new Promises(world, durable);
        states = new StateRules(world, durable);
        answers = new AnswerRules(world, durable);
        Witness witness = new Witnesses(List.of(durable, promises, states, answers));
        primary = server(first, ServerRole.Primary, settings, witness, mistake);
        secondary = server(last, ServerRole.Secondary, settings, witness, mistake);
        link = new PartnerLink(world, primary, secondary, witness, mistake);
        clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> new SimulatedClient(
                        world,
                        i + 1,
                        settings.link(),
                        settings.firstAddress(),
                        (packet, origin) -> submit(i, packet, origin),
                        this::isUsed))
                .toList();
        world.always(this::noAddressHasTwoClients);
        everySecond();
    }

    /** A machine with a clock that is not quite right. */
    static ServerHost host(World world) {
        long error = world.oneOf(2) ? 0 : world.random().nextLong(-27_000, 28_000);
        return new ServerHost(
                world, new SimulatedClock(world, error, world.random().nextInt(-100, 101)));
    }

    private PairServer server(
            ServerHost host, ServerRole role, PairSettings settings, Witness witness, Mistake mistake) {
        return new PairServer(
                world, host, role, settings, witness, mistake, reply -> deliver(role, reply), this::isUsed);
    }

    private void everySecond() {
        world.after(SECOND, () -> {
            answers.check(primary, secondary);
            answers.check(secondary, primary);
            everySecond();
        });
    }

    World world() {
        return world;
    }

    SimulatedNetwork network() {
        return network;
    }

    PartnerLink link() {
        return link;
    }

    List<PairServer> servers() {
        return List.of(primary, secondary);
    }

    PairServer partner(PairServer server) {
        return server == primary ? secondary : primary;
    }

    List<SimulatedClient> clients() {
        return clients;
    }

    /** Addresses that somebody uses whom no server knows. */
    Set<Ipv4Address> squatted() {
        return squatted;
    }

    DurableStates durable() {
        return durable;
    }

    StateRules states() {
        return states;
    }

    Promises promises() {
        return promises;
    }

    /** From now on two clients may have one address, since somebody made a mistake that nothing can help. */
    void mayShare() {
        mayShare = true;
        states.mayShare();
    }

    /** No client is cut off from any server any more. */
    void joinClients() {
        isolated.clear();
    }

    /** Some clients are cut off from a server. */
    void isolate(PairServer server) {
        for (int i = 0; i < CLIENTS; i++) {
            if (world.oneOf(2)) {
                isolated.add(new Isolated(server.role(), i));
            }
        }
    }

    /** How many seconds the clocks are apart. */
    long skew() {
        return Math.abs(primary.clock().millis() - secondary.clock().millis()) / SECOND;
    }

    private boolean isUsed(Ipv4Address address) {
        return squatted.contains(address);
    }

    private void submit(int client, DhcpPacket packet, Origin origin) {
        for (PairServer server : servers()) {
            boolean meant = origin.destination().equals(Ipv4Address.BROADCAST)
                    || origin.destination().equals(server.address());
            if (meant) {
                network.send(packet, arrived -> {
                    if (!isolated.contains(new Isolated(server.role(), client))) {
                        server.receive(arrived, origin);
                    }
                });
            }
        }
    }

    private void deliver(ServerRole server, Reply reply) {
        network.send(reply.packet(), arrived -> {
            for (int i = 0; i < CLIENTS; i++) {
                SimulatedClient client = clients.get(i);
                if (client.chaddr().equals(arrived.chaddr()) && !isolated.contains(new Isolated(server, i))) {
                    client.receive(new Reply(arrived, reply.lengthMax(), reply.source(), reply.destination()));
                    world.say(() -> "client now " + client + " until " + (client.end() - World.START) / SECOND);
                }
            }
        });
    }

    private void noAddressHasTwoClients() {
        if (mayShare) {
            return;
        }
        Map<Ipv4Address, SimulatedClient> owners = new HashMap<>();
        for (SimulatedClient client : clients) {
            Ipv4Address address = client.address();
            if (address != null) {
                @Nullable SimulatedClient other = owners.put(address, client);
                assertThat(other)
                        .as("I1: %s belongs to %s and %s", address, client, other)
                        .isNull();
            }
        }
    }
}
