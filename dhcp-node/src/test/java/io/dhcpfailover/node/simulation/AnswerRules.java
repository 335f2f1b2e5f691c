package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.engine.Outcome;
import io.dhcpfailover.node.failover.RelationshipState;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * I6: a server without a partner goes on. It leaves NORMAL as soon as it hears that the session is over, and from then
 * on answers the clients of both.
 */
final class AnswerRules implements Witness {

    /** What a sound disk takes at most to store a state, and some more. */
    private static final long SOON = 3_000;

    /** For how long a server waits for its partner before it answers anyone. */
    private static final long STARTUP = 5_000;

    /**
     * How long a server may have stored nothing, in seconds, before its partner knows: until it ends the session, until that
     * is heard or missed, and until that is stored.
     */
    private static final long STUCK = 3 * 3 + 1 + 4 * 3 + 3;

    /** Seconds in NORMAL within which a partner has told all that it knows. */
    private static final int TOLD = 20;

    private static final Set<ServerState> ALONE =
            EnumSet.of(ServerState.COMMUNICATIONS_INTERRUPTED, ServerState.PARTNER_DOWN);

    /** What becomes of a DISCOVER that is not ignored. */
    private static final Set<Outcome> ANSWERED = EnumSet.of(
            Outcome.OFFERED,
            Outcome.PROBING,
            Outcome.NO_FREE_ADDRESS,
            Outcome.CLIENT_LIMIT,
            Outcome.CIRCUIT_LIMIT,
            Outcome.RELAY_LIMIT,
            Outcome.PROBE_LIMIT,
            Outcome.STORAGE_FAILING);

    private final World world;
    private final DurableStates durable;

    /** Servers without the scope, and for how many seconds they have had it again and been in NORMAL. */
    private final Map<ServerRole, Integer> missing = new EnumMap<>(ServerRole.class);

    private final Map<ServerRole, Long> started = new EnumMap<>(ServerRole.class);

    /** When a server did not run, or was frozen, for the last time, in true time. */
    private final Map<ServerRole, Long> unable = new EnumMap<>(ServerRole.class);

    /** Since when a server has been without a session, in true time. */
    private final Map<ServerRole, Long> alone = new EnumMap<>(ServerRole.class);

    /** When a client gave an address back, in true time: that need not be durable yet. */
    private final Map<HardwareAddress, Long> returned = new HashMap<>();

    AnswerRules(World world, DurableStates durable) {
        this.world = world;
        this.durable = durable;
    }

    @Override
    public void began(PairServer server) {
        alone.remove(server.role());
    }

    @Override
    public void ended(PairServer server) {
        alone.put(server.role(), world.now());
    }

    @Override
    public void started(PairServer server, List<byte[]> records) {
        alone.remove(server.role());
        started.put(server.role(), world.now());
    }

    private boolean isAlone(PairServer server) {
        Long since = alone.get(server.role());
        boolean able = server.runs() && !server.isFrozen();
        return able
                && since != null
                && world.now() - SOON > since
                && world.now() - SOON > started.getOrDefault(server.role(), 0L) + STARTUP
                && world.now() - SOON > server.disk().soundSince();
    }

    /** To be asked every second. */
    void check(PairServer server, PairServer partner) {
        if (!server.runs() || server.isFrozen()) {
            unable.put(server.role(), world.now());
        }
        checkStorage(server, partner);
        lookForScope(server, partner);
        RelationshipState stored = durable.relationship(server);
        if (isAlone(server) && stored != null) {
            assertThat(stored.state())
                    .as("I6: %s has lost its partner", server)
                    .isNotIn(ServerState.NORMAL, ServerState.POTENTIAL_CONFLICT);
        }
    }

    /**
     * Given the scope back, a server waits until its partner has told it all; so does one that lost its disk, and a partner
     * that does not have the scope says nothing of it that would end that.
     */
    private void lookForScope(PairServer server, PairServer partner) {
        RelationshipState stored = durable.relationship(server);
        boolean normal = stored != null && stored.state() == ServerState.NORMAL && !alone.containsKey(server.role());
        boolean lost = stored == null || stored.state() == ServerState.RECOVER;
        if (!server.hasScope() || (lost && !partner.hasScope())) {
            missing.put(server.role(), 0);
        }
        boolean told = normal && partner.hasScope();
        missing.computeIfPresent(server.role(), (role, seconds) -> next(seconds, told));
    }

    private static @Nullable Integer next(int seconds, boolean told) {
        if (seconds >= TOLD) {
            return null;
        }
        return told ? seconds + 1 : 0;
    }

    /** A server that can store nothing answers nobody, so its partner may not go on leaving clients to it. */
    private void checkStorage(PairServer server, PairServer partner) {
        RelationshipState partners = durable.relationship(partner);
        boolean stuck = server.runs() && !server.isFrozen() && server.disk().busySeconds() > STUCK;
        // Whoever has just been started, or been woken, does not know yet.
        long able = Math.max(
                partner.disk().soundSince(),
                Math.max(started.getOrDefault(partner.role(), 0L), unable.getOrDefault(partner.role(), 0L)));
        boolean sound = partner.runs() && !partner.isFrozen() && able < world.now() - STUCK * 1000;
        if (stuck && sound && partners != null) {
            assertThat(partners.state())
                    .as(
                            "I6: %s has stored nothing for %d s",
                            server, server.disk().busySeconds())
                    .isNotEqualTo(ServerState.NORMAL);
        }
    }

    @Override
    public void received(PairServer server, DhcpPacket packet, Outcome outcome) {
        if (outcome == Outcome.RELEASED || outcome == Outcome.DECLINED) {
            returned.put(packet.chaddr(), world.now());
        }
        RelationshipState stored = durable.relationship(server);
        if (stored == null
                || !ALONE.contains(stored.state())
                || !isAlone(server)
                || !server.hasScope()
                || missing.containsKey(server.role())) {
            return;
        }
        MessageType type = packet.options().get(DhcpOption.MESSAGE_TYPE);
        if (type == MessageType.DISCOVER) {
            assertThat(outcome)
                    .as("I6: what %s says in %s to %s", server, stored.state(), Lines.of(packet))
                    .isIn(ANSWERED);
        } else if (type == MessageType.REQUEST && isKnown(server, packet)) {
            assertThat(outcome)
                    .as("I6: what %s says in %s to %s", server, stored.state(), Lines.of(packet))
                    .isIn(Outcome.ACKNOWLEDGED, Outcome.STORAGE_FAILING, Outcome.CLIENT_LIMIT);
        }
    }

    private boolean isKnown(PairServer server, DhcpPacket packet) {
        Binding binding = durable.table(server).find(packet.ciaddr());
        return binding != null
                && packet.options().get(DhcpOption.SERVER_IDENTIFIER) == null
                && binding.isActiveFor(ClientIdentity.of(packet.chaddr()))
                && server.settings().mayKeep(packet.ciaddr(), packet.chaddr())
                && world.now() - SOON > returned.getOrDefault(packet.chaddr(), 0L)
                && binding.end() > server.clock().seconds();
    }
}
