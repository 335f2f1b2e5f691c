package io.dhcpfailover.node.manage.leases;

import io.dhcpfailover.api.node.ClientExplanation;
import io.dhcpfailover.api.node.Lease;
import io.dhcpfailover.api.node.LeaseHistory;
import io.dhcpfailover.api.node.LeaseHolder;
import io.dhcpfailover.api.node.LeaseList;
import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.engine.Explanation;
import io.dhcpfailover.node.engine.Question;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingView;
import io.dhcpfailover.node.manage.history.HistoryLine;
import io.dhcpfailover.node.manage.history.HistoryReader;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be asked of the leases of a server that runs. Questions come as the texts that people wrote. Each throws
 * IllegalArgumentException where one of these is wrong, with what to write instead, and IOException where the engine does
 * not answer. May be used by several threads.
 */
public final class LeaseReview {

    private static final int LIMIT = 100;
    private static final Logger LOG = LoggerFactory.getLogger(LeaseReview.class);

    private final ObjectName server;
    private final Engine engine;
    private final EngineTurns turns;
    private final EngineActions actions;
    private final LeasePages pages;
    private final HistoryReader history;

    /** Of the leases of an engine, which is used in its turns alone. */
    public LeaseReview(
            ObjectName server, Engine engine, EngineTurns turns, EngineActions actions, HistoryReader history) {
        this.server = server;
        this.engine = engine;
        this.turns = turns;
        this.actions = actions;
        this.history = history;
        this.pages = new LeasePages(engine, turns);
    }

    /** A page of leases: limit, after, scope, state, client, hostName. */
    public LeaseList leases(Map<String, String> query) throws IOException {
        Parameters asked = new Parameters(query, List.of("limit", "after", "scope", "state", "client", "hostName"));
        ScopeTable scopes = turns.ask(engine::scopes);
        ObjectName scope = asked.get("scope", ObjectName::new);
        LeaseFilter filter = new LeaseFilter(
                scope == null ? null : subnet(scopes, scope),
                asked.get("state", LeaseReview::state),
                asked.get("client", ClientKey::parse),
                asked.get("hostName", name -> name));
        LeasePage page = pages.page(filter, asked.get("after", Ipv4Address::parse), asked.limit(LIMIT));
        return new LeaseList(
                page.leases().stream()
                        .map(lease -> LeaseReports.lease(lease, scopes))
                        .toList(),
                page.next());
    }

    private static Ipv4Prefix subnet(ScopeTable scopes, ObjectName name) {
        for (ServedScope scope : scopes.scopes()) {
            if (scope.name().equals(name)) {
                return scope.spec().subnet();
            }
        }
        throw new IllegalArgumentException("this server has no scope " + name);
    }

    private static BindingState state(String text) {
        String wanted = text.toUpperCase(Locale.ROOT);
        return Arrays.stream(BindingState.values())
                .filter(state -> state.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no state of a lease: give one of "
                        + Arrays.stream(BindingState.values())
                                .map(BindingState::name)
                                .collect(Collectors.joining(", "))));
    }

    /** The lease of an address; null where nothing is known of it. */
    public @Nullable Lease lease(String address) throws IOException {
        ScopeTable scopes = turns.ask(engine::scopes);
        BindingView found = pages.find(Ipv4Address.parse(address));
        return found == null ? null : LeaseReports.lease(found, scopes);
    }

    /** Takes a leased address from its client; why that is refused, null where it is done. */
    public @Nullable String release(String address) throws IOException {
        Ipv4Address which = Ipv4Address.parse(address);
        LOG.warn("An administrator releases the lease of {}", which);
        return refusal(() -> actions.release(which));
    }

    /** An abandoned address is free again; why that is refused, null where it is done. */
    public @Nullable String reset(String address) throws IOException {
        Ipv4Address which = Ipv4Address.parse(address);
        LOG.warn("An administrator says that {} is not abandoned any more", which);
        return refusal(() -> actions.reset(which));
    }

    private @Nullable String refusal(Supplier<@Nullable String> action) throws IOException {
        String refusal = turns.ask(() -> Objects.requireNonNullElse(action.get(), ""));
        return refusal.isEmpty() ? null : refusal;
    }

    /** What happened to leases: address, client, from, to, limit. */
    public LeaseHistory history(Map<String, String> query) throws IOException {
        Parameters asked = new Parameters(query, List.of("address", "client", "from", "to", "limit"));
        ClientKey client = asked.get("client", ClientKey::parse);
        List<HistoryLine> found = history.find(new HistoryReader.Query(
                asked.get("address", Ipv4Address::parse),
                client == null ? null : client.toString(),
                asked.get("from", LeaseReview::time),
                asked.get("to", LeaseReview::time),
                asked.limit(LIMIT)));
        return new LeaseHistory(found.stream().map(LeaseReports::entry).toList());
    }

    /** Who had an address: at. */
    public LeaseHolder holder(String address, Map<String, String> query) throws IOException {
        Instant asked = new Parameters(query, List.of("at")).get("at", LeaseReview::time);
        Instant at = asked == null ? Instant.ofEpochSecond(turns.ask(actions::seconds)) : asked;
        Ipv4Address which = Ipv4Address.parse(address);
        HistoryLine by = history.holder(which, at);
        return new LeaseHolder(which, at, by == null ? null : LeaseReports.entry(by));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no time such as 2026-01-31T08:00:00Z", e);
        }
    }

    /** What a client would get: client, scope, relay, interface. */
    public ClientExplanation explain(Map<String, String> query) throws IOException {
        Parameters asked = new Parameters(query, List.of("client", "scope", "relay", "interface"));
        ClientKey client = asked.get("client", ClientKey::parse);
        if (client == null) {
            throw new IllegalArgumentException("client is missing: give a MAC address or an identifier");
        }
        Question question = new Question(
                client.identifier(),
                client.hardware(),
                asked.get("relay", Ipv4Address::parse),
                asked.get("interface", InterfaceName::new),
                asked.get("scope", ObjectName::new));
        List<Explanation> said = turns.ask(() -> engine.explain(question, actions.seconds()));
        return new ClientExplanation(
                server.text(),
                Instant.ofEpochSecond(turns.ask(actions::seconds)),
                client.toString(),
                said.stream().map(LeaseReports::place).toList());
    }
}
