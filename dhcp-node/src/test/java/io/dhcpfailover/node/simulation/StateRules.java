package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.RelationshipState;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.message.BindingUpdate;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * I4: states change along the table, by a cause that was there, and are on disk before anything comes of them. The
 * table is the draft's (section 9), written down a second time: a line for each change that there may be, with what
 * may be its cause. A name after {@code says:} is a state that the partner said.
 */
final class StateRules implements Witness {

    private static final String TABLE = """
        NORMAL    | COMM-INT  | lost start says:PAUSED says:RECOVER says:REC-WAIT
        NORMAL    | P-DOWN    | told says:SHUTDOWN
        NORMAL    | POT-CONF  | says:P-DOWN says:POT-CONF says:RES-INT says:CONF-DONE
        NORMAL    | RECOVER   | wiped start declared
        NORMAL    | PAUSED    | stopping
        NORMAL    | SHUTDOWN  | stopping
        COMM-INT  | NORMAL    | says:NORMAL says:COMM-INT says:REC-DONE
        COMM-INT  | P-DOWN    | told waited says:SHUTDOWN
        COMM-INT  | POT-CONF  | says:P-DOWN says:POT-CONF says:RES-INT says:CONF-DONE
        COMM-INT  | RECOVER   | wiped says:P-DOWN declared
        COMM-INT  | PAUSED    | stopping
        COMM-INT  | SHUTDOWN  | stopping
        P-DOWN    | POT-CONF  | says:NORMAL says:COMM-INT says:P-DOWN says:POT-CONF says:RES-INT says:CONF-DONE
        P-DOWN    | NORMAL    | says:REC-DONE
        P-DOWN    | RECOVER   | wiped declared
        P-DOWN    | PAUSED    | stopping
        P-DOWN    | SHUTDOWN  | stopping
        POT-CONF  | CONF-DONE | done
        POT-CONF  | NORMAL    | done says:REC-DONE
        POT-CONF  | RES-INT   | lost start
        POT-CONF  | COMM-INT  | says:RECOVER says:REC-WAIT
        POT-CONF  | P-DOWN    | told says:SHUTDOWN
        POT-CONF  | RECOVER   | wiped declared
        POT-CONF  | PAUSED    | stopping
        POT-CONF  | SHUTDOWN  | stopping
        RES-INT   | POT-CONF  | says:NORMAL says:COMM-INT says:P-DOWN says:POT-CONF says:RES-INT says:CONF-DONE
        RES-INT   | P-DOWN    | told waited says:SHUTDOWN
        RES-INT   | COMM-INT  | says:RECOVER says:REC-WAIT
        RES-INT   | NORMAL    | says:REC-DONE
        RES-INT   | RECOVER   | wiped declared
        RES-INT   | PAUSED    | stopping
        RES-INT   | SHUTDOWN  | stopping
        CONF-DONE | NORMAL    | says:NORMAL says:REC-DONE
        CONF-DONE | POT-CONF  | says:P-DOWN says:CONF-DONE
        CONF-DONE | P-DOWN    | told waited says:SHUTDOWN
        CONF-DONE | COMM-INT  | says:RECOVER says:REC-WAIT
        CONF-DONE | RECOVER   | wiped declared
        CONF-DONE | PAUSED    | stopping
        CONF-DONE | SHUTDOWN  | stopping
        RECOVER   | REC-WAIT  | done
        RECOVER   | REC-DONE  | done
        RECOVER   | P-DOWN    | told
        RECOVER   | POT-CONF  | says:POT-CONF says:RES-INT says:CONF-DONE
        RECOVER   | PAUSED    | stopping
        RECOVER   | SHUTDOWN  | stopping
        REC-WAIT  | REC-DONE  | waited
        REC-WAIT  | RECOVER   | wiped
        REC-WAIT  | PAUSED    | stopping
        REC-WAIT  | SHUTDOWN  | stopping
        REC-DONE  | NORMAL    | says:NORMAL says:REC-DONE
        REC-DONE  | P-DOWN    | told waited says:SHUTDOWN
        REC-DONE  | RECOVER   | wiped
        REC-DONE  | PAUSED    | stopping
        REC-DONE  | SHUTDOWN  | stopping
        PAUSED    | COMM-INT  | start
        PAUSED    | P-DOWN    | start
        PAUSED    | RES-INT   | start
        PAUSED    | RECOVER   | start
        PAUSED    | REC-WAIT  | start
        PAUSED    | REC-DONE  | start
        PAUSED    | CONF-DONE | start
        SHUTDOWN  | RECOVER   | start
        """;

