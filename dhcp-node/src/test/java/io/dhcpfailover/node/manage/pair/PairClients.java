package io.dhcpfailover.node.manage.pair;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import io.dhcpfailover.node.wire.Decoded;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.PacketDecoder;
import io.dhcpfailover.node.wire.PacketEncoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients behind a relay that gives their questions to all servers that it knows, as relays of a pair do. Each gets an
 * address, renews it again and again, and asks every second until it is answered.
 */
final class PairClients implements AutoCloseable {

    private static final long RETRY_MILLIS = 1000;

    private final Ledger ledger;
    private final long renewMillis;
    private final DatagramChannel channel;
    private final List<SocketAddress> servers = new ArrayList<>();
    private final List<PairClient> clients = new ArrayList<>();
    private final Map<Integer, PairClient> asking = new HashMap<>();
    private int xids;
    private long longestWait;
    private boolean closed;
    private boolean settling;

    /**
     * Some clients, which begin to ask at once.
     *
     * @param relay an address of the relay
     * @param renewMillis how long after an answer each asks again
     */
    PairClients(
            Namespaces namespaces,
            String relay,
            List<String> servers,
            Ledger ledger,
            int first,
            int count,
            long renewMillis)
            throws Exception {
        this.ledger = ledger;
        this.renewMillis = renewMillis;
        xids = first << 12;
        servers.forEach(server -> this.servers.add(new InetSocketAddress(server, 67)));
        channel = namespaces.inside(Host.RELAY, () -> {
            DatagramChannel opened = DatagramChannel.open();
            opened.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
            opened.bind(new InetSocketAddress(relay, 67));
            return opened;
        });
        long now = System.currentTimeMillis();
        for (int i = 0; i < count; i++) {
            PairClient client = new PairClient(first + i, Ipv4Address.parse(relay));
            // Not all at once: a relay of a thousand clients has them within seconds.
            client.asks = now + i * 2000L / count;
            clients.add(client);
        }
        Thread.ofPlatform().daemon().name("clients' answers").start(this::receive);
        Thread.ofPlatform().daemon().name("clients").start(this::ask);
    }

    /** How many have an address whose time has not passed. */
    synchronized long held() {
        long now = System.currentTimeMillis();
        return clients.stream()
                .filter(client -> client.address != null && client.end > now)
                .count();
    }

    /** The longest that any has waited for an answer, in milliseconds, also one that still does. */
    synchronized long longestWait() {
        long now = System.currentTimeMillis();
        return clients.stream()
                .mapToLong(client -> client.waits == 0 ? 0 : now - client.waits)
                .reduce(longestWait, Math::max);
    }

    /** Asks nothing new any more. */
    synchronized void settle() {
        settling = true;
    }

    synchronized void resume() {
        settling = false;
    }

    synchronized void forgetWaits() {
        longestWait = 0;
    }

    synchronized List<Ipv4Address> addresses() {
        return clients.stream().map(client -> client.address).toList();
    }

    private void ask() {
        while (true) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                long now = System.currentTimeMillis();
                for (PairClient client : clients) {
                    if (client.asks <= now && (!settling || client.waits != 0)) {
                        ask(client, now);
                    }
                }
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void ask(PairClient client, long now) {
        if (client.address != null && client.end <= now) {
            ledger.mistake(client + " lost its address, because nobody renewed it");
            client.address = null;
        }
        if (client.waits == 0) {
            client.waits = now;
        } else if (client.address == null && client.offered != null && now - client.waits > 4 * RETRY_MILLIS) {
            // Who offered is not there any more.
            client.offered = null;
        }
        transmit(client, now);
    }

    private void transmit(PairClient client, long now) {
        asking.remove(client.xid);
        client.xid = xids++;
        asking.put(client.xid, client);
        client.asks = now + RETRY_MILLIS;
        ByteBuffer packet = ByteBuffer.wrap(PacketEncoder.encode(client.question(now), 1000));
        for (SocketAddress server : servers) {
            try {
                int _ = channel.send(packet.duplicate(), server);
            } catch (IOException e) {
                // It is not there: an error of an earlier packet.
                Thread.onSpinWait();
            }
        }
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocate(2048);
        while (true) {
            try {
                SocketAddress _ = channel.receive(buffer.clear());
                byte[] octets = new byte[buffer.flip().remaining()];
                buffer.get(octets);
                if (PacketDecoder.decode(octets) instanceof Decoded.Packet(DhcpPacket packet)) {
                    received(packet);
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }

    private synchronized void received(DhcpPacket reply) {
        PairClient client = asking.remove(reply.xid());
        MessageType type = reply.options().get(DhcpOption.MESSAGE_TYPE);
        if (client == null || type == null) {
            return;
        }
        long now = System.currentTimeMillis();
        switch (type) {
            case OFFER -> {
                client.offered = reply.yiaddr();
                client.chosen = reply.options().get(DhcpOption.SERVER_IDENTIFIER);
                transmit(client, now);
            }
            case ACK -> acked(client, reply, now);
            case NAK -> {
                if (client.address != null) {
                    ledger.refused(client, client.address, client.end > now);
                }
                client.address = null;
                client.offered = null;
                client.asks = now;
            }
            default -> {}
        }
    }

    private void acked(PairClient client, DhcpPacket ack, long now) {
        if (client.address != null && !client.address.equals(ack.yiaddr())) {
            ledger.mistake(client + " had " + client.address + " and got " + ack.yiaddr());
        }
        Long seconds = ack.options().get(DhcpOption.LEASE_TIME);
        // A client counts from when it asked.
        client.end = client.asks - RETRY_MILLIS + 1000 * (seconds == null ? 0 : seconds);
        client.address = ack.yiaddr();
        client.offered = null;
        ledger.granted(client, ack.yiaddr(), now, client.end);
        longestWait = Math.max(longestWait, now - client.waits);
        client.waits = 0;
        client.asks = now + renewMillis;
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
        }
        channel.close();
    }
}
