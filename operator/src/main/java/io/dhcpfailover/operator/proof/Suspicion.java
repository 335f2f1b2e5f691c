package io.dhcpfailover.operator.proof;

import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.witness.Evidence;
import io.dhcpfailover.operator.witness.Verdict;
import io.dhcpfailover.operator.witness.Witness;
import java.time.Instant;

/**
 * A server that its partner in a relationship does not hear any more.
 *
 * @param relationship in which
 * @param survivor the partner
 * @param report what that says of the relationship now
 * @param evidence what is known of the server, as if its successor was not told
 * @param verdict what that comes to
 */
record Suspicion(
        DhcpFailoverRelationship relationship,
        ObjectName survivor,
        RelationshipReport report,
        Evidence evidence,
        Verdict verdict) {

    String name() {
        return relationship.getMetadata().getName();
    }

    /** What the same comes to once whatever starts in place of the server was told. */
    Verdict withSuccessorTold(Instant now) {
        return Witness.judge(
                new Evidence(
                        evidence.survivor(),
                        evidence.server(),
                        evidence.pod(),
                        evidence.podGone(),
                        evidence.served(),
                        evidence.node(),
                        evidence.nodeGoneSince(),
                        true),
                now);
    }
}