    private static final Map<ServerState, String> NAMES = new EnumMap<>(Map.ofEntries(
            Map.entry(ServerState.NORMAL, "NORMAL"),
            Map.entry(ServerState.COMMUNICATIONS_INTERRUPTED, "COMM-INT"),
            Map.entry(ServerState.PARTNER_DOWN, "P-DOWN"),
            Map.entry(ServerState.POTENTIAL_CONFLICT, "POT-CONF"),
            Map.entry(ServerState.RESOLUTION_INTERRUPTED, "RES-INT"),
            Map.entry(ServerState.CONFLICT_DONE, "CONF-DONE"),
            Map.entry(ServerState.RECOVER, "RECOVER"),
            Map.entry(ServerState.RECOVER_WAIT, "REC-WAIT"),
            Map.entry(ServerState.RECOVER_DONE, "REC-DONE"),
            Map.entry(ServerState.PAUSED, "PAUSED"),
            Map.entry(ServerState.SHUTDOWN, "SHUTDOWN")));

    private static final Map<String, Set<String>> CHANGES = parse();

    /** What is promised while a server serves may still leave so long after it ceased to, in milliseconds. */
    private static final long LATE = 6_000;

    /** Whole seconds, and the disk. */
    private static final long ROUNDED = 2_000;

    private static final Set<ServerState> SILENT = Set.of(
            ServerState.POTENTIAL_CONFLICT,
            ServerState.RECOVER,
            ServerState.RECOVER_WAIT,
            ServerState.PAUSED,
            ServerState.SHUTDOWN);

    private static final Set<ServerState> RECOVERING =
            Set.of(ServerState.RECOVER, ServerState.RECOVER_WAIT, ServerState.SHUTDOWN);

    private static final class View {
        private @Nullable ServerState state;

        /** What happened since the process began, in order. */
        private List<String> causes = new ArrayList<>();

        /** How much of that has come to something already: what waits for the disk waits in order. */
        private int done;

        private long changed;

        /** Since when it is in its state, by its own clock and record, in seconds. */
        private long since;

        /** When it was started, by its own clock, in seconds. */
        private long startedSeconds;

        private long served;
        private long mclt;
        private long safePeriod;
        private boolean wiped;

        /** Whether it is in PARTNER-DOWN, or was until now. */
        private boolean down;

        /** Whose an address was before it became a client's; those that it never heard of are the primary's. */
        private final Map<Ipv4Address, BindingState> owned = new HashMap<>();

        /** To whom the partner, or this server in its place, gave an address the last time that is known of. */
        private final Map<Ipv4Address, HardwareAddress> given = new HashMap<>();

        /** Whether it is on its way through RECOVER and RECOVER-WAIT, or will be. */
        private boolean recovers;
    }

    private final World world;
    private final DurableStates durable;
    private final Map<ServerRole, View> views = new EnumMap<>(ServerRole.class);
    private final Map<String, Integer> seen = new HashMap<>();
    private boolean mayShare;

    StateRules(World world, DurableStates durable) {
        this.world = world;
        this.durable = durable;
        views.put(ServerRole.Primary, new View());
        views.put(ServerRole.Secondary, new View());
    }

    /** From now on it is not looked at whose addresses are given. */
    void mayShare() {
        mayShare = true;
    }

    private static Map<String, Set<String>> parse() {
        Map<String, Set<String>> changes = new HashMap<>();
        TABLE.lines().forEach(line -> {
            List<String> cells =
                    Arrays.stream(line.split("\\|")).map(String::strip).toList();
            changes.put(
                    cells.get(0) + " to " + cells.get(1), Set.of(cells.get(2).split(" ")));
        });
        return changes;
    }

    private View view(PairServer server) {
        return Objects.requireNonNull(views.get(server.role()));
    }

    private static String name(ServerState state) {
        return Objects.requireNonNull(NAMES.get(state), state::toString);
    }

    /** How often each change of state was seen. */
    Map<String, Integer> seen() {
        return seen;
    }

    /** The state that a server has on its disk; null where it has none. */
    @Nullable ServerState state(PairServer server) {
        return view(server).state;
    }

    @Override
    public void wiped(PairServer server) {
        View view = view(server);
        view.wiped = true;
        view.state = null;
        view.owned.clear();
        view.given.clear();
    }

    @Override
    public void putBack(PairServer server, List<byte[]> records) {
        wiped(server);
        View view = view(server);
        for (byte[] record : Records.each(records)) {
            if (Records.isOfBinding(record)) {
                Binding binding = Records.binding(record);
                HardwareAddress hardware = binding.hardware();
                if (binding.state() != BindingState.ACTIVE) {
                    view.owned.put(binding.address(), binding.state());
                } else if (hardware != null) {
                    view.given.put(binding.address(), hardware);
                }
            }
        }
    }

