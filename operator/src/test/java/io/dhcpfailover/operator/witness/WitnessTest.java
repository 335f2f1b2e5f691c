package io.dhcpfailover.operator.witness;

import static io.dhcpfailover.operator.summary.Samples.NOW;
import static io.dhcpfailover.operator.summary.Samples.dhcp1;
import static io.dhcpfailover.operator.summary.Samples.dhcp2;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.operator.summary.Samples;
import io.dhcpfailover.operator.witness.Verdict.FenceFirst;
import io.dhcpfailover.operator.witness.Verdict.Proved;
import io.dhcpfailover.operator.witness.Verdict.Unproved;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What proves that a process has ended, and what does not. */
class WitnessTest {

    private static final Instant ENDED = NOW.minusSeconds(90);
    private static final Samples SURVIVOR = dhcp1().interrupted(Duration.ofMinutes(2));
    private static final Samples LOST = dhcp2().unreachable(Duration.ofMinutes(2));

    /** What is known; each test changes one thing. */
    private static final class Case {
        private Samples survivor = SURVIVOR;
        private Samples lost = LOST;
        private @Nullable Pod pod = pod("Failed", over(ENDED), null, null);
        private boolean gone;
        private boolean served = true;
        private @Nullable Node node = node("True", null);
        private @Nullable Instant nodeGone;
        private boolean told = true;

        Verdict verdict() {
            return Witness.judge(
                    new Evidence(
                            survivor.view().report(Samples.RELATIONSHIP),
                            lost.view(),
                            pod,
                            gone,
                            served,
                            node,
                            nodeGone,
                            told),
                    NOW);
        }
    }

    private static Pod pod(
            String phase, ContainerState state, @Nullable ContainerState last, @Nullable String deletedAt) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("dhcp2-0")
                .withUid("uid-1")
                .withDeletionTimestamp(deletedAt)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("server")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .addNewContainerStatus()
                .withName("server")
                .withState(state)
                .withLastState(last)
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static ContainerState over(Instant at) {
        return new ContainerStateBuilder().withTerminated(end(at)).build();
    }

    private static ContainerStateTerminated end(Instant at) {
        return new ContainerStateTerminatedBuilder()
                .withContainerID("containerd://1")
                .withExitCode(137)
                .withReason("Error")
                .withFinishedAt(at.toString())
                .build();
    }

    private static Node node(String ready, @Nullable String taint) {
        NodeBuilder node = new NodeBuilder()
                .withNewMetadata()
                .withName("node2")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .endCondition()
                .endStatus();
        return taint == null
                ? node.build()
                : node.editSpec()
                        .addNewTaint("NoExecute", taint, null, "nodeshutdown")
                        .endSpec()
                        .build();
    }

    private static void unproved(Case known, String reason) {
        assertThat(known.verdict())
                .isInstanceOfSatisfying(
                        Unproved.class, verdict -> assertThat(verdict.reason()).contains(reason));
    }

    @Test
    void aPodThatItsKubeletEndedIsProof() {
        assertThat(new Case().verdict())
                .isEqualTo(new Proved(
                        ENDED.plus(Witness.SKEW_MAX), "its kubelet has ended the pod: Error, exit code 137"));
    }

    @Test
    void itStaysProofWhenThePodIsGone() {
        Case known = new Case();
        known.gone = true;

        assertThat(known.verdict()).isInstanceOf(Proved.class);
    }

    /** What the kubelet's clock says may be a minute behind; but nothing ends after now. */
    @Test
    void theTimeIsOneByWhichItHadEndedByAnyClock() {
        Case known = new Case();
        known.pod = pod("Failed", over(NOW.minusSeconds(5)), null, null);

        assertThat(known.verdict())
                .isInstanceOfSatisfying(
                        Proved.class, proved -> assertThat(proved.at()).isEqualTo(NOW));
    }

    @Test
    void whoeverStartsInItsPlaceHasToBeToldFirst() {
        Case known = new Case();
        known.told = false;

        assertThat(known.verdict())
                .isEqualTo(new FenceFirst(null, "its kubelet has ended the pod: Error, exit code 137"));
    }

    /** The same kubelet starts it again in a moment: the pod has to go first. */
    @Test
    void aContainerThatEndedMayComeBackInPlace() {
        Case known = new Case();
        known.pod = pod("Running", over(ENDED), null, null);

        assertThat(known.verdict())
                .isEqualTo(new FenceFirst("uid-1", "its process has ended for 90 s: Error, exit code 137"));
    }

    @Test
    void aContainerThatWaitsToBeStartedAgainHasEnded() {
        Case known = new Case();
        ContainerState waiting = new ContainerStateBuilder()
                .withNewWaiting("back-off 40s", "CrashLoopBackOff")
                .build();
        known.pod = pod("Running", waiting, over(ENDED), null);

        assertThat(known.verdict()).isInstanceOf(FenceFirst.class);
    }

    @Test
    void aProcessThatEndedAMomentAgoIsStartedAgainByItsKubelet() {
        Case known = new Case();
        known.pod = pod("Running", over(NOW.minusSeconds(14)), null, null);

        unproved(known, "about to start it again");
    }

    @Test
    void aProcessThatWasStartedAgainLives() {
        Case known = new Case();
        ContainerState running = new ContainerStateBuilder()
                .withNewRunning(NOW.minusSeconds(60).toString())
                .build();
        known.pod = pod("Running", running, over(ENDED), null);

        unproved(known, "its process has not ended, as far as its kubelet said");
    }

    /** The report is old: the kubelet may have started the process again, and cannot say so. */
    @Test
    void theWordOfAKubeletThatIsNotHeardAnyMoreIsNoProof() {
        Case known = new Case();
        known.pod = pod("Running", over(ENDED), null, null);
        known.node = node("Unknown", null);

        unproved(known, "is not heard any more, and may have started it again");
    }

