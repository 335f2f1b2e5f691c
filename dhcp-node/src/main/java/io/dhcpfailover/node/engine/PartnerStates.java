package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.Deadline;
import io.dhcpfailover.node.failover.Decision;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.RelationshipState;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.Service;
import io.dhcpfailover.node.failover.Standing;
import io.dhcpfailover.node.failover.StateAction;
import io.dhcpfailover.node.failover.StateMachine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a server stands in a relationship: decides on what happens, one thing after the other, each only once what the one
 * before changed is on disk.
 */
final class PartnerStates {

    /** What happens, when it is its turn. */
    interface Happening {
        void happen(long now, Consumer<Effect> effects);
    }

    /** Who does what a decision asks for. */
    interface Actor {
        void act(StateAction action, long now, Consumer<Effect> effects);
    }

    /** A decision whose record is being stored. */
    private record Waiting(long number, Decision decision) {}

    private final String name;
    private final ServerRole self;
    private final LongSupplier numbers;
    private final LongFunction<Relationship> rules;
    private final Actor actor;
    private final Deque<Happening> queue = new ArrayDeque<>();
    private @Nullable Standing standing;
    private @Nullable Waiting waiting;
    private long transitions;

    /**
     * Of a relationship that has not begun.
     *
     * @param numbers where numbers of records come from
     * @param rules the relationship to be obeyed at a time
     */
    PartnerStates(String name, ServerRole self, LongSupplier numbers, LongFunction<Relationship> rules, Actor actor) {
        this.name = name;
        this.self = self;
        this.numbers = numbers;
        this.rules = rules;
        this.actor = actor;
    }

    /** Null before its start. */
    @Nullable Standing standing() {
        return standing;
    }

    /** What it is; STARTUP before its start. */
    ServerState state() {
        Standing at = standing;
        return at == null ? ServerState.STARTUP : at.state();
    }

    /** Whether it has begun, or is about to. */
    boolean hasBegun() {
        return standing != null || waiting != null;
    }

    /** Whether nothing waits for a record to be stored. */
    boolean isSettled() {
        return standing != null && waiting == null && queue.isEmpty();
    }

    /** How much waits for its turn. */
    int waiting() {
        return queue.size();
    }

    /** How often the state changed. */
    long transitions() {
        return transitions;
    }

    /** What a snapshot has to hold: also what is only being stored. Null before its start. */
    byte @Nullable [] record() {
        Waiting next = waiting;
        Standing at = next == null ? standing : next.decision.next();
        return at == null ? null : at.kept().encode(name, self);
    }

    /** Begins with what was found. */
    void begin(RelationshipState kept, long lastOperation, long now, Consumer<Effect> effects) {
        Decision decision = StateMachine.start(kept, lastOperation, now);
        settle(new Decision(decision.next(), true, decision.actions()), now, effects);
    }

    /** Has something happen, once it is its turn. */
    void submit(Happening happening, long now, Consumer<Effect> effects) {
        if (isSettled()) {
            happening.happen(now, effects);
        } else {
            queue.addLast(happening);
        }
    }

    /** Has happen next what follows from something whose turn it is. */
    void follow(FailoverEvent event, long now, Consumer<Effect> effects) {
        if (waiting == null && standing != null) {
            decide(event, now, effects);
        } else {
            queue.addFirst((then, out) -> decide(event, then, out));
        }
    }

    /** Why it is refused; null where it is not. */
    @Nullable String decide(FailoverEvent event, long now, Consumer<Effect> effects) {
        Standing at = standing;
        return at == null ? null : settle(StateMachine.decide(rules.apply(now), at, event, now), now, effects);
    }

    private @Nullable String settle(Decision decision, long now, Consumer<Effect> effects) {
        if (decision.durable()) {
            long number = numbers.getAsLong();
            waiting = new Waiting(number, decision);
            effects.accept(new Effect.StoreThenTell(decision.next().kept().encode(name, self), number));
            return null;
        }
        return take(decision, now, effects);
    }

    /** A record is durable. */
    void stored(long number, long now, Consumer<Effect> effects) {
        Waiting stored = waiting;
        if (stored != null && stored.number == number) {
            waiting = null;
            take(stored.decision, now, effects);
            goOn(now, effects);
        }
    }

    /** Has happen what waited for its turn. */
    void goOn(long now, Consumer<Effect> effects) {
        while (waiting == null && !queue.isEmpty()) {
            queue.removeFirst().happen(now, effects);
        }
    }

    private @Nullable String take(Decision decision, long now, Consumer<Effect> effects) {
        Standing before = standing;
        standing = decision.next();
        if (before != null && before.kept().state() != decision.next().kept().state()) {
            transitions++;
        }
        String refusal = null;
        for (StateAction action : decision.actions()) {
            if (action instanceof StateAction.Refuse refuse) {
                refusal = refuse.reason();
            } else {
                actor.act(action, now, effects);
            }
        }
        return refusal;
    }

    /** Does what is due by time. */
    void meetDeadline(long now, Consumer<Effect> effects) {
        Standing at = standing;
        Deadline deadline = at == null || !isSettled() ? null : Deadline.of(rules.apply(now), at);
        if (deadline != null && deadline.at() <= now) {
            decide(deadline.event(), now, effects);
        }
    }

    /** What a client may be told: while a change of the state is being stored, what it may before and after. */
    Service service(long now) {
        Standing at = standing;
        if (at == null) {
            return new Service(Service.Answers.NONE, Service.Fresh.NONE);
        }
        Service before = Service.of(rules.apply(now), at, now);
        Waiting next = waiting;
        if (next == null) {
            return before;
        }
        Service after = Service.of(rules.apply(now), next.decision.next(), now);
        return new Service(
                after.answers() == Service.Answers.NONE ? after.answers() : before.answers(),
                before.fresh().compareTo(after.fresh()) < 0 ? before.fresh() : after.fresh());
    }

    /** The clock was set. */
    void clockStepped(long seconds) {
        Standing at = standing;
        Waiting next = waiting;
        if (at != null) {
            standing = shifted(at, seconds);
        }
        if (next != null) {
            Decision decision = next.decision;
            waiting = new Waiting(
                    next.number,
                    new Decision(shifted(decision.next(), seconds), decision.durable(), decision.actions()));
        }
    }

    private static Standing shifted(Standing at, long seconds) {
        return new Standing(
                at.kept().shifted(seconds),
                at.startup(),
                at.linked(),
                at.told(),
                at.asked(),
                at.updated(),
                at.aloneSince() + seconds);
    }
}