    @Override
    public void started(PairServer server, List<byte[]> records) {
        View view = view(server);
        RelationshipState found = durable.relationship(server);
        view.state = found == null ? null : found.state();
        view.startedSeconds = server.clock().seconds();
        view.since = found == null ? 0 : found.since();
        // A write that lost power may be there nevertheless, and nobody said that it was stored.
        for (byte[] record : Records.each(records)) {
            Binding binding = Records.isOfBinding(record) ? Records.binding(record) : null;
            if (binding != null && binding.state() != BindingState.ACTIVE) {
                view.owned.put(binding.address(), binding.state());
            }
        }
        view.causes = new ArrayList<>(server.isDeclaredDown() ? List.of("start", "declared") : List.of("start"));
        view.done = 0;
    }

    @Override
    public void clockSet(PairServer server, long seconds) {
        view(server).since += seconds;
        view(server).startedSeconds += seconds;
    }

    @Override
    public void configured(PairServer server, PairSettings settings) {
        // What was promised under a longer one was promised for that long.
        View view = view(server);
        view.mclt = settings.mclt() * 1000;
        view.safePeriod = settings.safePeriod() * 1000;
    }

    @Override
    public void began(PairServer server) {
        view(server).causes.add("began");
    }

    @Override
    public void ended(PairServer server) {
        View view = view(server);
        view.causes.add("lost");
    }

    @Override
    public void happened(PairServer server, FailoverEvent event) {
        view(server).causes.add(event instanceof FailoverEvent.Stopping ? "stopping" : "told");
    }

    @Override
    public void heard(PairServer server, long session, Message message) {
        View view = view(server);
        if (message instanceof Message.BindingUpdates updates) {
            for (BindingUpdate update : updates.updates()) {
                if (update.status() == BindingState.ACTIVE && update.hardwareAddress() != null) {
                    view.given.put(update.address(), update.hardwareAddress());
                }
            }
        } else if (message instanceof Message.State said) {
            view.causes.add("says:" + name(said.state()));
        } else if (message instanceof Message.UpdateDone) {
            view.causes.add("done");
        }
    }

    @Override
    public void stored(PairServer server, byte[] record) {
        RelationshipState now = durable.relationship(server);
        View view = view(server);
        StoredRecords.each(record).stream()
                .filter(Records::isOfBinding)
                .map(Records::binding)
                .filter(binding -> binding.state() != BindingState.ACTIVE)
                .forEach(binding -> view.owned.put(binding.address(), binding.state()));
        ServerState before = view.state;
        if (now == null || now.state() == before) {
            return;
        }
        view.state = now.state();
        if (before != null) {
            changed(server, view, before, now);
            view.down = now.state() == ServerState.PARTNER_DOWN || (view.down && world.now() - view.changed < LATE);
        } else {
            assertThat(now.state())
                    .as("I4: what %s begins in", server)
                    .isIn(ServerState.RECOVER, ServerState.PARTNER_DOWN);
        }
        view.changed = world.now();
        view.since = now.since();
    }

    private void changed(PairServer server, View view, ServerState before, RelationshipState now) {
        ServerState after = now.state();
        String change = name(before) + " to " + name(after);
        seen.merge(change, 1, Integer::sum);
        Set<String> always = new HashSet<>();
        if (view.wiped) {
            always.add("wiped");
        }
        // That it has waited for long enough in RECOVER-WAIT is looked at below.
        if (before == ServerState.RECOVER_WAIT || hasWaited(view, now)) {
            always.add("waited");
        }
        assertThat(isCaused(view, before, after, always))
                .as(
                        "I4: %s goes from %s for any of %s, or %s of %s",
                        server, change, always, view.causes.subList(view.done, view.causes.size()), view.causes)
                .isTrue();
        if (view.recovers && !RECOVERING.contains(after) && after != ServerState.PAUSED) {
            view.recovers = false;
            // A partner that is declared dead is waited for in PARTNER-DOWN, and in a conflict nobody serves.
            boolean waits = after != ServerState.PARTNER_DOWN && after != ServerState.POTENTIAL_CONFLICT;
            assertThat(!waits ? Long.MAX_VALUE : world.now() - view.served)
                    .as("I4: %s goes from %s, and the last lease that it gave may not have ended", server, change)
                    .isGreaterThanOrEqualTo(view.mclt - ROUNDED);
        }
        view.recovers |= RECOVERING.contains(after);
    }

