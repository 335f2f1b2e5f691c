package io.dhcpfailover.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.message.Decoded;
import io.dhcpfailover.node.failover.message.Dialect;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.MessageDecoder;
import io.dhcpfailover.node.failover.message.MessageEncoder;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.MessageType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One server of a pair: an engine, its disk as a list of records, and what it wants done but is not yet on disk. */
final class PairNode {

    static final String NAME = "dhcp2-dhcp1";

    final ServerRole role;
    final Ipv4Address address;
    final List<byte[]> disk = new ArrayList<>();
    final Deque<Effect> waiting = new ArrayDeque<>();
    final List<Reply> replies = new ArrayList<>();
    final List<Message> sent = new ArrayList<>();
    final Deque<Message> inbox = new ArrayDeque<>();
    List<String> scopes;
    Relationship relationship;
    long clock;
    boolean drops;
    boolean related = true;

    @Nullable Engine engine;

    PairNode(ServerRole role, Relationship relationship, List<String> scopes) {
        this.role = role;
        this.address = Ipv4Address.parse(role == ServerRole.Primary ? "192.0.2.1" : "192.0.2.2");
        this.relationship = relationship;
        this.scopes = scopes;
    }

    Engine engine() {
        return Objects.requireNonNull(engine, "it does not run");
    }

    /** Begins with what is on its disk. */
    void start(long now) {
        StoredState store = new StoredState(new BindingTable(7));
        disk.forEach(store::replay);
        Engine started = new Engine(store, 7);
        started.setLinks(List.of(new Link(1, new InterfaceName("lan0"), List.of(address))));
        engine = started;
        configure();
        started.start(now + clock, waiting::add);
        started.flush(now + clock, waiting::add);
    }

    void configure() {
        List<ServedScope> served = new ArrayList<>();
        for (String scope : scopes) {
            served.add(ServedScope.of(new ObjectName("scope-" + served.size()), Site.spec(scope)));
        }
        Map<String, Relationship> relationships = related ? Map.of(NAME, relationship) : Map.of();
        engine().configure(new Configuration(null, true, Set.of(), new ScopeTable(served), relationships));
    }

    void stop() {
        engine = null;
        waiting.clear();
        inbox.clear();
    }

    /** Everything that waits becomes durable; messages go to the partner where there is a session. */
    void sync(long now, @Nullable PairNode partner) {
        while (engine != null && !waiting.isEmpty()) {
            Effect effect = waiting.removeFirst();
            switch (effect) {
                case Effect.Send send -> replies.add(send.reply());
                case Effect.Store store -> disk.add(store.record());
                case Effect.StoreThenSend store -> {
                    if (store.record() != null) {
                        disk.add(store.record());
                    }
                    replies.add(store.reply());
                }
                case Effect.StoreThenTell store -> {
                    disk.add(store.record());
                    engine().stored(store.number(), now + clock, waiting::add);
                }
                case Effect.SendToPartner message -> {
                    sent.add(message.message());
                    if (partner != null) {
                        partner.inbox.add(carried(message.message()));
                    }
                }
                case Effect.DropLink drop -> drops = true;
                case Effect.Probe probe -> throw new IllegalStateException("nothing is probed: " + probe);
            }
        }
    }

    private static Message carried(Message message) {
        Decoded decoded = MessageDecoder.decode(MessageEncoder.encode(message, Dialect.NATIVE), Dialect.NATIVE);
        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
        return ((Decoded.Accepted) decoded).message();
    }

    /** A client's packet, and what it is answered. */
    @Nullable DhcpPacket ask(ClientPacket packet, long now) {
        engine().receive(
                        packet.build(),
                        new Origin(1, packet.ciaddr(), 68, Ipv4Address.BROADCAST),
                        now + clock,
                        waiting::add);
        int before = replies.size();
        sync(now, null);
        return replies.size() == before ? null : replies.getLast().packet();
    }

    /** The same, with messages for the partner kept on their way. */
    @Nullable DhcpPacket ask(ClientPacket packet, long now, @Nullable PairNode partner) {
        engine().receive(
                        packet.build(),
                        new Origin(1, packet.ciaddr(), 68, Ipv4Address.BROADCAST),
                        now + clock,
                        waiting::add);
        int before = replies.size();
        sync(now, partner);
        return replies.size() == before ? null : replies.getLast().packet();
    }

    static @Nullable MessageType typeOf(@Nullable DhcpPacket packet) {
        return packet == null ? null : packet.options().get(DhcpOption.MESSAGE_TYPE);
    }

    ServerState state() {
        return statistics().state();
    }

    RelationshipStatistics statistics() {
        return Objects.requireNonNull(engine().relationships().get(NAME));
    }

    @Nullable Binding binding(String at) {
        return engine().table().find(Ipv4Address.parse(at));
    }
}
