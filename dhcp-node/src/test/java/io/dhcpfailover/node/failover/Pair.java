package io.dhcpfailover.node.failover;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two servers and the session between them, as a value: everything that can happen to them next. The clock stands, so
 * that there are not more of these than can be looked through; what depends on time goes either way instead.
 *
 * @param primary the one server
 * @param secondary the other
 * @param session whether there is a session
 */
record Pair(Node primary, Node secondary, boolean session) {

    static final long NOW = 1_000;
    static final long MCLT = 50;

    /** A message on its way. */
    sealed interface Message {
        record State(ServerState state, boolean startup, long since) implements Message {}

        record Request() implements Message {}

        record Done() implements Message {}
    }

    /**
     * A server.
     *
     * @param disk what a restart finds; null where it is wiped
     * @param standing null while its process does not run
     * @param cut whether the session is over, and it has not noticed
     * @param requests how many of its requests are not answered yet
     * @param inbox what is on its way to it
     */
    record Node(
            @Nullable RelationshipState disk,
            @Nullable Standing standing,
            boolean cut,
            int requests,
            List<Message> inbox) {

        static Node down(@Nullable RelationshipState disk) {
            return new Node(disk, null, false, 0, List.of());
        }

        boolean isUp() {
            return standing != null;
        }

        ServerState state() {
            return standing == null ? ServerState.SHUTDOWN : standing.state();
        }

        Node receiving(List<Message> messages) {
            List<Message> all = new ArrayList<>(inbox);
            all.addAll(messages);
            return new Node(disk, standing, cut, requests, List.copyOf(all));
        }

        Node hearing(List<Message> messages) {
            return new Node(disk, standing, cut, requests, messages);
        }

        Node losing() {
            return new Node(disk, standing, isUp(), requests, inbox);
        }
    }

    static Relationship relationship(ServerRole self) {
        return new Relationship("r", self, PartnerKind.NATIVE, Mode.LoadBalance, 50, 5, MCLT, 10, true, 3, 1_000);
    }

    Node of(ServerRole role) {
        return role == ServerRole.Primary ? primary : secondary;
    }

    private static ServerRole other(ServerRole role) {
        return role == ServerRole.Primary ? ServerRole.Secondary : ServerRole.Primary;
    }

    private Pair with(ServerRole role, Node node) {
        return role == ServerRole.Primary ? new Pair(node, secondary, session) : new Pair(primary, node, session);
    }

    private Pair withSession(boolean there) {
        return new Pair(primary, secondary, there);
    }

    boolean isWell() {
        return isWell(primary) && isWell(secondary);
    }

    private static boolean isWell(Node node) {
        return node.standing() != null
                && node.state() == ServerState.NORMAL
                && node.standing().linked()
                && node.inbox().isEmpty();
    }

    /** What happens where both processes, both disks and the link are sound. */
    void heal(Consumer<Pair> next) {
        for (ServerRole role : ServerRole.values()) {
            Node node = of(role);
            if (!node.isUp()) {
                restart(role, NOW - 2 * MCLT, next);
                restart(role, NOW + 1, next);
            } else if (node.state().isStopped()) {
                next.accept(crash(role, false));
                next.accept(happen(role, new FailoverEvent.Resumed()));
            } else if (node.cut()) {
                next.accept(notice(role));
            }
            if (node.isUp() && !node.inbox().isEmpty()) {
                deliver(role, next);
            }
            if (waits(node)) {
                next.accept(happen(role, new FailoverEvent.WaitOver()));
            }
        }
        if (!session && isReady(primary) && isReady(secondary)) {
            Pair connected = withSession(true);
            for (ServerRole role : ServerRole.values()) {
                connected = connected.happen(role, new FailoverEvent.Connected());
            }
            next.accept(connected);
        }
    }

    private static boolean isReady(Node node) {
        return node.isUp() && !node.cut() && !node.state().isStopped();
    }

    private static boolean waits(Node node) {
        Standing standing = node.standing();
        return standing != null
                && (node.state() == ServerState.RECOVER_WAIT
                        || (node.state() == ServerState.POTENTIAL_CONFLICT && standing.updated()));
    }

    /** What goes wrong; where mistakes are among it, a living partner is taken for dead, by a person or by time. */
    void harm(boolean mistakes, Consumer<Pair> next) {
        if (session) {
            next.accept(cut());
        }
        for (ServerRole role : ServerRole.values()) {
            Node node = of(role);
            Node partner = of(other(role));
            if (!node.isUp()) {
                continue;
            }
            next.accept(crash(role, false));
            next.accept(happen(role, new FailoverEvent.Stopping(true)));
            next.accept(happen(role, new FailoverEvent.Stopping(false)));
            next.accept(happen(role, new FailoverEvent.Resumed()));
            if (mistakes) {
                next.accept(crash(role, true));
                next.accept(happen(role, new FailoverEvent.StoreLost()));
                next.accept(happen(role, new FailoverEvent.SafePeriodOver()));
            }
            if (mistakes || !partner.isUp()) {
                next.accept(happen(role, new FailoverEvent.DeclaredDown(NOW)));
                next.accept(happen(role, new FailoverEvent.ProvedDown(NOW)));
            }
            boolean mayComeBackUnseen = mistakes || !isServingAlone(partner);
            if (node.state() == ServerState.STARTUP && mayComeBackUnseen) {
                next.accept(happen(role, new FailoverEvent.StartupOver()));
            }
        }
    }

