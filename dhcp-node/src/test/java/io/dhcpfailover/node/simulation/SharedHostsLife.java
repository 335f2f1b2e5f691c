package io.dhcpfailover.node.simulation;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.ServerState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Servers that have two relationships at once, each with clients of its own: two servers that are primary in one and
 * secondary in the other, or three of which the one in the middle is. What happens to a server happens to both of its
 * relationships, and what happens to a link to one.
 */
final class SharedHostsLife {

    private static final long SECOND = 1_000;

    /** Clocks of servers that have to meet are not further apart. */
    private static final long SKEW_SAFE = 57;

    private static final Set<ServerState> SERVING =
            EnumSet.of(ServerState.NORMAL, ServerState.COMMUNICATIONS_INTERRUPTED);

    private final World world;
    private final List<ServerHost> hosts = new ArrayList<>();
    private final List<PairWorld> pairs = new ArrayList<>();

    SharedHostsLife(World world) {
        this.world = world;
        int count = world.oneOf(2) ? 2 : 3;
        for (int i = 0; i < count; i++) {
            hosts.add(PairWorld.host(world));
        }
        add(PairSettings.any(world, false, PairSettings.FIRST), hosts.getFirst(), hosts.get(1));
        add(PairSettings.any(world, false, PairSettings.SECOND), hosts.get(1), hosts.get(count == 2 ? 0 : 2));
        hosts.forEach(host -> host.start(0));
    }

    private void add(PairSettings settings, ServerHost primary, ServerHost secondary) {
        pairs.add(new PairWorld(world, settings, Mistake.NONE, primary, secondary));
    }

    void run(int misfortunes) {
        world.pass(world.random().nextLong(5, 60) * SECOND);
        for (int i = 0; i < misfortunes; i++) {
            if (world.oneOf(2)) {
                misfortune(hosts.get(world.random().nextInt(hosts.size())));
            } else {
                misfortune(pairs.get(world.random().nextInt(2)));
            }
            world.pass(
                    world.oneOf(3)
                            ? world.random().nextLong(SECOND)
                            : world.random().nextLong(30 * SECOND));
        }
        heal();
        List<PairHealth> health =
                pairs.stream().map(pair -> new PairHealth(world, pair)).toList();
        health.forEach(PairHealth::becomesNormal);
        health.forEach(PairHealth::everyClientGetsAnAddress);
        health.forEach(PairHealth::storesBecomeEqual);
    }

    private void misfortune(ServerHost host) {
        switch (world.random().nextInt(9)) {
            case 0, 1, 2 -> stop(host, world.oneOf(2));
            case 3 -> hosts.forEach(each -> stop(each, world.oneOf(2)));
            case 4 -> host.freeze(world.random().nextLong(500, 20_000));
            case 5 -> {
                host.disk().setRoom(world.random().nextInt(2_000));
                world.after(time(), () -> host.disk().setRoom(Long.MAX_VALUE));
            }
            case 6 -> {
                host.disk().setStall(world.random().nextInt(1_000, 5_000));
                world.after(time(), () -> host.disk().setStall(0));
            }
            case 7 -> wipe(host);
            default -> setClock(host);
        }
    }

    private void misfortune(PairWorld pair) {
        PairServer server = pair.servers().get(world.random().nextInt(2));
        switch (world.random().nextInt(8)) {
            case 0, 1 -> cut(pair, true);
            case 2, 3 -> cut(pair, false);
            case 4 -> pair.link().reset();
            case 5 -> {
                pair.isolate(server);
                world.after(time(), pair::joinClients);
            }
            case 6 ->
                pair.squatted()
                        .add(new Ipv4Address(server.settings().firstAddress().bits()
                                + world.random().nextInt(24)));
            default -> change(pair, server);
        }
    }

    private long time() {
        return world.oneOf(5)
                ? world.random().nextLong(60, 240) * SECOND
                : world.random().nextLong(30 * SECOND);
    }

    private void stop(ServerHost host, boolean power) {
        if (host.runs()) {
            host.stop(power);
            world.after(time(), () -> comeBack(host));
        }
    }

    private void comeBack(ServerHost host) {
        if (!host.runs()) {
            host.disk().setRoom(Long.MAX_VALUE);
            host.start(0);
        }
    }

    /** Only while others know all that it may forget. */
    private void wipe(ServerHost host) {
        boolean known = pairs.stream()
                .filter(pair -> pair.servers().stream().anyMatch(server -> server.host() == host))
                .allMatch(SharedHostsLife::bothServe);
        if (known) {
            stop(host, true);
            host.disk().wipe();
        }
    }

    private static boolean bothServe(PairWorld pair) {
        return pair.servers().stream().allMatch(server -> {
            ServerState state = pair.states().state(server);
            return state != null && SERVING.contains(state);
        });
    }

    private void setClock(ServerHost host) {
        long seconds = world.random().nextLong(-40, 41);
        boolean small = Math.abs(seconds) < 2;
        boolean far = hosts.stream()
                .anyMatch(other -> other != host
                        && Math.abs((host.clock().ahead() - other.clock().ahead()) / SECOND + seconds) > SKEW_SAFE);
        if (small || far || !host.runs() || host.isFrozen()) {
            return;
        }
        // A step that no store took, and then a crash: nobody could know of it.
        host.disk().setRoom(Long.MAX_VALUE);
        host.disk().setStall(0);
        host.setClock(seconds);
        world.pass(8 * SECOND);
    }

    private void cut(PairWorld pair, boolean both) {
        ServerRole first = world.oneOf(2) ? ServerRole.Primary : ServerRole.Secondary;
        pair.link().cut(first, true);
        if (both) {
            pair.link().cut(first == ServerRole.Primary ? ServerRole.Secondary : ServerRole.Primary, true);
        }
        world.after(time(), () -> mend(pair));
    }

    private static void mend(PairWorld pair) {
        pair.link().cut(ServerRole.Primary, false);
        pair.link().cut(ServerRole.Secondary, false);
    }

    /** Another configuration, for the one server sooner than for the other. */
    private void change(PairWorld pair, PairServer first) {
        PairSettings next = first.settings().changed(world);
        first.configure(next);
        world.after(
                world.random().nextLong(120 * SECOND), () -> pair.partner(first).configure(first.settings()));
    }

    private void heal() {
        world.say(() -> "all is well from now on");
        for (PairWorld pair : pairs) {
            mend(pair);
            pair.link().setDelay(20);
            pair.network().heal();
            pair.joinClients();
            pair.squatted().clear();
        }
        for (ServerHost host : hosts) {
            host.thaw();
            host.disk().setRoom(Long.MAX_VALUE);
            host.disk().setStall(0);
            world.after(world.random().nextInt(5_000), () -> comeBack(host));
        }
        world.pass(10 * SECOND);
        for (PairWorld pair : pairs) {
            PairSettings settings = pair.servers().getFirst().settings();
            pair.servers().forEach(server -> server.configure(settings));
        }
    }
}