    /** Finds the first thing that may be the cause, of what has come to nothing yet. */
    private static boolean isCaused(View view, ServerState before, ServerState after, Set<String> always) {
        for (int i = view.done; i <= view.causes.size(); i++) {
            Set<String> causes = new HashSet<>(always);
            if (i < view.causes.size()) {
                causes.add(view.causes.get(i));
            }
            causes.add(lastSaid(view, i));
            if (isDone(view, i)) {
                causes.add("done");
            }
            if (isAllowed(before, after, causes) || isAllowedThroughAnother(before, after, causes)) {
                view.done = Math.min(i, view.causes.size());
                return true;
            }
        }
        return false;
    }

    /** Whether all was told in the session of a cause: what follows from that may wait for the partner to be ready. */
    private static boolean isDone(View view, int place) {
        for (int i = place - 1; i >= view.done; i--) {
            String cause = view.causes.get(i);
            if (cause.equals("done") || cause.equals("lost") || cause.equals("began")) {
                return cause.equals("done");
            }
        }
        return false;
    }

    /** What the partner has said last in the session, as a server knew it then; nothing where it said nothing. */
    private static String lastSaid(View view, int at) {
        for (int i = Math.min(at, view.causes.size() - 1); i >= 0; i--) {
            String cause = view.causes.get(i);
            if (cause.startsWith("says:")) {
                return cause;
            }
            if (cause.equals("began")) {
                break;
            }
        }
        return "";
    }

    private static boolean isAllowed(ServerState before, ServerState after, Set<String> causes) {
        Set<String> allowed = CHANGES.getOrDefault(name(before) + " to " + name(after), Set.of());
        return !Collections.disjoint(allowed, causes);
    }

    /** What is gone through at once is never stored, and nothing comes of it. */
    private static boolean isAllowedThroughAnother(ServerState before, ServerState after, Set<String> causes) {
        return NAMES.keySet().stream()
                .anyMatch(between -> isAllowed(before, between, causes) && isAllowed(between, after, causes));
    }

    private static boolean hasWaited(View view, RelationshipState now) {
        long waited = now.since() - Math.max(view.startedSeconds, view.since);
        return now.state() == ServerState.PARTNER_DOWN
                && view.safePeriod > 0
                && waited * 1000 >= view.safePeriod - ROUNDED;
    }

    @Override
    public void said(PairServer server, long session, Message message) {
        if (message instanceof Message.State said) {
            RelationshipState stored = durable.relationship(server);
            assertThat(stored)
                    .as("I4: %s says %s and has stored nothing", server, said)
                    .isNotNull();
            // What was gone through at once is said, too, and what waits for the disk is said a little later.
            boolean before = said.state() == stored.previous() && world.now() - view(server).changed < LATE;
            assertThat(said.state() == stored.state() || before)
                    .as("I4: %s says %s and has stored %s", server, said, stored)
                    .isTrue();
        }
    }

    @Override
    public void replied(PairServer server, Reply reply) {
        MessageType type = reply.packet().options().get(DhcpOption.MESSAGE_TYPE);
        View view = view(server);
        if (type == MessageType.ACK) {
            isNotPartnersTooEarly(server, view, reply.packet());
            view.served = world.now();
        }
        if (type == MessageType.ACK || type == MessageType.OFFER) {
            ServerState state = view.state;
            boolean serves = state != null && !SILENT.contains(state);
            assertThat(serves || (state != null && world.now() - view.changed < LATE))
                    .as("I4: %s answers a client in %s: %s", server, state, reply.packet())
                    .isTrue();
        }
    }

    /** The partner's free addresses are given in PARTNER-DOWN alone, and once what it gave last has ended. */
    private void isNotPartnersTooEarly(PairServer server, View view, DhcpPacket packet) {
        ServerRole partner = server.role() == ServerRole.Primary ? ServerRole.Secondary : ServerRole.Primary;
        BindingState partners = partner == ServerRole.Primary ? BindingState.FREE : BindingState.BACKUP;
        Ipv4Address address = packet.yiaddr();
        boolean known = Objects.equals(packet.chaddr(), view.given.get(address));
        if (mayShare
                || known
                || server.settings().isReserved(address, packet.chaddr())
                || view.owned.getOrDefault(address, BindingState.FREE) != partners) {
            return;
        }
        long since = world.now() - Objects.requireNonNull(views.get(partner)).served;
        assertThat(view.down && since >= view.mclt - ROUNDED)
                .as(
                        "I1: %s gives its partner's %s in %s, %d ms after that gave an address",
                        server, address, view.state, since)
                .isTrue();
        view.given.put(address, packet.chaddr());
    }
}
