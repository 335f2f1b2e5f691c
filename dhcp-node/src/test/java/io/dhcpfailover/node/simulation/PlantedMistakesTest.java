package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.simulation.PairLife.Kind;
import io.dhcpfailover.node.simulation.PairSeeds.Failure;
import io.dhcpfailover.node.simulation.PairSeeds.Life;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server with a mistake is found out: what the simulation of a pair proves, it would not find proved of that. */
class PlantedMistakesTest {

    private static final int SEEDS = 400;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                planted("ACK before sync", Kind.CAREFUL, "I2", PlantedMistakes::ackBeforeSync),
                planted("BNDACK before sync", Kind.CAREFUL, "I[24]", PlantedMistakes::bndackBeforeSync),
                planted("a state takes effect before sync", Kind.CAREFUL, "I4", PlantedMistakes::stateBeforeSync),
                planted("MCLT ignored", Kind.CAREFUL, "I[13]", PlantedMistakes::mcltIgnored),
                planted("RECOVER-WAIT skipped", Kind.DECLARING, "I[1345]", PlantedMistakes::recoverWaitSkipped),
                planted(
                        "the partner's addresses in PARTNER-DOWN before MCLT is over",
                        Kind.DECLARING,
                        "I[125]",
                        PlantedMistakes::partnersAddressesWithoutWaitingForMclt),
                planted(
                        "a lost update taken for acknowledged",
                        Kind.CAREFUL,
                        "I[1345]",
                        PlantedMistakes::lostUpdatesTakenForAcknowledged),
                planted(
                        "what a break lost is not sent again",
                        Kind.CAREFUL,
                        "I[1345]",
                        PlantedMistakes::resendForgotten),
                planted(
                        "UPDDONE before the updates",
                        Kind.CAREFUL,
                        "I[135]",
                        PlantedMistakes::updateRequestsAnsweredAtOnce),
                planted(
                        "the partner's addresses taken for own ones",
                        Kind.CAREFUL,
                        "(I[15]|no address, in ms)",
                        PlantedMistakes::partnersAddressesTakenForOwn),
                planted(
                        "leases ended that their clients have",
                        Kind.CAREFUL,
                        "I[1235]",
                        PlantedMistakes::activeLeasesTakenForFree),
                planted(
                        "an old update taken for a new one",
                        Kind.CAREFUL,
                        "I[135]",
                        PlantedMistakes::oldUpdatesTakenForNew),
                planted("skew ignored", Kind.CAREFUL, "I[135]", PlantedMistakes::skewIgnored),
                planted("the end of a session ignored", Kind.CAREFUL, "I6", PlantedMistakes::endsOfSessionsIgnored));
    }

    private static Arguments planted(String name, Kind kind, String invariant, Supplier<Mistake> mistake) {
        return Arguments.of(name, kind, invariant, mistake);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    @Timeout(120)
    void isFound(String name, Kind kind, String invariant, Supplier<Mistake> mistake) {
        Failure failure = PairSeeds.firstFailure(SEEDS, Life.of(kind, mistake));

        assertThat(failure).as("a server that has %s", name).isNotNull();
        assertThat(failure.cause()).hasMessageMatching("(?s).*" + invariant + ":.*");
    }
}
