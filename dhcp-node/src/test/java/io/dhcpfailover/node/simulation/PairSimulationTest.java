package io.dhcpfailover.node.simulation;

import io.dhcpfailover.node.simulation.PairLife.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two servers that fail over to each other, among careless clients and everything that goes wrong with networks, disks,
 * clocks, processes and people. {@code -Dseeds=} runs so many lives of each kind, and {@code -Dseed=} one of them.
 */
class PairSimulationTest {

    private static final int SEEDS = Integer.getInteger("seeds", 300);

    @Test
    @Timeout(900)
    void whateverHappensNoPromiseIsBroken() {
        PairSeeds.run(SEEDS, Kind.CAREFUL, () -> Mistake.NONE);
    }

    @Test
    @Timeout(900)
    void norWhereAPartnerIsDeclaredDeadThatIs() {
        PairSeeds.run(SEEDS, Kind.DECLARING, () -> Mistake.NONE);
    }

    /** What then happens to addresses is looked at by nobody; that servers become well again is. */
    @Test
    @Timeout(900)
    void serversBecomeWellAgainAfterAnyMistake() {
        PairSeeds.run(SEEDS / 4, Kind.MISTAKEN, () -> Mistake.NONE);
    }
}
