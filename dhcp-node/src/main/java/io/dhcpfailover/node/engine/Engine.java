package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.LeaseEvent.Action;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.Standing;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.Offer;
import io.dhcpfailover.node.lease.Pool;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server: takes an event, changes its state, and says what is to be done. It belongs to one thread, and has no clock,
 * randomness, socket or file of its own, so the same events always give the same effects. Times are seconds since 1970,
 * UTC, and never go back: where the clock is set, {@link #clockStepped} says so.
 */
public final class Engine {

    /** Relays that a packet may have passed (RFC 1542, section 4.1.1). */
    private static final int HOPS_MAX = 16;

    /**
     * For how long an address stays its client's after its lease has ended, in seconds: clients count from when the ACK
     * reaches them, not from when it was decided on.
     */
    static final long GRACE_SECONDS = 10;

    private final EngineState state;
    private final AddressChoice choices;
    private final Limits limits;
    private final Discovers discovers;
    private final Requests requests;
    private final Returns returns;
    private final LeaseQueries leaseQueries;
    private final Replies replies;
    private final Explainer explainer;
    private final OutcomeCounts outcomes = new OutcomeCounts();
    private long clockSteps;

    /**
     * An engine with what its store holds, which serves nothing yet.
     *
     * @param salt what clients cannot know, so that none of them can aim at a limit
     */
    public Engine(BindingTable table, long salt) {
        this(new StoredState(table), salt);
    }

    /**
     * An engine with what its store holds, which serves nothing yet.
     *
     * @param salt what clients cannot know, so that none of them can aim at a limit
     */
    public Engine(StoredState store, long salt) {
        state = new EngineState(store);
        choices = new AddressChoice(state);
        replies = new Replies(state);
        limits = new Limits(state, salt);
        discovers = new Discovers(state, choices, replies, limits);
        requests = new Requests(state, choices, replies, limits);
        returns = new Returns(state, limits);
        leaseQueries = new LeaseQueries(state, replies, limits);
        explainer = new Explainer(state, this::decide);
    }

    /** Becomes what the configuration says, from the next packet on. Scopes that are as they were keep their offers. */
    public void configure(Configuration next) {
        Map<String, ServedScope> old = new HashMap<>();
        state.configuration().scopes().scopes().forEach(scope -> old.put(scope.toString(), scope));
        List<ServedScope> scopes = new ArrayList<>();
        for (ServedScope scope : next.scopes().scopes()) {
            ServedScope known = old.get(scope.toString());
            scopes.add(known != null && known.spec().equals(scope.spec()) ? known : scope);
        }
        state.configure(new Configuration(
                next.serverAddress(),
                next.authorized(),
                next.leaseQueryFrom(),
                new ScopeTable(scopes),
                next.relationships()));
    }

    /** These are its interfaces from now on, the first one first. */
    public void setLinks(Collection<Link> links) {
        state.setLinks(links);
    }

    /** Whether the store fails: while it does nothing is promised to anyone. */
    public void setStorageFailing(boolean failing) {
        state.setStorageFailing(failing);
    }

    /**
     * For how long the store has been busy with the same records, in seconds. Where that is longer than a partner's silence
     * may be, the partner is let take over: what it hears from this server else says that all is well.
     */
    public void setStorageBusy(long seconds) {
        state.setStorageBusy(seconds);
    }

    /**
     * Tells of lease events from now on, in the engine's thread and in their order: at {@link #flush} of all that happened
     * since the last one, and in between where they are many. It gets the list for itself, may not throw, and takes no
     * time.
     */
    public void onLeaseEvents(Consumer<List<LeaseEvent>> listener) {
        state.trail().listen(listener);
    }

    /**
     * An administrator takes a leased address from its client, agreed with the partner as if the client had given it back.
     *
     * @return why that is refused; null where it is done
     */
    public @Nullable String release(Ipv4Address address, long now, Consumer<Effect> effects) {
        return returns.releaseFor(address, now, effects);
    }

    /**
     * An administrator says that an abandoned address is free again, agreed with the partner.
     *
     * @return why that is refused; null where it is done
     */
    public @Nullable String reset(Ipv4Address address, long now, Consumer<Effect> effects) {
        return returns.reset(address, now, effects);
    }

    /** The scopes that are served; only for who runs in the engine's thread, but what it gives is immutable. */
    public ScopeTable scopes() {
        return state.configuration().scopes();
    }

    /** The bindings; only for who runs in the engine's thread. */
    public BindingTable table() {
        return state.table();
    }

    /** The pools of the scopes that are served. */
    public List<Pool> pools() {
        return state.configuration().scopes().scopes().stream()
                .map(state.table()::pool)
                .toList();
    }

    /** How many packets have had each outcome; those that none has had are absent. */
    public Map<Outcome, Long> outcomes() {
        return outcomes.byOutcome();
    }

    /** A packet has come. */
    public Outcome receive(DhcpPacket packet, Origin origin, long now, Consumer<Effect> effects) {
        Exchange exchange = new Exchange(packet, origin, now);
        Outcome outcome = decide(exchange, effects);
        outcomes.count(exchange.type(), outcome);
        return outcome;
    }

    /**
     * What a client would get that asked now, and why: what {@link #receive} would decide, and nothing is changed by it.
     *
     * @return one for each link that is asked about; never empty but for a server without scopes
     * @throws IllegalArgumentException where the question names an interface or a scope that is not there
     */
    public List<Explanation> explain(Question question, long now) {
        return explainer.explain(question, now);
    }

    private Outcome decide(Exchange exchange, Consumer<Effect> effects) {
        Outcome unsound = whyUnsound(exchange);
        if (unsound != null) {
            return unsound;
        }
        if (!state.configuration().authorized()) {
            return Outcome.NOT_AUTHORIZED;
        }
        MessageType type = exchange.type();
        if (type == MessageType.LEASEQUERY) {
            return leaseQueries.receive(exchange, effects);
        }
        List<ServedScope> scopes = state.scopes(exchange);
        Outcome not = state.whyNot(scopes, type == null);
        if (not == null) {
            List<ServedScope> own = PartnerService.open(state, scopes, exchange);
            not = own.isEmpty() ? Outcome.PARTNERS_CLIENT : null;
            scopes = own;
        }
        if (not == null) {
            not = limits.ofMessage(exchange, choices.isKnown(exchange, scopes));
        }
        return not == null ? answer(exchange, type, scopes, effects) : not;
    }

    private Outcome answer(
            Exchange exchange, @Nullable MessageType type, List<ServedScope> scopes, Consumer<Effect> effects) {
        boolean stores = type != MessageType.DISCOVER && type != MessageType.INFORM;
        boolean promises = type == MessageType.DISCOVER && state.leavesToPartner(scopes);
        if (promises || (stores && state.storageFailing())) {
            return Outcome.STORAGE_FAILING;
        }
        return switch (type) {
            case null -> requests.bootp(exchange, scopes, effects);
            case DISCOVER -> discovers.receive(exchange, scopes, effects);
            case REQUEST -> requests.receive(exchange, scopes, effects);
            case DECLINE -> returns.decline(exchange, effects);
            case RELEASE -> returns.release(exchange, effects);
            case INFORM -> inform(exchange, effects);
            default -> Outcome.NOT_FOR_SERVERS;
        };
    }

    private @Nullable Outcome whyUnsound(Exchange exchange) {
        DhcpPacket packet = exchange.packet();
        if (packet.op() != DhcpPacket.Op.BOOTREQUEST) {
            return Outcome.NOT_FOR_SERVERS;
        }
        if (packet.hops() > HOPS_MAX) {
            return Outcome.TOO_MANY_HOPS;
        }
        if (exchange.isRelayed() && (!isRelay(packet.giaddr(), exchange) || state.isOwn(packet.giaddr()))) {
            return Outcome.BAD_RELAY_ADDRESS;
        }
        if (exchange.hasAddress() && !isHost(packet.ciaddr())) {
            return Outcome.INCOMPLETE;
        }
        return isClients(packet.chaddr(), exchange) ? null : Outcome.BAD_HARDWARE_ADDRESS;
    }

    /** An address of loopback is a relay's of this host only, which speaks to another one of loopback, as in a laboratory. */
    private static boolean isRelay(Ipv4Address address, Exchange exchange) {
        return isHost(address)
                || (isLoopback(address) && isLoopback(exchange.origin().destination()));
    }

    private static boolean isLoopback(Ipv4Address address) {
        return address.bits() >>> 24 == 127;
    }

    private static boolean isHost(Ipv4Address address) {
        int first = address.bits() >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    /** A link without hardware addresses in its packets has identifiers instead (RFC 4390, section 2.1). */
    private static boolean isClients(HardwareAddress hardware, Exchange exchange) {
        byte[] octets = hardware.octets();
        if (octets.length == 0) {
            return exchange.identifier() != null || exchange.type() == MessageType.LEASEQUERY;
        }
        boolean zero = true;
        for (byte octet : octets) {
            zero &= octet == 0;
        }
        var mac = hardware.mac();
        if (mac != null && mac.isMulticast()) {
            return false;
        }
        return !zero || exchange.type() == MessageType.LEASEQUERY;
    }

    /** INFORM (RFC 2131, section 4.3.5): whoever asks has its address by other means. */
    private Outcome inform(Exchange exchange, Consumer<Effect> effects) {
        // Some clients leave ciaddr empty and send from their address; behind a relay nothing would tell it.
        Ipv4Address client = exchange.hasAddress() || exchange.isRelayed()
                ? exchange.packet().ciaddr()
                : exchange.origin().source();
        ServedScope scope = state.configuration().scopes().ofAddress(client);
        if (!isHost(client)) {
            return Outcome.INCOMPLETE;
        }
        if (scope == null || !EngineState.answers(scope, false)) {
            return scope == null ? Outcome.NO_SCOPE : Outcome.SCOPE_INACTIVE;
        }
        effects.accept(new Effect.Send(replies.inform(exchange, client, choices.answer(exchange, scope))));
        return Outcome.INFORMED;
    }

    /** What the {@link Effect.Probe} of this number has found out. */
    public void probed(long number, boolean inUse, long now, Consumer<Effect> effects) {
        Outcome outcome = discovers.probed(number, inUse, now, effects);
        if (outcome != null) {
            outcomes.count(MessageType.DISCOVER, outcome);
        }
    }

    /**
     * The first event after a start. A clock that is behind what the store has seen went back while nobody looked: leases
     * then go on as if no time had passed.
     */
    public void start(long now, Consumer<Effect> effects) {
        long latest = state.table().latest();
        if (latest > now) {
            clockStepped(now - latest, effects);
        }
        tick(now);
    }

    /** Time has passed: ends what has ended. To be called every second or so. */
    public void tick(long now) {
        BindingTable table = state.table();
        table.expire(now - GRACE_SECONDS, ended -> expired(ended, now), lapsed -> {
            expired(lapsed, now);
            state.partners().lapsed(lapsed);
        });
        for (Offer oldest = table.oldestOffer();
                oldest != null && oldest.made() + AddressChoice.HELD_AT_MOST <= now;
                oldest = table.oldestOffer()) {
            table.withdraw(oldest);
        }
    }

    private void expired(Binding binding, long now) {
        if (binding.state() == BindingState.ACTIVE) {
            state.trail().happened(Action.EXPIRED, binding, now);
        }
    }

    /** The clock was set by that many seconds: leases go on for as long as they would have. */
    public void clockStepped(long seconds, Consumer<Effect> effects) {
        clockSteps++;
        state.table().shift(seconds);
        effects.accept(new Effect.Store(StoredRecords.ofClockStep(seconds)));
        state.partners().clockStepped(seconds, effects);
    }

    /** What an {@link Effect.StoreThenTell} of this number asked to be stored is durable. */
    public void stored(long number, long now, Consumer<Effect> effects) {
        state.partners().stored(number, now, effects);
    }

    /** A session with the partner of a relationship is set up: CONNECT and CONNECTACK have passed. */
    public void sessionBegan(String relationship, PartnerSession session, long now, Consumer<Effect> effects) {
        state.partners().sessionBegan(relationship, session, now, effects);
    }

    /**
     * A message of the partner came in that session: any but CONNECT, CONNECTACK, CONTACT and DISCONNECT, which concern
     * the session alone.
     */
    public void heard(String relationship, Message message, long now, Consumer<Effect> effects) {
        state.partners().heard(relationship, message, now, effects);
    }

    /**
     * The session is over.
     *
     * @param lastHeard when anything was last heard in it
     */
    public void sessionEnded(String relationship, long lastHeard, long now, Consumer<Effect> effects) {
        state.partners().sessionEnded(relationship, lastHeard, now, effects);
    }

    /**
     * Something that an administrator or the cluster says of a relationship.
     *
     * @return why it is refused; null where it is not
     */
    public @Nullable String happened(String relationship, FailoverEvent event, long now, Consumer<Effect> effects) {
        return state.partners().happened(relationship, event, now, effects);
    }

    /**
     * All events that came together have been told: what gathered for partners is sent, and lease events are told. To be called after each batch
     * of packets, messages and ticks.
     */
    public void flush(long now, Consumer<Effect> effects) {
        state.partners().flush(now, state.storageFailing(), state.storageBusy(), effects);
        state.trail().flush();
    }

    /** What this server is in each of its relationships, by name; only for who runs in the engine's thread. */
    public Map<String, ServerState> states() {
        Map<String, ServerState> states = new TreeMap<>();
        for (Partner partner : state.partners().all()) {
            Standing standing = partner.standing();
            states.put(partner.name(), standing == null ? ServerState.STARTUP : standing.state());
        }
        return states;
    }

    /** How this server sees its relationships, by name; only for who runs in the engine's thread. */
    public Map<String, RelationshipStatistics> relationships() {
        Map<String, RelationshipStatistics> all = new TreeMap<>();
        state.partners().all().forEach(partner -> all.put(partner.name(), RelationshipStatistics.of(partner)));
        return all;
    }

    /** What is counted, and how its addresses are used; only for who runs in the engine's thread. */
    public EngineStatistics statistics(long now) {
        List<PoolStatistics> pools = new ArrayList<>();
        for (ServedScope scope : state.configuration().scopes().scopes()) {
            pools.add(PoolStatistics.of(state.table().pool(scope), state.partner(scope), now));
        }
        return new EngineStatistics(
                state.configuration().authorized(),
                !state.storageFailing(),
                clockSteps,
                outcomes.all(),
                pools,
                relationships());
    }

    /** How often the clock was set. The parts of a snapshot belong together only while this stays the same. */
    public long clockSteps() {
        return clockSteps;
    }

    /**
     * A record of each binding from one place on, and after the last one of each relationship, of at most
     * {@code count}: a part of a snapshot.
     */
    public List<byte[]> records(int from, int count) {
        BindingTable table = state.table();
        List<byte[]> records = new ArrayList<>(count);
        for (int place = from; place < table.size() && records.size() < count; place++) {
            Binding binding = table.at(place);
            records.add(StoredRecords.of(binding));
        }
        List<byte[]> relationships = state.partners().records();
        for (int place = Math.max(0, from + records.size() - table.size());
                place < relationships.size() && records.size() < count;
                place++) {
            records.add(relationships.get(place));
        }
        return records;
    }
}
