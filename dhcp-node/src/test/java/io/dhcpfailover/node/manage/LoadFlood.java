package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.network.testing.Namespaces;
import io.dhcpfailover.node.wire.PacketEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Packets behind a relay of the site, at a rate or as fast as one thread can send them. */
final class LoadFlood implements Runnable, AutoCloseable {

    /** A kind of packet that somebody floods a server with. */
    enum Kind {
        /** DISCOVER of a million clients. */
        NEW_CLIENTS,
        /** No packet at all. */
        RANDOM_OCTETS,
        /** A DISCOVER that ends too early. */
        TRUNCATED,
        /** Relay agent information of random octets. */
        RELAY_AGENT_GARBAGE,
        /** A hardware address of zeros, or of a group. */
        NO_HARDWARE_ADDRESS,
        /** Relays that are the server itself, everyone, nobody, or not there, and too many of them. */
        IMPOSSIBLE_RELAYS,
        /** As many options as a packet has room for, in every kind of request. */
        MANY_OPTIONS
    }

    private static final int CLIENTS = 1_000_000;
    private static final int CHADDR = 28;
    private static final int GIADDR = 24;
    private static final int OPTIONS = 240;

    private final DatagramChannel channel;
    private final Kind kind;
    private final int perSecond;
    private final Random random = new Random(1);
    private final byte[] discover;
    private final Thread thread = Thread.ofPlatform().daemon().name("flood").unstarted(this);
    private volatile boolean running = true;
    private final AtomicLong sent = new AtomicLong();

    /** Begins one; 0 packets per second stand for as many as can be. */
    LoadFlood(Namespaces namespaces, String relay, Kind kind, int perSecond) throws Exception {
        this.perSecond = perSecond;
        channel = LoadClients.open(namespaces, relay);
        this.kind = kind;
        LoadClient client = new LoadClient(1, Ipv4Address.parse(relay));
        discover = PacketEncoder.encode(client.ask(LoadClient.Question.DISCOVER, 0, null), 1000);
        thread.start();
    }

    long sent() {
        return sent.get();
    }

    @Override
    public void run() {
        long started = System.nanoTime();
        while (running) {
            if (perSecond > 0 && sent() > (System.nanoTime() - started) * perSecond / 1_000_000_000L) {
                LockSupport.parkNanos(1_000_000);
                continue;
            }
            try {
                int _ = channel.write(ByteBuffer.wrap(next()));
                sent.incrementAndGet();
            } catch (IOException e) {
                // No room for the moment, or an error that came back for another packet.
                Thread.onSpinWait();
            }
        }
    }

    private byte[] next() {
        byte[] packet = discover.clone();
        ByteBuffer.wrap(packet).putInt(4, random.nextInt()).putInt(CHADDR + 2, random.nextInt(CLIENTS));
        switch (kind) {
            case NEW_CLIENTS -> {}
            case RANDOM_OCTETS -> {
                packet = new byte[random.nextInt(1500)];
                random.nextBytes(packet);
            }
            case TRUNCATED -> packet = Arrays.copyOf(packet, random.nextInt(OPTIONS + 20));
            case RELAY_AGENT_GARBAGE -> {
                byte[] garbage = new byte[random.nextInt(256)];
                random.nextBytes(garbage);
                packet = Arrays.copyOf(packet, OPTIONS + 3 + 2 + garbage.length);
                packet[OPTIONS + 3] = 82;
                packet[OPTIONS + 4] = (byte) garbage.length;
                System.arraycopy(garbage, 0, packet, OPTIONS + 5, garbage.length);
            }
            case NO_HARDWARE_ADDRESS -> {
                Arrays.fill(packet, CHADDR, CHADDR + 16, (byte) 0);
                packet[CHADDR] = (byte) random.nextInt(2);
            }
            case IMPOSSIBLE_RELAYS -> {
                String[] relays = {"10.80.0.1", "10.81.0.1", "255.255.255.255", "224.0.0.1", "127.0.0.1", "10.80.0.77"};
                ByteBuffer.wrap(packet)
                        .putInt(
                                GIADDR,
                                Ipv4Address.parse(relays[random.nextInt(relays.length)])
                                        .bits());
                packet[3] = (byte) random.nextInt(256);
            }
            case MANY_OPTIONS -> packet = manyOptions(packet);
        }
        return packet;
    }

    /** DISCOVER, REQUEST of a client that restarts, and REQUEST of one that renews, with every code there is. */
    private byte[] manyOptions(byte[] start) {
        ByteBuffer packet = ByteBuffer.allocate(1472).put(start, 0, OPTIONS);
        int type = random.nextInt(3);
        packet.put((byte) 53).put((byte) 1).put((byte) (type == 0 ? 1 : 3));
        packet.putInt(12, type == 2 ? Ipv4Address.parse("10.80.0.99").bits() : 0);
        for (int code = 60; code < 255 && packet.remaining() > 6; code++) {
            if (code != 61 && code != 82) {
                packet.put((byte) code).put((byte) 4).putInt(random.nextInt());
            }
        }
        return Arrays.copyOf(packet.array(), packet.position());
    }

    @Override
    public void close() throws IOException {
        running = false;
        channel.close();
    }
}
