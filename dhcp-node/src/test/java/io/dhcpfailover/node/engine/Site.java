package io.dhcpfailover.node.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A server with an interface in 192.0.2.0/24, on which it is 192.0.2.1, and clients that speak to it. Unless told
 * otherwise it has the scope {@link #OFFICE}.
 */
final class Site {

    static final String OFFICE = """
            subnet: 192.0.2.0/24
            ranges: [{start: 192.0.2.10, end: 192.0.2.19}]
            leaseDuration: 1h
            server: dhcp1
            options: {routers: [192.0.2.1], dnsServers: [192.0.2.53], domainName: example.org}
            """;

    /** Behind the relay 198.51.100.1. */
    static final String BRANCH = """
            subnet: 198.51.100.0/24
            ranges: [{start: 198.51.100.10, end: 198.51.100.19}]
            leaseDuration: 30m
            server: dhcp1
            """;

    static final Link LAN = new Link(1, new InterfaceName("lan0"), List.of(address("192.0.2.1")));

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** What came of one packet. */
    record Answer(Outcome outcome, List<Effect> effects) {

        /** The reply; fails where there is none. */
        Reply reply() {
            return Objects.requireNonNull(replyOrNull(), () -> "no reply: " + outcome);
        }

        @Nullable Reply replyOrNull() {
            for (Effect effect : effects) {
                switch (effect) {
                    case Effect.Send send -> {
                        return send.reply();
                    }
                    case Effect.StoreThenSend send -> {
                        return send.reply();
                    }
                    default -> {}
                }
            }
            return null;
        }

        boolean silent() {
            return replyOrNull() == null;
        }

        /** How many records are to be stored. */
        long stored() {
            return effects.stream()
                    .filter(effect -> effect instanceof Effect.Store
                            || (effect instanceof Effect.StoreThenSend send && send.record() != null))
                    .count();
        }

        DhcpPacket packet() {
            return reply().packet();
        }

        @Nullable MessageType type() {
            Reply reply = replyOrNull();
            return reply == null ? null : reply.packet().options().get(DhcpOption.MESSAGE_TYPE);
        }

        String yiaddr() {
            return packet().yiaddr().toString();
        }
    }

    final BindingTable table;
    final Engine engine;
    long now = 1_800_000_000L;
    private final List<Effect> pending = new ArrayList<>();

    Site(String... scopes) {
        this(configuration -> configuration, scopes);
    }

    Site(UnaryOperator<Configuration> change, String... scopes) {
        this(new BindingTable(7), change, scopes);
    }

    Site(BindingTable table, UnaryOperator<Configuration> change, String... scopes) {
        this.table = table;
        this.engine = new Engine(table, 7);
        engine.setLinks(List.of(LAN));
        configure(change, scopes);
    }

    /** Becomes a server of these scopes. */
    void configure(UnaryOperator<Configuration> change, String... scopes) {
        List<ServedScope> served = new ArrayList<>();
        for (String scope : scopes.length == 0 ? new String[] {OFFICE} : scopes) {
            served.add(ServedScope.of(new ObjectName("scope-" + served.size()), spec(scope)));
        }
        engine.configure(change.apply(new Configuration(null, true, Set.of(), new ScopeTable(served))));
    }

    static DhcpScopeSpec spec(String yaml) {
        try {
            return YAML.readValue(yaml, DhcpScopeSpec.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Ipv4Address address(String text) {
        return Ipv4Address.parse(text);
    }

    /** A client's packet by broadcast, or by its relay. */
    Answer send(ClientPacket packet) {
        return packet.isRelayed()
                ? send(packet, new Origin(1, packet.giaddr(), 67, address("192.0.2.1")))
                : send(packet, new Origin(1, Ipv4Address.UNSPECIFIED, 68, Ipv4Address.BROADCAST));
    }

    /** A client's packet to the server's own address. */
    Answer unicast(ClientPacket packet) {
        return send(packet, new Origin(1, packet.ciaddr(), 68, address("192.0.2.1")));
    }

    Answer send(ClientPacket packet, Origin origin) {
        List<Effect> effects = new ArrayList<>();
        Outcome outcome = engine.receive(packet.build(), origin, now, effects::add);
        pending.addAll(effects);
        return new Answer(outcome, effects);
    }

    /** The whole exchange by which a client gets an address: that address. */
    String acquire(ClientPacket client) {
        Answer offer = send(client.discover());
        return send(client.select(offer.yiaddr())).yiaddr();
    }

    void pass(long seconds) {
        now += seconds;
        engine.tick(now);
    }

    /** An echo of the address was answered, or not. */
    Answer probed(String address, boolean inUse) {
        long number = pending.stream()
                .filter(Effect.Probe.class::isInstance)
                .map(Effect.Probe.class::cast)
                .filter(probe -> probe.address().equals(address(address)))
                .mapToLong(Effect.Probe::number)
                .max()
                .orElseThrow();
        List<Effect> effects = new ArrayList<>();
        engine.probed(number, inUse, now, effects::add);
        pending.addAll(effects);
        return new Answer(Outcome.PROBING, effects);
    }

    Binding binding(String address) {
        return Objects.requireNonNull(table.find(address(address)), address);
    }
}
