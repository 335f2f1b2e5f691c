package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.engine.Origin;
import io.dhcpfailover.node.network.Receiver;
import io.dhcpfailover.node.wire.Decoded;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.MessageType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the engine's thread. Packets wait in bounded queues by what is lost with them: under overload a client
 * that has an address is heard before one that wants its first. The network's thread hands over a batch at a time.
 */
final class Intake implements Receiver {

    /** Who is heard first. */
    enum Priority {
        /** A client that has an address, and wants to keep it or gives it up. */
        RENEWAL,
        /** A client that was offered an address, or had one before it restarted. */
        REQUEST,
        /** Everyone else, who asks again. */
        NEW
    }

    /**
     * A packet, and where it came from.
     *
     * @param nanoseconds when it was read, by {@link System#nanoTime}
     */
    record Arrived(DhcpPacket packet, Origin origin, long nanoseconds) {}

    /** Packets that may wait, of each priority: what is answered in a fraction of a second. */
    static final int WAITING_MAX = 4096;

    private final List<Arrived> gathered = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    // The rest is guarded by the lock.
    private final Map<Priority, Queue<Arrived>> packets = new EnumMap<>(Priority.class);
    private final Queue<Arrived> newClients = new ArrayDeque<>();
    private final Map<Priority, Long> dropped = new EnumMap<>(Priority.class);
    private final Queue<Runnable> commands = new ArrayDeque<>();
    private int waiting;

    /** For the network's thread, which does not take the lock for each packet. */
    private volatile boolean crowded;

    Intake() {
        for (Priority priority : Priority.values()) {
            packets.put(priority, priority == Priority.NEW ? newClients : new ArrayDeque<>());
        }
    }

    @Override
    public void received(DhcpPacket packet, Origin origin) {
        gathered.add(new Arrived(packet, origin, System.nanoTime()));
    }

    @Override
    public void refused(Decoded.Refused reason, Origin origin) {}

    @Override
    public boolean isCrowded() {
        return crowded;
    }

    @Override
    public void batchEnd() {
        if (gathered.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            for (Arrived arrived : gathered) {
                add(arrived);
            }
            work.signal();
        } finally {
            lock.unlock();
        }
        gathered.clear();
    }

    private void add(Arrived arrived) {
        Priority priority = priority(arrived.packet);
        Queue<Arrived> queue = packets.get(priority);
        if (queue == null || queue.size() >= WAITING_MAX) {
            dropped.merge(priority, 1L, Long::sum);
            if (priority == Priority.NEW) {
                crowded = true;
            }
        } else {
            queue.add(arrived);
            waiting++;
        }
    }

    static Priority priority(DhcpPacket packet) {
        MessageType type = packet.options().get(DhcpOption.MESSAGE_TYPE);
        if (type == MessageType.REQUEST) {
            return packet.ciaddr().bits() == 0 ? Priority.REQUEST : Priority.RENEWAL;
        }
        return type == MessageType.RELEASE || type == MessageType.DECLINE ? Priority.RENEWAL : Priority.NEW;
    }

    /** Something that the engine's thread has to do; before the packets that wait. May be called in any thread. */
    void submit(Runnable command) {
        lock.lock();
        try {
            commands.add(command);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes all commands and some packets, the most important ones first.
     *
     * @param wait for how long it waits where there is nothing of either
     */
    void take(List<Runnable> commandsTaken, List<Arrived> packetsTaken, int packetsMax, Duration wait)
            throws InterruptedException {
        long left = wait.toNanos();
        lock.lockInterruptibly();
        try {
            while (commands.isEmpty() && (waiting == 0 || packetsMax == 0) && left > 0) {
                left = work.awaitNanos(left);
            }
            commandsTaken.addAll(commands);
            commands.clear();
            for (Queue<Arrived> queue : packets.values()) {
                while (!queue.isEmpty() && packetsTaken.size() < packetsMax) {
                    packetsTaken.add(queue.remove());
                    waiting--;
                }
            }
            if (newClients.size() <= WAITING_MAX / 2) {
                crowded = false;
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many packets of a priority wait. */
    int waiting(Priority priority) {
        lock.lock();
        try {
            Queue<Arrived> queue = packets.get(priority);
            return queue == null ? 0 : queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many packets were dropped because too many of their priority waited. */
    long dropped(Priority priority) {
        lock.lock();
        try {
            return dropped.getOrDefault(priority, 0L);
        } finally {
            lock.unlock();
        }
    }
}
