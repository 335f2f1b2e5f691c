package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.manage.LoadClient.Lease;
import io.dhcpfailover.node.manage.LoadClient.Question;
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
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Many clients behind the relay of {@link Host#RELAY}: they ask at a rate that does not depend on the answers, get
 * addresses, renew, restart and give back, and remember all that they were told. Its public state is guarded by its lock.
 */
final class LoadClients implements AutoCloseable {

    /**
     * How they ask.
     *
     * @param perSecond questions
     * @param inFlightMax questions without an answer, beyond which no more are asked
     * @param rest between an answer and the next question of the same client
     * @param timeout after which a question counts as unanswered
     * @param releases in a hundred questions of clients that have a lease
     * @param reboots the same
     */
    record Habits(int perSecond, int inFlightMax, Duration rest, Duration timeout, int releases, int reboots) {}

    private record Asked(LoadClient client, Question question, long nanos, long millis) {}

    private final DatagramChannel channel;
    private final Habits habits;
    private final RandomGenerator random;
    private final Ipv4Address relay;
    private final Map<Integer, Asked> inFlight = new LinkedHashMap<>();
    private final Map<Ipv4Address, Lease> holders = new HashMap<>();
    private final Queue<LoadClient> idle = new ArrayDeque<>();
    private final List<String> mistakes = new ArrayList<>();
    private final Thread receiver =
            Thread.ofPlatform().daemon().name("load receiver").unstarted(this::receive);
    private final Thread sender =
            Thread.ofPlatform().daemon().name("load sender").unstarted(this::send);
    private int clients;
    private int xids;
    private long started = System.nanoTime();
    private long asked;
    private long acks;
    private long answered;
    private long unanswered;
    private boolean running;
    private boolean closed;

    LoadClients(Namespaces namespaces, String relay, int count, Habits habits, RandomGenerator random, int firstClient)
            throws Exception {
        this.habits = habits;
        this.random = random;
        this.relay = Ipv4Address.parse(relay);
        this.clients = firstClient;
        this.xids = random.nextInt();
        channel = open(namespaces, relay);
        for (int i = 0; i < count; i++) {
            idle.add(new LoadClient(clients++, this.relay));
        }
        receiver.start();
        sender.start();
    }

    static DatagramChannel open(Namespaces namespaces, String relay) throws Exception {
        return namespaces.inside(Host.RELAY, () -> {
            DatagramChannel opened = DatagramChannel.open();
            opened.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
            opened.bind(new InetSocketAddress(relay, 67));
            opened.connect(new InetSocketAddress(LoadClient.SERVER.toString(), 67));
            return opened;
        });
    }

    /** Begins to ask, or goes on. */
    synchronized void resume() {
        running = true;
        started = System.nanoTime();
        asked = 0;
    }

    /** Asks nothing more, and takes no answer to what was asked. */
    synchronized void pause() {
        running = false;
        inFlight.values().forEach(question -> rest(question.client));
        inFlight.clear();
    }

    /** Asks nothing more, and waits for what was asked. */
    synchronized void settle() {
        running = false;
    }

    /** How many answers there were that promise an address. */
    synchronized long acks() {
        return acks;
    }

    synchronized long answered() {
        return answered;
    }

    /** How many questions were not answered in time. */
    synchronized long unanswered() {
        return unanswered;
    }

    synchronized int inFlight() {
        return inFlight.size();
    }

    /** Addresses with two clients at once, refusals, and clients that got another address than theirs. */
    synchronized List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    /** Leases that have not ended and were not given back. */
    synchronized List<Lease> held() {
        return holders.values().stream()
                .filter(lease -> lease.end() > System.currentTimeMillis())
                .toList();
    }

    /** Has clients ask this at once, whatever the rate is; what is not answered counts as such after its time. */
    synchronized void ask(List<LoadClient> asking, Question question) {
        asking.forEach(client -> ask(client, question, null));
    }

    /** Has clients never ask again. */
    synchronized void forget(List<LoadClient> clients) {
        idle.removeAll(clients);
    }

    private void send() {
        while (true) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                long now = System.nanoTime();
                timeOut(now);
                long due = running ? (now - started) * habits.perSecond / 1_000_000_000L - asked : 0;
                for (; due > 0; due--) {
                    asked++;
                    LoadClient next = idle.peek();
                    if (next != null && next.rests <= now && inFlight.size() < habits.inFlightMax) {
                        idle.remove();
                        askNext(next);
                    }
                }
            }
            LockSupport.parkNanos(500_000);
        }
    }

    private void timeOut(long now) {
        Iterator<Asked> questions = inFlight.values().iterator();
        while (questions.hasNext()) {
            Asked question = questions.next();
            if (now - question.nanos < habits.timeout.toNanos()) {
                return;
            }
            questions.remove();
            unanswered++;
            rest(question.client);
        }
    }

    private void rest(LoadClient client) {
        client.rests = System.nanoTime() + habits.rest.toNanos();
        idle.add(client);
    }

    private void askNext(LoadClient client) {
        Lease lease = client.held();
        if (lease == null) {
            if (client.lease != null) {
                holders.remove(client.lease.address(), client.lease);
                client.lease = null;
            }
            ask(client, Question.DISCOVER, null);
            return;
        }
        int dice = random.nextInt(100);
        if (dice < habits.releases) {
            holders.remove(lease.address(), lease);
            transmit(client.release(xids++));
            client.lease = null;
            // Half of them go, and others come in their place.
            rest(random.nextBoolean() ? client : new LoadClient(clients++, relay));
        } else {
            ask(client, dice < habits.releases + habits.reboots ? Question.REBOOT : Question.RENEW, null);
        }
    }

    private void ask(LoadClient client, Question question, @Nullable Ipv4Address offered) {
        idle.remove(client);
        int xid = xids++;
        DhcpPacket packet = client.ask(question, xid, offered);
        inFlight.put(xid, new Asked(client, question, System.nanoTime(), System.currentTimeMillis()));
        transmit(packet);
    }

    private void transmit(DhcpPacket packet) {
        try {
            int _ = channel.write(ByteBuffer.wrap(PacketEncoder.encode(packet, 1000)));
        } catch (IOException e) {
            // The server is not there: a refused port comes back as an error of the next packet.
            LockSupport.parkNanos(1);
        }
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocate(2048);
        while (true) {
            try {
                int _ = channel.read(buffer.clear());
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
        Asked question = inFlight.remove(reply.xid());
        MessageType type = reply.options().get(DhcpOption.MESSAGE_TYPE);
        if (question == null || type == null) {
            return;
        }
        answered++;
        switch (type) {
            case OFFER -> ask(question.client, Question.SELECT, reply.yiaddr());
            case ACK -> {
                acked(question, reply);
                rest(question.client);
            }
            default -> {
                mistakes.add(type + " to " + question.question + " of " + question.client + ": "
                        + reply.options().get(DhcpOption.MESSAGE));
                rest(question.client);
            }
        }
    }

    private void acked(Asked question, DhcpPacket ack) {
        acks++;
        LoadClient client = question.client;
        Long seconds = ack.options().get(DhcpOption.LEASE_TIME);
        Lease lease = new Lease(client, ack, question.millis, question.millis + 1000 * (seconds == null ? 0 : seconds));
        Lease before = client.held();
        if (before != null && !before.address().equals(lease.address())) {
            mistakes.add(client + " was given " + lease.address());
        }
        Lease other = holders.put(lease.address(), lease);
        if (other != null && other.client() != client && other.end() > System.currentTimeMillis()) {
            mistakes.add(client + " was given " + lease.address() + ", which is that of " + other.client());
        }
        client.lease = lease;
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
        }
        channel.close();
    }
}
