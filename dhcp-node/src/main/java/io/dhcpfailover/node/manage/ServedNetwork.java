package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.engine.Link;
import io.dhcpfailover.node.network.ClientSockets;
import io.dhcpfailover.node.network.NetworkException;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The interfaces that a server serves, as they come and go. For one thread, but for {@link #sockets}. */
final class ServedNetwork {

    /**
     * What is served now.
     *
     * @param links all that are to be
     * @param unserved those that cannot be
     */
    record Sockets(List<Link> links, List<ClientSockets.Unserved> unserved) {

        /** Whether clients are heard on all that are to be served, and on one at least. */
        boolean areBound() {
            return !links.isEmpty() && unserved.isEmpty();
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ServedNetwork.class);

    private final LinkChoice choice;
    private final ClientSockets sockets;
    private final Consumer<List<Link>> engine;
    private final Runnable changed;
    private volatile Sockets now = new Sockets(List.of(), List.of());
    private @Nullable List<Link> reported;

    /**
     * None yet.
     *
     * @param engine is told the interfaces, when they change
     * @param changed is called when what is served has changed
     */
    ServedNetwork(LinkChoice choice, ClientSockets sockets, Consumer<List<Link>> engine, Runnable changed) {
        this.choice = choice;
        this.sockets = sockets;
        this.engine = engine;
        this.changed = changed;
    }

    /** What is served now; in any thread. */
    Sockets sockets() {
        return now;
    }

    /** Looks at the interfaces, and serves those that are to be. */
    void follow(@Nullable Serving serving) throws IOException {
        List<Link> present = serving == null
                ? List.of()
                : choice.links(serving.manifests().server().spec(), serving.scopes());
        boolean different = !present.equals(now.links);
        if (different) {
            engine.accept(present);
        }
        if (different || !now.unserved.isEmpty() || (reported == null && serving != null)) {
            serve(present);
        }
    }

    private void serve(List<Link> links) throws NetworkException {
        List<ClientSockets.Unserved> unserved = sockets.serve(links);
        boolean same = unserved.equals(now.unserved) && links.equals(reported);
        now = new Sockets(links, unserved);
        if (same) {
            return;
        }
        unserved.forEach(link -> LOG.error("{} is not served: {}", link.link().name(), link.reason()));
        reported = links;
        if (links.isEmpty()) {
            LOG.warn("No interface is served: none of those that are configured is up and has an IPv4 address");
        } else {
            LOG.info("Serves on {}", links);
        }
        changed.run();
    }
}
