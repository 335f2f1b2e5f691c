package io.dhcpfailover.operator.rollout;

import static io.dhcpfailover.operator.summary.Samples.NOW;
import static io.dhcpfailover.operator.summary.Samples.dhcp1;
import static io.dhcpfailover.operator.summary.Samples.dhcp2;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.rollout.Step.Kind;
import io.dhcpfailover.operator.summary.Samples;
import io.dhcpfailover.operator.summary.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A pair is changed one by one, and clients are served by somebody all the time. */
class RolloutTest {

    private static final ObjectName ONE = new ObjectName("dhcp1");
    private static final ObjectName TWO = new ObjectName("dhcp2");
    private static final DhcpFailoverRelationshipSpec SEVENTY = Specs.pair("loadBalancePercent: 70");

    private static ServerPod old(Samples server) {
        return new ServerPod(server.view(), true, false, null);
    }

    private static ServerPod current(Samples server) {
        return new ServerPod(server.view(), false, false, null);
    }

    private static ServerPod cordoned(Samples server, @Nullable Instant inHand) {
        return new ServerPod(server.view(), false, true, inHand);
    }

    private static ServerPod inHand(Samples server, boolean outdated) {
        return new ServerPod(server.view(), outdated, false, NOW.minusSeconds(30));
    }

    private static Map<ObjectName, Step> plan(ServerPod one, ServerPod two, DhcpFailoverRelationshipSpec pair) {
        return Rollout.plan(Map.of(ONE, one, TWO, two), Map.of(Samples.RELATIONSHIP, pair), NOW);
    }

    private static Map<ObjectName, Step> plan(ServerPod one, ServerPod two) {
        return plan(one, two, SEVENTY);
    }

    private static Kind kind(Map<ObjectName, Step> plan, ObjectName server) {
        return Objects.requireNonNull(plan.get(server)).kind();
    }

    private static String message(Map<ObjectName, Step> plan, ObjectName server) {
        return Objects.requireNonNull(plan.get(server)).message();
    }

    private static Samples serving() {
        return dhcp1().in(FailoverState.PartnerDown, Duration.ofSeconds(20)).unconnected();
    }

    @Test
    void theOneWithFewerClientsGoesFirst() {
        Map<ObjectName, Step> plan = plan(old(dhcp1()), old(dhcp2()));

        assertThat(kind(plan, TWO)).isEqualTo(Kind.HAND_OVER);
        assertThat(kind(plan, ONE)).isEqualTo(Kind.WAIT);
        assertThat(message(plan, ONE)).isEqualTo("its pod is to be replaced, after that of dhcp2");
        assertThat(kind(plan(old(dhcp1()), old(dhcp2()), Specs.pair("loadBalancePercent: 30")), ONE))
                .isEqualTo(Kind.HAND_OVER);
    }

    @Test
    void theStandbyGoesFirst() {
        assertThat(kind(plan(old(dhcp1()), old(dhcp2()), Specs.pair("mode: HotStandby")), TWO))
                .isEqualTo(Kind.HAND_OVER);
        assertThat(kind(plan(old(dhcp1()), old(dhcp2()), Specs.pair("mode: HotStandby, activeServer: Secondary")), ONE))
                .isEqualTo(Kind.HAND_OVER);
    }

    @Test
    void nothingIsBegunOutsideOfNormal() {
        Map<ObjectName, Step> plan =
                plan(current(dhcp1().interrupted(Duration.ZERO)), old(dhcp2().interrupted(Duration.ZERO)));

        assertThat(kind(plan, TWO)).isEqualTo(Kind.WAIT);
        assertThat(message(plan, TWO)).isEqualTo("its pod is to be replaced, once dhcp2-dhcp1 is in NORMAL");
    }

    /** An operator that has just begun hears one of them before the other. */
    @Test
    void nobodyGoesBeforeBothAreHeard() {
        Map<ObjectName, Step> plan = plan(old(dhcp1()), old(dhcp2().unreachable(Duration.ZERO)));

        assertThat(kind(plan, ONE)).isEqualTo(Kind.WAIT);
        assertThat(kind(plan, TWO)).isEqualTo(Kind.WAIT);
    }