    private static boolean isServingAlone(Node node) {
        RelationshipState disk = node.disk();
        return disk != null && disk.state() == ServerState.PARTNER_DOWN;
    }

    private void restart(ServerRole role, long lastOperation, Consumer<Pair> next) {
        RelationshipState disk = of(role).disk();
        RelationshipState kept = disk == null ? RelationshipState.unknown(true, NOW) : disk;
        Decision decision = StateMachine.start(kept.operatedUntil(0), lastOperation, NOW);
        next.accept(with(role, running(decision.next(), false, 0, of(role).inbox())));
    }

    private Pair crash(ServerRole role, boolean wiped) {
        Node gone = Node.down(wiped ? null : of(role).disk());
        return with(role, gone)
                .with(other(role), session ? of(other(role)).losing() : of(other(role)))
                .withSession(false);
    }

    private Pair cut() {
        return new Pair(primary.losing().hearing(List.of()), secondary.losing().hearing(List.of()), false);
    }

    private Pair notice(ServerRole role) {
        Node node = of(role);
        Node alone = new Node(node.disk(), node.standing(), false, 0, List.of());
        return with(role, alone).happen(role, new FailoverEvent.LinkLost(NOW));
    }

    private void deliver(ServerRole role, Consumer<Pair> next) {
        Node node = of(role);
        Message first = node.inbox().getFirst();
        List<Message> rest = node.inbox().subList(1, node.inbox().size());
        int requests = first instanceof Message.Done ? node.requests() - 1 : node.requests();
        Pair taken = with(role, new Node(node.disk(), node.standing(), node.cut(), requests, List.copyOf(rest)));
        switch (first) {
            case Message.State(ServerState state, boolean startup, long since) ->
                next.accept(taken.happen(role, new FailoverEvent.Heard(state, startup, since)));
            case Message.Request request -> next.accept(taken.send(role, List.of(new Message.Done())));
            case Message.Done done -> {
                if (requests == 0) {
                    next.accept(taken.happen(role, new FailoverEvent.UpdatesDone(false)));
                    next.accept(taken.happen(role, new FailoverEvent.UpdatesDone(true)));
                } else {
                    next.accept(taken);
                }
            }
        }
    }

    private Pair happen(ServerRole role, FailoverEvent event) {
        Node node = of(role);
        Standing standing = node.standing();
        if (standing == null) {
            return this;
        }
        Decision decision = StateMachine.decide(relationship(role), standing, event, NOW);
        List<Message> sent = new ArrayList<>();
        int requests = node.requests();
        boolean drops = false;
        for (StateAction action : decision.actions()) {
            switch (action) {
                case StateAction.SendState(ServerState state, boolean startup, long since) ->
                    sent.add(new Message.State(state, startup, since));
                case StateAction.RequestUpdates request -> {
                    sent.add(new Message.Request());
                    requests++;
                }
                case StateAction.DropLink drop -> drops = true;
                case StateAction.SendPendingUpdates pending -> {}
                case StateAction.BalanceAddresses balance -> {}
                case StateAction.Refuse refuse -> {}
            }
        }
        Standing then = decision.next();
        Pair changed =
                with(role, running(then, node.cut(), requests, node.inbox())).send(role, sent);
        return drops && changed.session() ? changed.cut() : changed;
    }

    /** Without what can make no difference any more, so that there are fewer to look through. */
    private static Node running(Standing standing, boolean cut, int requests, List<Message> inbox) {
        RelationshipState kept = standing.kept();
        ServerState state = kept.state();
        boolean recovers = state == ServerState.RECOVER || state == ServerState.RECOVER_WAIT || kept.storeLost();
        RelationshipState relevant = new RelationshipState(
                state,
                NOW,
                state.isStopped() ? kept.previous() : state,
                standing.linked() ? kept.partner() : null,
                standing.linked() ? kept.partnerSince() : 0,
                NOW,
                standing.startup() ? kept.lastOperation() : 0,
                kept.partnerDownFrom(),
                recovers ? kept.recoverFrom() : 0,
                kept.storeLost());
        Standing seen = new Standing(
                relevant,
                standing.startup(),
                standing.linked(),
                standing.told(),
                standing.asked(),
                standing.updated(),
                NOW);
        return new Node(relevant, seen, cut, requests, inbox);
    }

    private Pair send(ServerRole from, List<Message> messages) {
        Node receiver = of(other(from));
        return session ? with(other(from), receiver.receiving(messages)) : this;
    }

    @Override
    public String toString() {
        return primary + "\n    " + secondary + (session ? " in a session" : "");
    }
}
