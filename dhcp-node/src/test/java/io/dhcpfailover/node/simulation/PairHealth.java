package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.lease.BindingState;
import java.util.List;

/** What a pair has to come to, and how soon, once everything around it is sound. */
final class PairHealth {

    private static final long SECOND = 1_000;

    /** Longer than anything that is waited for: MCLT, all leases, and the difference of clocks. */
    private static final long HEALED = 900 * SECOND;

    private final World world;
    private final PairWorld pair;

    PairHealth(World world, PairWorld pair) {
        this.world = world;
        this.pair = pair;
    }

    /** Both are in NORMAL. */
    void becomesNormal() {
        for (long waited = 0; !isNormal(); waited += SECOND) {
            world.pass(SECOND);
            assertThat(waited)
                    .as("how long the servers have not been in NORMAL, in ms: %s", standing())
                    .isLessThan(HEALED);
        }
    }

    private List<String> standing() {
        return pair.servers().stream()
                .map(server -> server
                        + (server.runs() ? " runs, in " : " is down, in ")
                        + pair.durable().relationship(server))
                .toList();
    }

    private boolean isNormal() {
        return pair.link().isUp()
                && pair.servers().stream().allMatch(server -> pair.states().state(server) == ServerState.NORMAL);
    }

    /** No client that asks is without one. */
    void everyClientGetsAnAddress() {
        pair.clients().forEach(SimulatedClient::settle);
        for (long waited = 0; !isEveryClientServed(); waited += SECOND) {
            world.pass(SECOND);
            assertThat(waited)
                    .as("how long some client has had no address, in ms: %s", pair.clients())
                    .isLessThan(HEALED);
        }
        assertThat(isNormal()).as("both are in NORMAL: %s", standing()).isTrue();
    }

    /** Or there are not even as many addresses as clients, because others use them. */
    private boolean isEveryClientServed() {
        PairServer primary = pair.servers().getFirst();
        long abandoned = pair.durable().bindings(primary).values().stream()
                .filter(binding -> binding.state() == BindingState.ABANDONED)
                .count();
        return primary.settings().addresses() - primary.settings().reservedInside() - abandoned < PairWorld.CLIENTS
                || pair.clients().stream().allMatch(SimulatedClient::isBound);
    }

    /** I5. Leases go on ending meanwhile, so that there may be something under way at any one moment. */
    void storesBecomeEqual() {
        pair.clients().forEach(client -> client.pause(true));
        StoreComparison comparison = new StoreComparison(pair);
        // To a server whose clock was set back while it was down, leases last longer by that much.
        long unnoticed = pair.servers().stream()
                .mapToLong(server -> server.clock().setBack())
                .sum();
        for (long waited = 0; !comparison.differences().isEmpty(); waited += SECOND) {
            world.pass(SECOND);
            assertThat(waited)
                    .as("I5: how long the stores have not been equal, in ms: %s", comparison.differences())
                    .isLessThan(60 * SECOND + unnoticed);
        }
    }
}
