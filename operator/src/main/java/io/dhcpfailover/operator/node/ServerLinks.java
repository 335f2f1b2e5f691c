package io.dhcpfailover.operator.node;

import io.dhcpfailover.operator.report.ObjectKey;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The links to all servers, by the keys of their DhcpServers. */
@Singleton
public final class ServerLinks implements AutoCloseable {

    private final NodeClient client;
    private final InstantSource clock;
    private final Map<ObjectKey, ServerLink> links = new ConcurrentHashMap<>();
    private final List<Consumer<ObjectKey>> listeners = new CopyOnWriteArrayList<>();

    /** None yet. */
    public ServerLinks(NodeClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Tells somebody each time that a server said something, was lost, or took what it is to hold. */
    public void listen(Consumer<ObjectKey> listener) {
        listeners.add(listener);
    }

    /** The link to a server, which is made where there is none. */
    public ServerLink open(ObjectKey server) {
        return links.computeIfAbsent(
                server,
                key -> new ServerLink(
                        key.namespace() + "/" + key.name(),
                        client,
                        clock,
                        () -> listeners.forEach(listener -> listener.accept(key))));
    }

    /** The link to a server; null where there is none. */
    public @Nullable ServerLink find(ObjectKey server) {
        return links.get(server);
    }

    /** Ends the link to a server that is no more. */
    public void close(ObjectKey server) {
        ServerLink link = links.remove(server);
        if (link != null) {
            link.close();
        }
    }

    @Override
    @PreDestroy
    public void close() {
        links.keySet().forEach(this::close);
    }
}