    /** A deletion that its kubelet has not heard of changes nothing on the node. */
    @Test
    void aDeletionThatItsKubeletHasNotConfirmedIsNoProof() {
        Case known = new Case();
        known.pod = pod("Running", over(ENDED), null, NOW.toString());

        unproved(known, "its kubelet has not ended it yet");
    }

    @Test
    void aPodThatWasDeletedByForceIsNoProof() {
        Case known = new Case();
        known.gone = true;
        ContainerState running =
                new ContainerStateBuilder().withNewRunning(ENDED.toString()).build();
        known.pod = pod("Running", running, null, NOW.toString());
        unproved(known, "deleted before its kubelet said that the process had ended");

        known.pod = pod("Running", over(ENDED), null, NOW.toString());
        unproved(known, "deleted by force");
    }

    /** The garbage collector of pods knows of no process. */
    @Test
    void aPodThatTheClusterGaveUpIsNoProof() {
        Case known = new Case();
        Pod collected = new PodBuilder(pod("Failed", over(ENDED), null, NOW.toString()))
                .editStatus()
                .addNewCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .withReason("DeletionByPodGC")
                .endCondition()
                .endStatus()
                .build();
        known.pod = collected;
        unproved(known, "its kubelet has not ended it yet");
        known.gone = true;
        unproved(known, "deleted by force");
    }

    @Test
    void anEndThatNoKubeletSawIsNoProof() {
        Case known = new Case();
        ContainerState unknown = new ContainerStateBuilder()
                .withNewTerminated()
                .withReason("ContainerStatusUnknown")
                .withExitCode(137)
                .endTerminated()
                .build();
        known.pod = pod("Failed", unknown, null, null);

        unproved(known, "its process has not ended, as far as its kubelet said");
    }

    @Test
    void aPodWhoseProcessWasNeverReadyDoesNotSpeakForAnEarlierOne() {
        Case known = new Case();
        known.served = false;

        unproved(known, "one of an earlier pod may still run");
    }

    @Test
    void anUnreachableNodeProvesNothing() {
        Case known = new Case();
        ContainerState running =
                new ContainerStateBuilder().withNewRunning(ENDED.toString()).build();
        known.pod = pod("Running", running, null, null);
        known.node = node("Unknown", "node.kubernetes.io/unreachable");

        unproved(known, "its process has not ended, as far as its kubelet said");
    }

    @Test
    void aDeletedNodeIsTheWordThatTheMachineIsGone() {
        Case known = new Case();
        ContainerState running =
                new ContainerStateBuilder().withNewRunning(ENDED.toString()).build();
        known.pod = pod("Running", running, null, null);
        known.node = null;
        known.nodeGone = NOW.minusSeconds(3);
        assertThat(known.verdict())
                .isEqualTo(
                        new Proved(NOW.minusSeconds(3), "its node was deleted, which says that the machine is gone"));

        known.told = false;
        assertThat(known.verdict()).isInstanceOf(FenceFirst.class);

        known.nodeGone = null;
        unproved(known, "its node was never seen");
    }

    @Test
    void aNodeThatIsBackIsNotGone() {
        Case known = new Case();
        ContainerState running =
                new ContainerStateBuilder().withNewRunning(ENDED.toString()).build();
        known.pod = pod("Running", running, null, null);
        known.nodeGone = NOW.minusSeconds(30);

        unproved(known, "its process has not ended");
    }

    @Test
    void theTaintOutOfServiceIsThatWordToo() {
        Case known = new Case();
        known.pod = null;
        known.node = node("Unknown", "node.kubernetes.io/out-of-service");

        assertThat(known.verdict()).isInstanceOf(Proved.class);
    }

    @Test
    void whoeverIsHeardIsAlive() {
        Case known = new Case();
        known.survivor = dhcp1();
        unproved(known, "its partner is in touch with it");

        known.survivor = SURVIVOR;
        known.lost = dhcp2();
        unproved(known, "it answers the operator");

        known.lost = dhcp2().outside();
        unproved(known, "the server is external");
    }

    @Test
    void withoutASurvivorThereIsNobodyToTell() {
        Case known = new Case();
        known.survivor = dhcp1().unreachable(Duration.ZERO);

        unproved(known, "its partner does not answer");
    }

    /** It was heard after the end that is proved: then that was an earlier process's. */
    @Test
    void nobodyEndedBeforeHeWasLastHeard() {
        Case known = new Case();
        known.survivor = dhcp1().interrupted(Duration.ofSeconds(10));
        known.node = null;
        known.nodeGone = NOW.minusSeconds(40);

        assertThat(known.verdict())
                .isInstanceOfSatisfying(
                        Proved.class, proved -> assertThat(proved.at()).isEqualTo(NOW.minusSeconds(10)));
    }

    /** Else it would take what it is told for that of an earlier end that it has come back from. */
    @Test
    void whatASuccessorIsToldIsLaterThanAnythingThatItCanHaveHeard() {
        RelationshipReport survivor = Objects.requireNonNull(
                dhcp1().interrupted(Duration.ofSeconds(15)).view().report(Samples.RELATIONSHIP));
        Instant heard = Objects.requireNonNull(survivor.lastContact());

        assertThat(Fence.holds(Fence.at(NOW), survivor)).isTrue();
        assertThat(Fence.holds(heard.plusSeconds(70), survivor)).isFalse();
        assertThat(Fence.holds(heard.plusSeconds(71), survivor)).isTrue();
        assertThat(Fence.holds(null, survivor)).isFalse();
    }
}
