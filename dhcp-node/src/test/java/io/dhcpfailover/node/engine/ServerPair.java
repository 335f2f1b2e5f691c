package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.LoadBalance;
import io.dhcpfailover.node.failover.PartnerKind;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.message.Dialect;
import io.dhcpfailover.node.lease.Agreement;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Two servers with a link between them that carries messages at once, or not at all. */
final class ServerPair {

    static final String SCOPE = """
            subnet: 192.0.2.0/24
            ranges: [{start: 192.0.2.10, end: 192.0.2.29}]
            leaseDuration: 1h
            failoverRelationship: dhcp2-dhcp1
            """;

    static final long MCLT = 300;

    long now = 1_800_000_000L;
    final PairNode primary;
    final PairNode secondary;
    boolean session;
    boolean apart;
    long unackedMax = 256;

    ServerPair() {
        this(relationship -> relationship, SCOPE);
    }

    ServerPair(UnaryOperator<Relationship> change, String... scopes) {
        primary = new PairNode(ServerRole.Primary, change.apply(relationship(ServerRole.Primary)), List.of(scopes));
        secondary =
                new PairNode(ServerRole.Secondary, change.apply(relationship(ServerRole.Secondary)), List.of(scopes));
    }

    static Relationship relationship(ServerRole self) {
        return new Relationship(
                PairNode.NAME, self, PartnerKind.NATIVE, Mode.LoadBalance, 50, 5, MCLT, 0, true, 3, 1000);
    }

    /** A pair that has just come to NORMAL. */
    static ServerPair normal() {
        ServerPair pair = new ServerPair();
        pair.start();
        return pair;
    }

    void start() {
        primary.start(now);
        secondary.start(now);
        run();
    }

    List<PairNode> nodes() {
        return List.of(primary, secondary);
    }

    PairNode other(PairNode node) {
        return node == primary ? secondary : primary;
    }

    /** Has everything happen that follows by itself, now. */
    void run() {
        for (int i = 0; i < 5000; i++) {
            boolean quiet = true;
            connect();
            for (PairNode node : nodes()) {
                if (node.engine == null) {
                    continue;
                }
                quiet &= node.waiting.isEmpty() && node.inbox.isEmpty();
                node.sync(now, session ? other(node) : null);
                while (!node.inbox.isEmpty()) {
                    node.engine().heard(PairNode.NAME, node.inbox.removeFirst(), now + node.clock, node.waiting::add);
                }
                node.engine().flush(now + node.clock, node.waiting::add);
                quiet &= node.waiting.isEmpty();
                if (node.drops) {
                    node.drops = false;
                    disconnect();
                    quiet = false;
                }
            }
            if (quiet) {
                return;
            }
        }
        throw new IllegalStateException("the two never come to rest");
    }

    private void connect() {
        if (session || apart || primary.engine == null || secondary.engine == null) {
            return;
        }
        session = true;
        for (PairNode node : nodes()) {
            PartnerSession agreed = new PartnerSession(Dialect.NATIVE, unackedMax, other(node).clock - node.clock);
            node.engine().sessionBegan(PairNode.NAME, agreed, now + node.clock, node.waiting::add);
        }
    }

    private void disconnect() {
        if (!session) {
            return;
        }
        session = false;
        for (PairNode node : nodes()) {
            node.inbox.clear();
            if (node.engine != null) {
                node.engine().sessionEnded(PairNode.NAME, now + node.clock, now + node.clock, node.waiting::add);
            }
        }
    }

    /** Neither hears the other from now on. */
    void part() {
        apart = true;
        disconnect();
        run();
    }

    void join() {
        apart = false;
        run();
    }

    /** Ends a process; what it had not stored is gone. */
    void kill(PairNode node) {
        node.stop();
        disconnect();
        run();
    }

    void restart(PairNode node) {
        node.start(now);
        run();
    }

    void pass(long seconds) {
        for (long i = 0; i < seconds; i++) {
            now++;
            for (PairNode node : nodes()) {
                if (node.engine != null) {
                    node.engine().tick(now + node.clock);
                }
            }
            run();
        }
    }

    void skip(long seconds) {
        now += seconds - 1;
        pass(1);
    }

    /** A client asks both, takes what it is offered, and is told so: its address, null where it gets none. */
    @Nullable DhcpPacket acquire(ClientPacket client) {
        for (PairNode node : nodes()) {
            DhcpPacket packet = acquire(node, client);
            if (packet != null) {
                return packet;
            }
        }
        return null;
    }

    /** The same of one server; nothing goes on its way to the partner before {@link #run}. */
    @Nullable DhcpPacket acquire(PairNode node, ClientPacket client) {
        if (node.engine == null) {
            return null;
        }
        PairNode partner = session ? other(node) : null;
        DhcpPacket offer = node.ask(client.discover(), now, partner);
        if (offer == null) {
            return null;
        }
        DhcpPacket ack = node.ask(
                client.type(MessageType.REQUEST)
                        .server(node.address.toString())
                        .requesting(offer.yiaddr().toString()),
                now,
                partner);
        return PairNode.typeOf(ack) == MessageType.ACK ? ack : null;
    }

    /** One of the clients that this server answers where both do. */
    static ClientPacket clientOf(ServerRole role, int number) {
        int left = number;
        for (int i = 100; ; i++) {
            ClientPacket client = ClientPacket.client(i);
            int bucket = LoadBalance.bucket(ClientIdentity.of(client.chaddr()), false);
            if (relationship(role).buckets().serverOf(bucket) == role && left-- == 0) {
                return client;
            }
        }
    }

    static String addressOf(@Nullable DhcpPacket packet) {
        return Objects.requireNonNull(packet, "no answer").yiaddr().toString();
    }

    /** What a server knows, one line for each address; times by the other's clock. */
    static List<String> known(PairNode node, long skew) {
        TreeMap<String, String> known = new TreeMap<>();
        for (int place = 0; place < node.engine().table().size(); place++) {
            Binding binding = node.engine().table().at(place);
            Agreement agreement = binding.agreement();
            if (agreement != null) {
                known.put(
                        binding.address().toString(),
                        binding + " " + binding.client() + " "
                                + (binding.state() == BindingState.ACTIVE ? binding.end() - skew : 0) + " "
                                + agreement.primaryChange() + "." + agreement.secondaryChange() + " "
                                + (agreement.pending() ? "pending" : "known"));
            }
        }
        return new ArrayList<>(known.values());
    }
}
