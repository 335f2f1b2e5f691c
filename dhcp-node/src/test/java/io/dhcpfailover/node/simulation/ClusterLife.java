package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.ServerState;
import java.util.ArrayList;
import java.util.List;

/**
 * A pair in a cluster, whose operator declares a server down where the cluster proves it, by the rules of
 * docs/witness.md. Machines, processes, the link and the way to the API server fail independently, and the operator sees
 * everything late.
 */
final class ClusterLife {

    /** What the operator leaves out: with any of these it is wrong, and the simulation has to find that. */
    enum Omission {
        /** Nothing. */
        NONE,
        /** It takes a process that ended for one that does not come back. */
        FENCE,
        /** It does not tell whatever starts in place of the server. */
        TELLING
    }

    private static final long SECOND = 1_000;
    private static final long PATIENCE = 15 * SECOND;
    private static final long KUBELET_LOST = 40 * SECOND;
    private static final long SKEW_MAX_SECONDS = 60;
    private static final long HEALED = 900 * SECOND;

    private final World world;
    private final PairWorld pair;
    private final List<Machine> machines;
    private final Omission omission;
    private int proofs;

    ClusterLife(World world, Omission omission) {
        this.world = world;
        this.omission = omission;
        pair = new PairWorld(world, PairSettings.any(world, false), Mistake.NONE);
        machines = pair.servers().stream()
                .map(server -> new Machine(world, server))
                .toList();
        watch();
    }

    /** How often a proof was told. */
    int proofs() {
        return proofs;
    }

    void run(int misfortunes) {
        world.pass(world.random().nextLong(5, 60) * SECOND);
        for (int i = 0; i < misfortunes; i++) {
            misfortune();
            world.pass(world.random().nextLong(world.oneOf(3) ? 120 * SECOND : 20 * SECOND));
        }
        world.say(() -> "all is well from now on");
        pair.link().cut(ServerRole.Primary, false);
        pair.link().cut(ServerRole.Secondary, false);
        machines.forEach(Machine::heal);
        for (long waited = 0; !isNormal(); waited += SECOND) {
            world.pass(SECOND);
            assertThat(waited)
                    .as("how long the servers have not been in NORMAL, in ms")
                    .isLessThan(HEALED);
        }
    }

    private boolean isNormal() {
        return pair.link().isUp()
                && pair.servers().stream().allMatch(server -> pair.states().state(server) == ServerState.NORMAL);
    }

    private void misfortune() {
        Machine machine = machines.get(world.random().nextInt(2));
        switch (world.random().nextInt(10)) {
            case 0, 1, 2 -> {
                for (int i = 0; i <= world.random().nextInt(4); i++) {
                    world.after(world.random().nextLong(120 * SECOND), machine::crash);
                }
            }
            case 3 -> machine.losePower(world.random().nextLong(200 * SECOND));
            case 4, 5 -> machine.loseApi(world.random().nextLong(120 * SECOND));
            case 6 -> {
                machine.crash();
                cut();
            }
            default -> cut();
        }
    }

    private void cut() {
        boolean first = world.oneOf(2);
        pair.link().cut(pair.servers().get(first ? 0 : 1).role(), true);
        if (world.oneOf(2)) {
            pair.link().cut(pair.servers().get(first ? 1 : 0).role(), true);
        }
        world.after(
                world.random().nextLong(240 * SECOND),
                () -> pair.servers().forEach(server -> pair.link().cut(server.role(), false)));
    }

    /** The operator looks every second, and acts on what it saw up to three seconds later. */
    private void watch() {
        List<Runnable> acts = new ArrayList<>();
        for (int i = 0; i < machines.size(); i++) {
            Machine lost = machines.get(i);
            PairServer survivor = machines.get(1 - i).server();
            Machine.Seen seen = lost.seen();
            boolean alone = survivor.runs()
                    && !pair.link().isUp()
                    && pair.states().state(survivor) == ServerState.COMMUNICATIONS_INTERRUPTED;
            long now = world.now();
            if (alone) {
                acts.add(() -> judge(lost, survivor, seen, now));
            } else if (isNormal() && seen.told()) {
                acts.add(() -> lost.tell(0));
            }
        }
        long late = world.random().nextLong(3 * SECOND);
        acts.forEach(act -> world.after(late, act));
        world.after(SECOND, this::watch);
    }

    private void judge(Machine lost, PairServer survivor, Machine.Seen seen, long now) {
        boolean ended = !seen.runs() && seen.ended() != 0 && now - seen.ended() >= PATIENCE;
        boolean kubeletAlive = now - seen.kubeletHeard() < KUBELET_LOST;
        if (omission == Omission.FENCE) {
            if (ended && kubeletAlive) {
                prove(lost, survivor, seen);
            }
        } else if (seen.over()) {
            if (seen.told() || omission == Omission.TELLING) {
                prove(lost, survivor, seen);
            }
        } else if (ended && kubeletAlive && !seen.deleted()) {
            if (seen.told() || omission == Omission.TELLING) {
                lost.delete(seen.uid());
            } else {
                lost.tell(lost.server().clock().seconds() + SKEW_MAX_SECONDS);
            }
        }
    }

    private void prove(Machine lost, PairServer survivor, Machine.Seen seen) {
        long ago = (world.now() - seen.ended()) / SECOND;
        long at = Math.min(survivor.clock().seconds(), lost.server().clock().seconds() - ago + SKEW_MAX_SECONDS);
        proofs++;
        survivor.happened(new FailoverEvent.ProvedDown(at));
    }
}
