package io.dhcpfailover.node.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.Pair.Node;
import io.dhcpfailover.node.failover.Service.Answers;
import io.dhcpfailover.node.failover.Service.Fresh;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Two servers and the link between them, through all that can happen to them in any order. */
class PairTest {

    private static final Pair NEW = new Pair(Node.down(null), Node.down(null), false);

    /** What every run looks at: after so much harm, at any moment each, all that can follow. */
    private static final Set<Pair> AFTER_HARM = explore(List.of(NEW), 3, false);

    private static final Set<Pair> AFTER_MISTAKES = explore(List.of(NEW), 2, true);

    @Test
    void newServersComeToNormalAfterAnyThreeThingsThatGoWrong() {
        assertThat(AFTER_HARM.size()).isGreaterThan(10_000);
        assertThat(stuck(AFTER_HARM)).isEmpty();
    }

    @Test
    void newServersComeToNormalAfterAnyTwoMistakes() {
        assertThat(AFTER_MISTAKES.size()).isGreaterThan(10_000);
        assertThat(stuck(AFTER_MISTAKES)).isEmpty();
    }

    /** Whatever went wrong before a session ended left the servers in two of these; one thing more goes wrong. */
    @Test
    void fromAnyTwoStatesBothComeToNormalWhateverElseGoesWrongOnTheWay() {
        List<Pair> starts = new ArrayList<>();
        for (Node primary : nodes()) {
            for (Node secondary : nodes()) {
                starts.add(new Pair(primary, secondary, false));
            }
        }

        Set<Pair> all = explore(starts, 1, true);

        assertThat(stuck(all)).isEmpty();
        assertThat(some(
                        all,
                        pair -> pair.primary().inbox().size()
                                        + pair.secondary().inbox().size()
                                > 16))
                .as("servers that talk without end")
                .isEmpty();
    }

    /** Every state without a session, as a process that runs and as one that does not. */
    private static List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        for (ServerState state : ServerState.values()) {
            if (state == ServerState.STARTUP) {
                continue;
            }
            for (ServerState previous : previous(state)) {
                for (boolean lost : List.of(false, true)) {
                    RelationshipState kept = kept(state, previous, lost);
                    nodes.add(Node.down(kept));
                    if (!state.isStopped() && state.withoutPartner() == state) {
                        Standing running = new Standing(kept, false, false, false, false, false, Pair.NOW);
                        nodes.add(new Node(kept, running, false, 0, List.of()));
                    }
                }
            }
        }
        return nodes;
    }

    private static Collection<ServerState> previous(ServerState state) {
        return state.isStopped()
                ? List.of(
                        ServerState.NORMAL,
                        ServerState.PARTNER_DOWN,
                        ServerState.POTENTIAL_CONFLICT,
                        ServerState.RECOVER_WAIT)
                : List.of(state);
    }

    private static RelationshipState kept(ServerState state, ServerState previous, boolean lost) {
        boolean recovers = lost || state == ServerState.RECOVER || state == ServerState.RECOVER_WAIT;
        return new RelationshipState(
                state,
                Pair.NOW,
                previous,
                null,
                0,
                Pair.NOW,
                0,
                state == ServerState.PARTNER_DOWN ? Pair.NOW : 0,
                recovers ? Pair.NOW : 0,
                lost);
    }

    /** A partner that is taken for down is down, and does not come back without being heard. */
    @Test
    void noServerGivesItsPartnersAddressesWhileThatGivesThemItself() {
        assertThat(some(AFTER_HARM, PairTest::isShared)).isEmpty();
        assertThat(some(AFTER_HARM, pair -> takesAll(pair, ServerRole.Primary))).isNotEmpty();
    }

    @Test
    void aLivingPartnerTakenForDeadIsTheMistakeThatBreaksThis() {
        assertThat(some(AFTER_MISTAKES, PairTest::isShared)).isNotEmpty();
    }

    @Test
    void serversThatHaveHeardEachOtherNeverBothAnswerAllClients() {
        for (Set<Pair> all : List.of(AFTER_HARM, AFTER_MISTAKES)) {
            assertThat(some(all, PairTest::isSettled)).isNotEmpty();
            assertThat(some(
                            all,
                            pair -> isSettled(pair)
                                    && service(pair, ServerRole.Primary).answers() == Answers.ALL
                                    && service(pair, ServerRole.Secondary).answers() == Answers.ALL))
                    .isEmpty();
        }
    }

    private static List<Pair> some(Set<Pair> all, Predicate<Pair> which) {
        return all.stream().filter(which).limit(3).toList();
    }

    /** Whether a server gives its partner's addresses while that gives them itself. */
    private static boolean isShared(Pair pair) {
        return (takesAll(pair, ServerRole.Primary) && givesAny(pair, ServerRole.Secondary))
                || (takesAll(pair, ServerRole.Secondary) && givesAny(pair, ServerRole.Primary));
    }

    /** Whether all has been heard that was said. */
    private static boolean isSettled(Pair pair) {
        return pair.session()
                && pair.primary().inbox().isEmpty()
                && pair.secondary().inbox().isEmpty();
    }

    private static boolean takesAll(Pair pair, ServerRole role) {
        return service(pair, role).fresh() == Fresh.OWN_AND_PARTNERS;
    }

    private static boolean givesAny(Pair pair, ServerRole role) {
        return service(pair, role).fresh() != Fresh.NONE;
    }

    /** When MCLT has passed. */
    private static Service service(Pair pair, ServerRole role) {
        Standing standing = pair.of(role).standing();
        return standing == null
                ? new Service(Answers.NONE, Fresh.NONE)
                : Service.of(Pair.relationship(role), standing, Pair.NOW + Pair.MCLT);
    }

    /** All that can follow, in which so many things go wrong and everything else goes well. */
    private static Set<Pair> explore(List<Pair> starts, int harms, boolean mistakes) {
        Set<Pair> seen = new HashSet<>(starts);
        List<Pair> layer = heal(starts, seen);
        for (int harm = 0; harm < harms; harm++) {
            List<Pair> harmed = new ArrayList<>();
            layer.forEach(pair -> pair.harm(mistakes, addTo(harmed, seen)));
            layer = heal(harmed, seen);
        }
        return seen;
    }

    private static List<Pair> heal(List<Pair> starts, Set<Pair> seen) {
        List<Pair> layer = new ArrayList<>(starts);
        for (int i = 0; i < layer.size(); i++) {
            layer.get(i).heal(addTo(layer, seen));
        }
        return layer;
    }

    private static Consumer<Pair> addTo(List<Pair> list, Set<Pair> seen) {
        return pair -> {
            if (seen.add(pair)) {
                list.add(pair);
            }
        };
    }

    /** Those from where nothing sound leads to NORMAL. */
    private static List<Pair> stuck(Set<Pair> all) {
        Map<Pair, List<Pair>> before = new HashMap<>();
        for (Pair pair : all) {
            pair.heal(next ->
                    before.computeIfAbsent(next, key -> new ArrayList<>()).add(pair));
        }
        Set<Pair> well = new HashSet<>(all.stream().filter(Pair::isWell).toList());
        Deque<Pair> left = new ArrayDeque<>(well);
        while (!left.isEmpty()) {
            for (Pair pair : before.getOrDefault(left.remove(), List.of())) {
                if (well.add(pair)) {
                    left.add(pair);
                }
            }
        }
        return some(all, pair -> !well.contains(pair));
    }
}