    @Test
    void aServerGoesThroughEveryStep() {
        Samples two = dhcp2();
        assertThat(kind(plan(old(dhcp1()), inHand(two, true)), TWO)).isEqualTo(Kind.HAND_OVER);
        assertThat(kind(plan(old(dhcp1()), inHand(dhcp2().inMaintenance().pending(4), true)), TWO))
                .isEqualTo(Kind.WAIT);
        Map<ObjectName, Step> handedOver = plan(old(serving()), inHand(dhcp2().inMaintenance(), true));
        assertThat(kind(handedOver, TWO)).isEqualTo(Kind.REPLACE);
        assertThat(Objects.requireNonNull(handedOver.get(TWO)).evictable()).isTrue();
        assertThat(kind(plan(old(serving()), inHand(dhcp2().unreachable(Duration.ZERO), false)), TWO))
                .isEqualTo(Kind.WAIT);
        assertThat(kind(plan(old(serving()), inHand(dhcp2().inMaintenance(), false)), TWO))
                .isEqualTo(Kind.TAKE_BACK);
        assertThat(kind(plan(old(serving()), inHand(dhcp2().in(FailoverState.Recover, Duration.ZERO), false)), TWO))
                .isEqualTo(Kind.WAIT);
        Map<ObjectName, Step> back = plan(old(dhcp1()), inHand(dhcp2(), false));
        assertThat(kind(back, TWO)).isEqualTo(Kind.LET_GO);
        assertThat(kind(back, ONE)).isEqualTo(Kind.WAIT);
        assertThat(kind(plan(old(dhcp1()), current(dhcp2())), ONE)).isEqualTo(Kind.HAND_OVER);
    }

    /** While one is away, its partner is left alone whatever happens. */
    @Test
    void theOtherIsNeverTouchedMeanwhile() {
        for (Samples away : new Samples[] {
            dhcp2().inMaintenance(),
            dhcp2().unreachable(Duration.ofMinutes(1)),
            dhcp2().in(FailoverState.Recover, Duration.ZERO)
        }) {
            assertThat(kind(plan(old(serving()), inHand(away, false)), ONE)).isEqualTo(Kind.WAIT);
        }
    }

    @Test
    void itStopsWhereNormalDoesNotComeBack() {
        ServerPod lost = new ServerPod(
                dhcp2().unreachable(Duration.ofHours(2)).view(), false, false, NOW.minus(Duration.ofHours(2)));
        Map<ObjectName, Step> plan = plan(old(serving()), lost);

        assertThat(kind(plan, TWO)).isEqualTo(Kind.STOPPED);
        assertThat(message(plan, TWO))
                .isEqualTo("dhcp2 has not come back for 2h: the rollout stops here, and the partners of dhcp2 stay as"
                        + " they are until it is back; look at its pod and its DhcpServer");
        assertThat(kind(plan, ONE)).isEqualTo(Kind.WAIT);
    }

    /** An image that does not start, replaced by one that does. */
    @Test
    void aServerThatServesNobodyIsReplacedAtOnce() {
        Map<ObjectName, Step> plan = plan(current(serving()), old(dhcp2().unreachable(Duration.ofMinutes(5))));

        assertThat(kind(plan, TWO)).isEqualTo(Kind.REPLACE);
        assertThat(kind(plan(current(serving()), inHand(dhcp2().unreachable(Duration.ofMinutes(5)), true)), TWO))
                .isEqualTo(Kind.REPLACE);
    }

    @Test
    void aServerThatOnlyTheOperatorCannotReachIsLeftAlone() {
        assertThat(kind(plan(current(dhcp1()), old(dhcp2().unreachable(Duration.ofMinutes(5)))), TWO))
                .isEqualTo(Kind.WAIT);
    }

