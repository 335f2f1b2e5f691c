package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Configuration;
import io.dhcpfailover.node.engine.Effect;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.engine.Outcome;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.RelationshipState;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One server of a pair: what the process of a {@link ServerHost} is in one relationship, and to its clients. */
final class PairServer {

    /** A reply that is older is dropped, as the process does. */
    private static final long REPLY_AGE_MAX = 5_000;

    private final World world;
    private final ServerHost host;
    private final ServerRole role;
    private final Witness witness;
    private final Mistake mistake;
    private final Consumer<Reply> replies;
    private final Predicate<Ipv4Address> isUsed;
    private PairSettings settings;
    private PairSettings taken;
    private @Nullable PartnerLink link;
    private @Nullable ServerState state;
    private boolean hasScope = true;

    PairServer(
            World world,
            ServerHost host,
            ServerRole role,
            PairSettings settings,
            Witness witness,
            Mistake mistake,
            Consumer<Reply> replies,
            Predicate<Ipv4Address> isUsed) {
        this.world = world;
        this.host = host;
        this.role = role;
        this.settings = settings;
        this.taken = settings;
        this.witness = witness;
        this.mistake = mistake;
        this.replies = replies;
        this.isUsed = isUsed;
        host.add(this);
    }

    /** Has this link to its partner. */
    void join(PartnerLink own) {
        link = own;
    }

    ServerHost host() {
        return host;
    }

    ServerRole role() {
        return role;
    }

    Witness witness() {
        return witness;
    }

    Mistake mistake() {
        return mistake;
    }

    SimulatedClock clock() {
        return host.clock();
    }

    PairDisk disk() {
        return host.disk();
    }

    /** What it is told to be. */
    PairSettings settings() {
        return settings;
    }

    /** Its address in the clients' network. */
    Ipv4Address address() {
        return settings.address(role);
    }

    boolean runs() {
        return host.runs();
    }

    /** Whether it was told at its start that it was taken for down. */
    boolean isDeclaredDown() {
        return host.isDeclaredDown();
    }

    boolean isFrozen() {
        return host.isFrozen();
    }

    @Nullable Engine engine() {
        return host.engine();
    }

    /** Begins with what its disk holds. */
    void start() {
        host.start(0);
    }

    /**
     * Begins with what its disk holds.
     *
     * @param declaredDownAt when it was taken for down before, as who starts it says, in seconds; 0 where it was not
     */
    void start(long declaredDownAt) {
        host.start(declaredDownAt);
    }

    /** Its process began with these records. */
    void started(List<byte[]> records) {
        witness.started(this, records);
    }

    /**
     * Ends at once.
     *
     * @param power whether power is lost; else only its process is killed
     */
    void stop(boolean power) {
        host.stop(power);
    }

    /** Its process has ended. */
    void stopped(boolean power) {
        witness.stopped(this);
        if (link != null) {
            link.processEnded(this, power);
        }
    }

    /** Gives its process something to do. */
    void submit(Consumer<Engine> event) {
        host.submit(event);
    }

    /** Its process does nothing for so many milliseconds, and all that comes meanwhile waits for it. */
    void freeze(long milliseconds) {
        host.freeze(milliseconds);
    }

    /** Goes on, where it is frozen. */
    void thaw() {
        host.thaw();
    }

    /** Takes these settings: at once, or with its next start. */
    void configure(PairSettings next) {
        settings = next;
        submit(running -> {
            taken = next;
            host.configure(running);
            configured();
        });
    }

    /** What it is told to be counts from now on. */
    void takeSettings() {
        taken = settings;
    }

    /** The engine has taken it. */
    void configured() {
        witness.configured(this, taken);
        world.say(() -> this + " is told " + taken);
    }

    /** Its part of what its process is told. */
    Configuration configuration() {
        Configuration whole = taken.configuration(mistake.relationship(taken.relationship(role)));
        return hasScope
                ? whole
                : new Configuration(
                        null,
                        whole.authorized(),
                        whole.leaseQueryFrom(),
                        new ScopeTable(List.of()),
                        whole.relationships());
    }

    /** Whether it is told to serve the scope. */
    boolean hasScope() {
        return hasScope;
    }

    /** Is told to serve the scope of the relationship, or not to. */
    void serve(boolean serves) {
        if (serves != hasScope) {
            world.say(() -> this + (serves ? " has the scope again" : " does not have the scope any more"));
            hasScope = serves;
            configure(settings);
        }
    }

    /** A record has become durable: a planted mistake may have it forget to wait in a new state. */
    void stored(byte[] record) {
        witness.stored(this, record);
        if (record[0] != RelationshipState.KIND) {
            return;
        }
        RelationshipState.Named named = RelationshipState.decode(record);
        if (!named.name().equals(settings.name())) {
            return;
        }
        ServerState next = named.state().state();
        if (next != state && mistake.isHastyIn(next)) {
            clock().set(settings.mclt());
        }
        state = next;
    }

    /** Somebody sets its clock. One of a server that is down can only go back without anybody noticing. */
    void setClock(long seconds) {
        host.setClock(seconds);
    }

    /** An administrator or the cluster says something; nothing comes of it where the process does not run. */
    void happened(FailoverEvent event) {
        submit(running -> {
            String refused = running.happened(settings.name(), event, clock().seconds(), host::effect);
            if (refused == null) {
                witness.happened(this, event);
            }
            world.say(() -> this + " is told " + event + (refused == null ? "" : ", and refuses: " + refused));
        });
    }

    void receive(DhcpPacket packet, Origin origin) {
        submit(running -> {
            Outcome outcome = running.receive(packet, origin, clock().seconds(), host::effect);
            world.say(() -> this + " received " + Lines.of(packet) + ": " + outcome);
            witness.received(this, packet, outcome);
        });
    }

    /** Where the engine puts what it wants done. */
    void effect(Effect effect) {
        host.effect(effect);
    }

    void storeThenSend(Effect.StoreThenSend store) {
        if (mistake.repliesBeforeSync()) {
            reply(store.reply());
            disk().store(store.record(), () -> {});
            return;
        }
        long decided = world.now();
        disk().store(store.record(), () -> {
            if (world.now() - decided < REPLY_AGE_MAX) {
                reply(store.reply());
            }
        });
    }

    void reply(Reply reply) {
        world.say(() -> this + " replies " + Lines.of(reply.packet()));
        witness.replied(this, reply);
        replies.accept(reply);
    }

    void probe(Effect.Probe probe) {
        int of = host.life();
        world.after(500, () -> {
            if (of == host.life()) {
                submit(running ->
                        running.probed(probe.number(), isUsed.test(probe.address()), clock().seconds(), host::effect));
            }
        });
    }

    /** For the session in which the engine said it, and for no later one. */
    void toPartner(Effect.SendToPartner effect) {
        PartnerLink own = link();
        long session = own.session(this);
        Runnable send = () -> own.send(this, session, effect.message());
        if (mistake.leavesBeforeSync(effect.message())) {
            send.run();
        } else {
            disk().store(null, send);
        }
    }

    void drop(Effect.DropLink effect) {
        PartnerLink own = link();
        long session = own.session(this);
        Runnable drop = () -> own.drop(this, session, effect.reason());
        if (effect.atOnce()) {
            drop.run();
        } else {
            disk().store(null, drop);
        }
    }

    private PartnerLink link() {
        PartnerLink own = link;
        assertThat(own).isNotNull();
        return own;
    }

    @Override
    public String toString() {
        return settings.isFirst() ? role.toString() : role + " of " + settings.name();
    }
}
