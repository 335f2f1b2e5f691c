package io.dhcpfailover.lab.client;

import io.dhcpfailover.api.value.Ipv4Address;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The clients behind a relay. Each prolongs its lease when half of it is over, as clients do, and tries on while it has one. */
public final class Clients implements Closeable {

    private static final Duration RENEWAL_PATIENCE = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Relay relay;
    private final List<LabClient> clients = new CopyOnWriteArrayList<>();
    private final Map<LabClient, Future<?>> renewals = new HashMap<>();
    private final Map<LabClient, Lease> lost = new HashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("renewals").factory(), new ThreadPoolExecutor.DiscardPolicy());
    private volatile @Nullable Answer last;

    /**
     * Who was answered.
     *
     * @param client the one that asked
     * @param lease what it was told
     * @param at when
     */
    public record Answer(LabClient client, Lease lease, Instant at) {}

    /** None yet. */
    public Clients(Relay relay) {
        this.relay = relay;
    }

    /** Another client, which has not asked yet. */
    public LabClient add() {
        return add(RETRY);
    }

    /** Another client, which asks ten times a second until it is answered: to measure how long nobody answers. */
    public LabClient addImpatient() {
        return add(RETRY.dividedBy(10));
    }

    private synchronized LabClient add(Duration retry) {
        LabClient client = new LabClient(relay, clients.size() + 1, retry);
        clients.add(client);
        return client;
    }

    /** New clients that ask for an address all at once; those that got one in that time. */
    public List<LabClient> arrive(int count, Duration patience) throws InterruptedException {
        List<LabClient> arrived = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arrived.add(add());
        }
        ask(arrived, patience);
        return arrived.stream().filter(client -> client.lease() != null).toList();
    }

    /** Has clients ask now, all at once, and waits until each was answered or its time is over. */
    public void ask(List<LabClient> those, Duration patience) throws InterruptedException {
        List<Future<?>> asked = new ArrayList<>();
        for (LabClient client : those) {
            asked.add(threads.submit(() -> ask(client, patience)));
        }
        for (Future<?> each : asked) {
            try {
                Object _ = each.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a client could not ask", e.getCause());
            }
        }
    }

    /** Has a client ask now; its lease, or null where nobody answered in that time. */
    public @Nullable Lease ask(LabClient client, Duration patience) {
        try {
            Lease before = client.lease();
            Lease lease = client.ask(patience);
            if (lease != null) {
                last = new Answer(client, lease, Instant.now());
                if (before != null && !before.address().equals(lease.address())) {
                    lose(client, before);
                }
            }
            Lease now = client.lease();
            if (now != null) {
                renewAt(now.renewal(), client);
            }
            return lease;
        } catch (IOException e) {
            // The relay is closed: there is nobody to ask any more.
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private synchronized void lose(LabClient client, Lease lease) {
        lost.put(client, lease);
    }

    /** Clients that did not keep the address that they had, with what they had. */
    public synchronized Map<LabClient, Lease> lost() {
        return Map.copyOf(lost);
    }

    /** All of them. */
    public List<LabClient> all() {
        return List.copyOf(clients);
    }

    /** How many have an address. */
    public long held() {
        return clients.stream().filter(client -> client.lease() != null).count();
    }

    /** Who was answered last; null for nobody. */
    public @Nullable Answer last() {
        return last;
    }

    /** Lets nothing pass between a client and a server any more. */
    public void cut(LabClient client, Ipv4Address server) {
        client.cutFrom(server);
    }

    /** Lets everything pass again. */
    public void mend() {
        relay.mend();
    }

    private synchronized void renewAt(Instant time, LabClient client) {
        long wait = Math.max(0, Duration.between(Instant.now(), time).toMillis());
        Future<?> before = renewals.put(
                client, timer.schedule(() -> threads.execute(() -> renew(client)), wait, TimeUnit.MILLISECONDS));
        if (before != null) {
            boolean _ = before.cancel(false);
        }
    }

    private void renew(LabClient client) {
        if (client.lease() != null) {
            Lease _ = ask(client, RENEWAL_PATIENCE);
        }
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        threads.shutdownNow();
        relay.close();
        try {
            boolean _ = threads.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