    @Test
    void aCordonedNodeIsEmptiedOnlyWhenItsClientsAreHandedOver() {
        Map<ObjectName, Step> begin = plan(current(dhcp1()), cordoned(dhcp2(), null));
        assertThat(kind(begin, TWO)).isEqualTo(Kind.HAND_OVER);
        assertThat(Objects.requireNonNull(begin.get(TWO)).evictable()).isFalse();

        Instant since = NOW.minusSeconds(9);
        Step waiting = Objects.requireNonNull(
                plan(current(serving()), cordoned(dhcp2().inMaintenance().pending(2), since))
                        .get(TWO));
        assertThat(waiting.evictable()).isFalse();
        Step ready = Objects.requireNonNull(plan(current(serving()), cordoned(dhcp2().inMaintenance(), since))
                .get(TWO));
        assertThat(ready.evictable()).isTrue();
        assertThat(ready.message()).isEqualTo("its node can be emptied");
        assertThat(kind(
                        plan(
                                current(serving()),
                                cordoned(dhcp2().unreachable(Duration.ofHours(5)), NOW.minus(Duration.ofHours(5)))),
                        TWO))
                .isEqualTo(Kind.WAIT);
        assertThat(kind(plan(current(serving()), inHand(dhcp2().inMaintenance(), false)), TWO))
                .isEqualTo(Kind.TAKE_BACK);
    }

    @Test
    void ofTwoCordonedNodesOneIsEmptied() {
        Map<ObjectName, Step> plan = plan(cordoned(dhcp1(), null), cordoned(dhcp2(), null));

        assertThat(kind(plan, TWO)).isEqualTo(Kind.HAND_OVER);
        assertThat(kind(plan, ONE)).isEqualTo(Kind.WAIT);
    }

    @Test
    void whomAPersonTookOutOfServiceIsNotPutBack() {
        assertThat(kind(plan(current(serving()), current(dhcp2().inMaintenance())), TWO))
                .isEqualTo(Kind.KEEP);
    }

    /** What a person has out of service may be evicted, whoever waits for it to come back. */
    @Test
    void whomAPersonTookOutOfServiceMayBeEvicted() {
        for (ServerPod out : List.of(
                current(dhcp2().inMaintenance()),
                old(dhcp2().inMaintenance()),
                cordoned(dhcp2().inMaintenance(), null))) {
            Step step = Objects.requireNonNull(plan(current(serving()), out).get(TWO));

            assertThat(step.evictable()).isTrue();
            assertThat(step.kind()).isIn(Kind.KEEP, Kind.WAIT);
        }
    }

    /** Between what was noted and what is told, the partner may have been lost. */
    @Test
    void nobodyHandsOverToAPartnerThatIsNotInNormal() {
        ServerPod alone = inHand(dhcp2().interrupted(Duration.ZERO), true);
        assertThat(kind(plan(old(dhcp1().unreachable(Duration.ZERO)), alone), TWO))
                .isEqualTo(Kind.LET_GO);

        ServerPod emptied = cordoned(dhcp2().interrupted(Duration.ZERO), NOW.minusSeconds(9));
        assertThat(kind(plan(current(dhcp1().unreachable(Duration.ZERO)), emptied), TWO))
                .isEqualTo(Kind.LET_GO);
    }

    /** Its clients were handed over, and then whoever has them was lost: somebody has to serve them. */
    @Test
    void whoeverLosesItsPartnerMeanwhileServesAgain() {
        for (ServerPod alone : List.of(
                inHand(dhcp2().inMaintenance().unconnected(), true),
                cordoned(dhcp2().inMaintenance().unconnected(), NOW.minusSeconds(9)))) {
            assertThat(kind(plan(current(dhcp1().unreachable(Duration.ZERO)), alone), TWO))
                    .isEqualTo(Kind.TAKE_BACK);
        }
    }

    @Test
    void aServerWithoutAPartnerIsReplacedAtOnce() {
        Map<ObjectName, Step> plan = Rollout.plan(Map.of(ONE, old(dhcp1())), Map.of(), NOW);

        assertThat(kind(plan, ONE)).isEqualTo(Kind.REPLACE);
    }
}
