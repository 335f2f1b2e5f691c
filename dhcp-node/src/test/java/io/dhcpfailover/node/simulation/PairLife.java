package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.ServerState;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What happens to a pair: one misfortune after the other, several at a time, and at last everything is sound again and
 * has to become well.
 *
 * <p>Whatever happens, I1 to I8 hold. Only this can break I1, and happens in {@link Kind#MISTAKEN} alone, where I1 is
 * not looked at:
 *
 * <ul>
 *   <li>an administrator, a wrong proof, or a safe period that is shorter than an interruption, declares a partner dead
 *       that lives and serves;
 *   <li>a server that was rightly declared dead is started where it cannot hear the one that took over: without a link,
 *       with a clock more than a minute off, or while that one is down itself, or has a disk that takes nothing. It
 *       cannot know what it missed;
 *   <li>a partner is declared dead at a server that has lost its leases itself, and not been told of them again; or the
 *       disk of the one that took over is lost before the other one was told. Then nobody is left who knows.
 * </ul>
 *
 * <p>The clock of a server that is down may go back, but not forward: nobody can tell that from time that has passed.
 */
final class PairLife {

    /** What kind of people look after it. */
    enum Kind {
        /** Who declare no partner dead, and have no safe period. */
        CAREFUL,
        /** As careful, who take the scope from one of the two at times, and give it back. */
        MOVING,
        /** As careful, who reserve addresses for clients. */
        RESERVING,
        /** As careful, who put back what a disk held once, or give a server the disk of the other one. */
        RESTORING,
        /** Who declare those dead that are, by hand, by proof or by a safe period that is long enough. */
        DECLARING,
        /** Who declare living ones dead. */
        MISTAKEN
    }

    private static final long SECOND = 1_000;

    /** Clocks of servers that have to meet are not further apart. */
    private static final long SKEW_SAFE = 57;

    /** A clock that is set by fewer seconds is followed slowly. */
    private static final long STEP_MIN = 2;

    /** A link that is down for longer, while both live, is mended before a safe period ends. */
    private static final int ALONE_SECONDS_MAX = 45;

    private static final Set<ServerState> SERVING =
            EnumSet.of(ServerState.NORMAL, ServerState.COMMUNICATIONS_INTERRUPTED);

    private final Kind kind;
    private final World world;
    private final PairWorld pair;
    private final Map<ServerRole, Long> died = new EnumMap<>(ServerRole.class);
    private final Set<ServerRole> declared = EnumSet.noneOf(ServerRole.class);
    private final OldDisks disks;
    private PairSettings settings;
    private boolean mustMeet;
    private boolean healed;
    private int aloneSeconds;

    PairLife(World world, Kind kind, Mistake mistake) {
        this.kind = kind;
        this.world = world;
        PairSettings any = PairSettings.any(world, kind == Kind.DECLARING && world.oneOf(2));
        settings = kind == Kind.RESERVING
                ? any.reserving(world.random().nextInt(4), world.random().nextInt(4))
                : any;
        pair = new PairWorld(world, settings, mistake);
        disks = new OldDisks(world, pair, this::stop);
        if (kind == Kind.MISTAKEN) {
            pair.mayShare();
        }
        watch();
    }

    PairWorld pair() {
        return pair;
    }

    void run(int misfortunes) {
        world.pass(world.random().nextLong(5, 60) * SECOND);
        for (int i = 0; i < misfortunes; i++) {
            misfortune();
            world.pass(
                    world.oneOf(3)
                            ? world.random().nextLong(SECOND)
                            : world.random().nextLong(30 * SECOND));
            meet();
        }
        heal();
        PairHealth health = new PairHealth(world, pair);
        health.becomesNormal();
        health.everyClientGetsAnAddress();
        health.storesBecomeEqual();
    }

    /** Whether a server that was declared dead comes back, and has to meet the other one before anything else. */
    private void meet() {
        for (int i = 0; mustMeet; i++) {
            world.pass(SECOND / 2);
            mustMeet = !pair.link().isUp() && pair.servers().stream().allMatch(PairServer::runs);
            assertThat(i).as("half seconds until the servers meet").isLessThan(120);
        }
        if (disks.haveOld() && pair.link().isUp()) {
            // Until both know what the other one knows, nobody may lose more.
            world.pass(5 * SECOND);
            disks.haveMet();
        }
        if (pair.link().isUp()) {
            declared.removeIf(role ->
                    pair.servers().stream().anyMatch(server -> server.role() == role && knowsThatItWasTaken(server)));
        }
    }

    /** Whether it would find on its disk that its partner took over: that they met is not enough, where power goes then. */
    private boolean knowsThatItWasTaken(PairServer server) {
        ServerState own = pair.states().state(server);
        return server.runs()
                && own != null
                && (!SERVING.contains(own) || pair.states().state(pair.partner(server)) != ServerState.PARTNER_DOWN);
    }

    private void misfortune() {
        PairServer server = pair.servers().get(world.random().nextInt(2));
        if (kind == Kind.MOVING && world.oneOf(4)) {
            take(server);
            return;
        }
        if (kind == Kind.RESTORING && world.oneOf(3)) {
            disks.misfortune(server);
            return;
        }
        switch (world.random().nextInt(kind == Kind.DECLARING || kind == Kind.MISTAKEN ? 24 : 20)) {
            case 0, 1, 2 -> stop(server, world.oneOf(2));
            case 3 -> {
                stop(server, true);
                stop(pair.partner(server), world.oneOf(2));
            }
            case 4 -> server.freeze(world.random().nextLong(500, 20_000));
            case 5, 6 -> cut(true);
            case 7, 8 -> cut(false);
            case 9 -> pair.link().reset();
            case 10 -> pair.link().setDelay(world.oneOf(2) ? 20 : world.random().nextInt(20, 2_000));
            case 11 -> isolate(server);
            case 12 -> fill(server);
            case 13 -> slow(server);
            case 14 -> wipe(server);
            case 15 -> setClock(server);
            case 16 -> snapshot(server);
            case 17, 18 -> change(server);
            case 19 ->
                pair.squatted()
                        .add(new Ipv4Address(
                                settings.firstAddress().bits() + world.random().nextInt(24)));
            case 20, 21 -> declare(server);
            default -> leave(server);
        }
    }

    private long time() {
        return world.oneOf(5)
                ? world.random().nextLong(60, 240) * SECOND
                : world.random().nextLong(30 * SECOND);
    }

    private void stop(PairServer server, boolean power) {
        if (server.runs()) {
            server.stop(power);
            died.put(server.role(), world.now());
            if (world.oneOf(6) && pair.skew() < SKEW_SAFE - 10) {
                server.clock().setBack(world.random().nextInt(10));
            }
            world.after(time(), () -> comeBack(server));
        }
    }

    private void comeBack(PairServer server) {
        if (server.runs()) {
            return;
        }
        PairServer partner = pair.partner(server);
        if (disks.isOld(server)) {
            // Whoever puts a disk back sees to it that the servers meet.
            mend();
            if (!mayMeet(partner)) {
                world.after(SECOND, () -> comeBack(server));
                return;
            }
            mustMeet = true;
        }
        boolean servedLast = !partner.runs()
                && !declared.contains(server.role())
                && died.getOrDefault(server.role(), 0L) >= died.getOrDefault(partner.role(), 0L);
        if (kind == Kind.DECLARING && !servedLast && !hasSaidGoodbye(server)) {
            boolean meets = mayMeet(partner);
            boolean taken = declared.contains(server.role())
                    || pair.states().state(partner) == ServerState.PARTNER_DOWN
                    || (settings.safePeriod() != 0 && partner.runs());
            if (taken && !meets) {
                world.after(SECOND, () -> comeBack(server));
                return;
            }
            mustMeet |= taken;
        }
        server.disk().setRoom(Long.MAX_VALUE);
        server.start();
    }

    private boolean mayMeet(PairServer partner) {
        return partner.runs() && !partner.isFrozen() && !pair.link().isCut() && pair.skew() < SKEW_SAFE;
    }

    /** Whether it asks its partner before it serves, wherever that is. */
    private boolean hasSaidGoodbye(PairServer server) {
        return pair.states().state(server) == ServerState.SHUTDOWN;
    }

    private void cut(boolean both) {
        ServerRole first = world.oneOf(2) ? ServerRole.Primary : ServerRole.Secondary;
        pair.link().cut(first, true);
        if (both) {
            pair.link().cut(first == ServerRole.Primary ? ServerRole.Secondary : ServerRole.Primary, true);
        }
        world.after(time(), this::mendLink);
    }

    private void mendLink() {
        pair.link().cut(ServerRole.Primary, false);
        pair.link().cut(ServerRole.Secondary, false);
    }

    private void isolate(PairServer server) {
        pair.isolate(server);
        world.after(time(), pair::joinClients);
    }

    private void fill(PairServer server) {
        server.disk().setRoom(world.random().nextInt(2_000));
        world.after(time(), () -> server.disk().setRoom(Long.MAX_VALUE));
    }

    private void slow(PairServer server) {
        server.disk().setStall(world.random().nextInt(1_000, 5_000));
        world.after(time(), () -> server.disk().setStall(0));
    }

    /** Only while another one knows all that it may forget. */
    private void wipe(PairServer server) {
        ServerState own = pair.states().state(server);
        ServerState other = pair.states().state(pair.partner(server));
        if (own != null && other != null && SERVING.contains(own) && SERVING.contains(other) && !disks.haveOld()) {
            if (server.runs()) {
                stop(server, true);
            }
            server.disk().wipe();
        }
    }

    private void setClock(PairServer server) {
        // Who puts disks back has to have the servers meet, and would set a clock right before it goes back by itself.
        boolean beyond = world.oneOf(6) && declared.isEmpty() && kind != Kind.RESTORING;
        long seconds =
                beyond ? world.random().nextLong(100, 200) : world.random().nextLong(-40, 41);
        long skew = (server.clock().ahead() - pair.partner(server).clock().ahead()) / SECOND;
        boolean none = Math.abs(seconds) < STEP_MIN;
        if (none || !server.runs() || server.isFrozen() || (!beyond && Math.abs(skew + seconds) > SKEW_SAFE)) {
            return;
        }
        step(server, seconds);
        if (beyond) {
            world.after(time(), () -> setBack(server, seconds));
        }
    }

    private void setBack(PairServer server, long seconds) {
        if (healed) {
            return;
        }
        if (server.runs()) {
            server.thaw();
            server.setClock(-seconds);
        } else {
            world.after(SECOND, () -> setBack(server, seconds));
        }
    }

    /** A step that no store took, and then a crash: nobody could know of it. */
    private void step(PairServer server, long seconds) {
        server.disk().setRoom(Long.MAX_VALUE);
        server.disk().setStall(0);
        server.setClock(seconds);
        // What a disk held before would be of another time.
        disks.forget();
        world.pass(8 * SECOND);
    }

    private void snapshot(PairServer server) {
        if (server.runs()) {
            server.disk().snapshot();
        }
    }

    /** Another configuration, for the one server sooner than for the other. */
    private void change(PairServer first) {
        settings = kind == Kind.RESERVING && world.oneOf(2)
                ? settings.reserving(settings.reservedInside(), world.random().nextInt(4))
                : settings.changed(world);
        PairSettings next = settings;
        first.configure(next);
        world.after(
                world.random().nextLong(120 * SECOND), () -> pair.partner(first).configure(settings));
    }

    /** Takes the scope from one of the two. The other one has it all the time. */
    private void take(PairServer server) {
        if (pair.servers().stream().allMatch(PairServer::hasScope)) {
            server.serve(false);
            world.after(time(), () -> server.serve(true));
        }
    }

    private void declare(PairServer server) {
        PairServer partner = pair.partner(server);
        boolean dead = !partner.runs();
        if (!server.runs() || (kind == Kind.DECLARING && !dead)) {
            return;
        }
        ServerState state = pair.states().state(server);
        if (kind == Kind.DECLARING && (state == null || !SERVING.contains(state))) {
            return;
        }
        long since = dead ? (world.now() - died.getOrDefault(partner.role(), world.now())) / SECOND : 0;
        long lastSeen = server.clock().seconds() - (world.oneOf(2) ? since : 0) + 1;
        declared.add(partner.role());
        server.happened(
                world.oneOf(2) || !dead
                        ? new FailoverEvent.DeclaredDown(lastSeen)
                        : new FailoverEvent.ProvedDown(lastSeen));
    }

    /** Stops by plan. */
    private void leave(PairServer server) {
        server.happened(new FailoverEvent.Stopping(world.oneOf(2)));
        world.pass(world.random().nextLong(3 * SECOND));
        meet();
        stop(server, false);
    }

    /** In runs where nobody makes mistakes, living servers meet before a safe period is over. */
    private void watch() {
        boolean alone = pair.servers().stream().allMatch(PairServer::runs)
                && !pair.link().isUp();
        aloneSeconds = alone ? aloneSeconds + 1 : 0;
        if (settings.safePeriod() != 0 && aloneSeconds > ALONE_SECONDS_MAX) {
            mend();
        }
        if (!healed) {
            world.after(SECOND, this::watch);
        }
    }

    /** What keeps the servers from each other is over. */
    private void mend() {
        mendLink();
        pair.link().setDelay(20);
        for (PairServer server : pair.servers()) {
            server.thaw();
            server.disk().setRoom(Long.MAX_VALUE);
            server.disk().setStall(0);
        }
        if (pair.skew() >= SKEW_SAFE) {
            PairServer first = pair.servers().getFirst();
            PairServer last = pair.servers().getLast();
            PairServer ahead = first.clock().ahead() > last.clock().ahead() ? first : last;
            long seconds = pair.skew();
            if (ahead.runs()) {
                ahead.setClock(-seconds);
            } else {
                ahead.clock().setBack(seconds);
            }
        }
    }

    private void heal() {
        world.say(() -> "all is well from now on");
        healed = true;
        mend();
        pair.network().heal();
        pair.joinClients();
        pair.squatted().clear();
        pair.servers().forEach(server -> world.after(world.random().nextInt(5_000), () -> comeBack(server)));
        world.pass(10 * SECOND);
        pair.servers().forEach(this::comeBack);
        meet();
        pair.servers().forEach(server -> server.configure(settings));
        pair.servers().forEach(server -> server.serve(true));
    }
}
