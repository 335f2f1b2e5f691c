package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.node.NodeProblem;
import io.dhcpfailover.node.failover.session.Ending;
import io.dhcpfailover.node.failover.session.Ending.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkProblemsTest {

    private static final Instant BEGIN = Instant.parse("2026-01-31T08:00:00Z");
    private static final List<String> PAIR = List.of("pair");

    private final LinkProblems problems = new LinkProblems();

    private boolean ended(Cause cause, Instant at) {
        return problems.ended("pair", new Ending("pair", false, cause, "what to do", 0), at);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_AUTHENTIC, AuthenticationFailed",
        "CLOCKS, ClockSkew",
        "REFUSED, PartnerRefused",
        "BROKEN, PartnerRefused"
    })
    void whatAPersonHasToMendIsAProblemSinceItWasFirstSeen(Cause cause, String reason) {
        assertThat(ended(cause, BEGIN)).isTrue();
        assertThat(ended(cause, BEGIN.plusSeconds(60))).isFalse();

        assertThat(problems.of(PAIR, BEGIN.plusSeconds(90)))
                .containsExactly(new NodeProblem(reason, "pair", "what to do", BEGIN));
    }

    @Test
    void aPartnerThatIsOnlyAwayIsNoProblemOfThisKind() {
        ended(Cause.LOST, BEGIN);
        ended(Cause.SILENT, BEGIN);

        assertThat(problems.of(PAIR, BEGIN)).isEmpty();
    }

    @Test
    void aSessionMendsIt() {
        ended(Cause.NOT_AUTHENTIC, BEGIN);
        problems.began("pair");

        assertThat(problems.of(PAIR, BEGIN)).isEmpty();
    }

    @Test
    void whatWasNotSeenForLongIsForgotten() {
        ended(Cause.NOT_AUTHENTIC, BEGIN);

        assertThat(problems.of(PAIR, BEGIN.plus(Duration.ofMinutes(6)))).isEmpty();
    }

    @Test
    void relationshipsThatAreNoMoreAreNotToldOf() {
        ended(Cause.NOT_AUTHENTIC, BEGIN);

        assertThat(problems.of(List.of("other"), BEGIN)).isEmpty();
    }
}
