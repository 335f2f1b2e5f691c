package io.dhcpfailover.node.simulation;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.journal.SimulatedStorage;
import io.dhcpfailover.node.lease.Agreement;
import io.dhcpfailover.node.lease.BindingTable;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What somebody keeps of the disks of a pair, and puts back: in its place, or in the place of the other server's.
 *
 * <p>What a server did after its disk was copied is known if the partner has heard of anything of it. Where it did something
 * and nobody heard of it, the old disk is what it would have been had the server done nothing: nobody can tell, and
 * that is not put back here.
 */
final class OldDisks {

    private static final Set<ServerState> SERVING =
            EnumSet.of(ServerState.NORMAL, ServerState.COMMUNICATIONS_INTERRUPTED);

    private final World world;
    private final PairWorld pair;
    private final BiConsumer<PairServer, Boolean> stop;
    private final Map<ServerRole, Copy> copies = new EnumMap<>(ServerRole.class);

    /** Those that have not met their partner since theirs was put back. */
    private final Set<ServerRole> old = EnumSet.noneOf(ServerRole.class);

    /** A disk, and the latest change by its server that is on it. */
    private record Copy(SimulatedStorage disk, long change) {}

    OldDisks(World world, PairWorld pair, BiConsumer<PairServer, Boolean> stop) {
        this.world = world;
        this.pair = pair;
        this.stop = stop;
    }

    boolean isOld(PairServer server) {
        return old.contains(server.role());
    }

    boolean haveOld() {
        return !old.isEmpty();
    }

    /** The servers have met, and said to each other what they know. */
    void haveMet() {
        old.clear();
    }

    /** What was kept is of no use any more. */
    void forget() {
        copies.clear();
    }

    void misfortune(PairServer server) {
        switch (world.random().nextInt(5)) {
            case 0, 1 -> copies.put(server.role(), copy(server));
            case 2 -> takeThePartners(server);
            case 3 -> exchange();
            default -> putBack(server);
        }
    }

    private Copy copy(PairServer server) {
        world.say(() -> server + " has its disk copied");
        return new Copy(server.disk().copy(), change(pair.durable().table(server), server.role()));
    }

    private void putBack(PairServer server) {
        Copy copy = copies.get(server.role());
        if (copy == null || !bothServe() || haveOld()) {
            return;
        }
        long done = change(pair.durable().table(server), server.role());
        long heard = change(pair.durable().table(pair.partner(server)), server.role());
        if (heard > copy.change || done == copy.change) {
            replace(server, copy.disk);
        }
    }

    private void takeThePartners(PairServer server) {
        if (bothServe() && !haveOld()) {
            replace(server, pair.partner(server).disk().copy());
        }
    }

    /** Each server finds what the other one knew. */
    private void exchange() {
        if (bothServe() && !haveOld()) {
            PairServer first = pair.servers().getFirst();
            PairServer last = pair.servers().getLast();
            stopNow(first);
            stopNow(last);
            SimulatedStorage firsts = first.disk().copy();
            first.disk().putBack(last.disk().copy());
            last.disk().putBack(firsts);
        }
    }

    private void replace(PairServer server, SimulatedStorage disk) {
        stopNow(server);
        old.add(server.role());
        server.disk().putBack(disk);
    }

    private void stopNow(PairServer server) {
        if (server.runs()) {
            stop.accept(server, true);
        }
    }

    private boolean bothServe() {
        return pair.servers().stream().allMatch(server -> {
            ServerState state = pair.states().state(server);
            return state != null && SERVING.contains(state);
        });
    }

    /** The number of the latest change by this server that a store knows of. */
    private static long change(BindingTable table, ServerRole by) {
        long change = 0;
        for (int i = 0; i < table.size(); i++) {
            Agreement agreement = table.at(i).agreement();
            if (agreement != null) {
                change = Math.max(
                        change, by == ServerRole.Primary ? agreement.primaryChange() : agreement.secondaryChange());
            }
        }
        return change;
    }
}
