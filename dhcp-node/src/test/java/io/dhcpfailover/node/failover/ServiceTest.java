package io.dhcpfailover.node.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.Service.Answers;
import io.dhcpfailover.node.failover.Service.Asking;
import io.dhcpfailover.node.failover.Service.Fresh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each state lets a server do. */
class ServiceTest {

    private static final long NOW = 10_000;
    private static final Relationship PRIMARY = new Relationship(
            "r", ServerRole.Primary, PartnerKind.NATIVE, Mode.LoadBalance, 50, 5, 3_600, 0, true, 3, 1_000);

    @ParameterizedTest(name = "in {0}: {1} are answered, {2} free addresses are given")
    @CsvSource({
        "NORMAL, BALANCED, OWN",
        "COMMUNICATIONS_INTERRUPTED, ALL, OWN",
        "PARTNER_DOWN, ALL, OWN",
        "POTENTIAL_CONFLICT, NONE, NONE",
        "RECOVER, NONE, NONE",
        "PAUSED, NONE, NONE",
        "SHUTDOWN, NONE, NONE",
        "RECOVER_DONE, NONE, NONE",
        "RESOLUTION_INTERRUPTED, ALL, NONE",
        "CONFLICT_DONE, ALL, OWN",
        "RECOVER_WAIT, NONE, NONE",
    })
    void whoIsAnsweredAndWhatIsGiven(ServerState state, Answers answers, Fresh fresh) {
        assertThat(Service.of(PRIMARY, in(state, false), NOW)).isEqualTo(new Service(answers, fresh));
        assertThat(Service.of(PRIMARY, in(state, true), NOW)).isEqualTo(new Service(Answers.NONE, Fresh.NONE));
    }

    @Test
    void thePartnersAddressesAreGivenWhenMcltHasPassed() {
        assertThat(Service.of(PRIMARY, in(ServerState.PARTNER_DOWN, false), NOW + 3_599)
                        .fresh())
                .isEqualTo(Fresh.OWN);
        assertThat(Service.of(PRIMARY, in(ServerState.PARTNER_DOWN, false), NOW + 3_600)
                        .fresh())
                .isEqualTo(Fresh.OWN_AND_PARTNERS);
    }

    @ParameterizedTest(name = "alone after {0}, which had leases until {1}: {2}")
    @CsvSource({
        "COMMUNICATIONS_INTERRUPTED, 0, OWN",
        "RESOLUTION_INTERRUPTED, 0, NONE",
        "RECOVER, 9000, NONE",
        "RECOVER, 0, OWN",
        "RECOVER_DONE, 9000, OWN",
    })
    void whoDidNotHearWhatItsPartnerGaveAloneGivesNothingUntilThatHasEnded(
            ServerState previous, long recoverFrom, Fresh fresh) {
        RelationshipState kept =
                new RelationshipState(ServerState.PARTNER_DOWN, NOW, previous, null, 0, 0, 0, NOW, recoverFrom, false);
        Standing standing = new Standing(kept, false, false, false, false, false, NOW);

        assertThat(Service.of(PRIMARY, standing, NOW + 3_599).fresh()).isEqualTo(fresh);
        assertThat(Service.of(PRIMARY, standing, NOW + 3_600).fresh()).isEqualTo(Fresh.OWN_AND_PARTNERS);
    }

    @ParameterizedTest(name = "{0}, {1} of bucket {2} after {3} s: {4}")
    @CsvSource({
        "BALANCED, ANYTHING, 127, 0, true",
        "BALANCED, ANYTHING, 128, 3, false",
        "BALANCED, ANYTHING, 128, 4, true",
        "BALANCED, OFFERED_HERE, 128, 0, true",
        "BALANCED, RENEWAL, 128, 0, true",
        "ALL, ANYTHING, 255, 0, true",
        "NONE, RENEWAL, 0, 99, false",
    })
    void whichClientsAreAnswered(Answers answers, Asking asking, int bucket, int secs, boolean answered) {
        assertThat(new Service(answers, Fresh.OWN).isFor(PRIMARY, asking, bucket, secs))
                .isEqualTo(answered);
    }

    private static Standing in(ServerState state, boolean startup) {
        RelationshipState kept = new RelationshipState(state, NOW, state, null, 0, 0, 0, NOW, 0, false);
        return new Standing(kept, startup, false, false, false, false, NOW);
    }
}
