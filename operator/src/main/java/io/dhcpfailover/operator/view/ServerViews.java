package io.dhcpfailover.operator.view;

import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.node.Heard;
import io.dhcpfailover.operator.node.ServerLink;
import io.dhcpfailover.operator.node.ServerLinks;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.summary.ServerView;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Servers, as the operator knows them by their links. */
@Singleton
public final class ServerViews {

    /** An operator that begins to work has made all links by then. */
    private static final Duration FIRST_LINK_MAX = Duration.ofSeconds(20);

    private final ServerLinks links;
    private final InstantSource clock;

    /** When it was first asked: a replica that is not the leader asks nothing, for however long it waits. */
    private final AtomicReference<@Nullable Instant> begun = new AtomicReference<>();

    /** By these links. */
    public ServerViews(ServerLinks links, InstantSource clock) {
        this.links = links;
        this.clock = clock;
    }

    /**
     * Whether any of these may still answer this operator's first call: then what is said of them already stays as it is
     * for a moment.
     */
    public boolean areAwaited(NamespaceObjects objects, Collection<ObjectName> names) {
        begun.compareAndSet(null, clock.instant());
        return names.stream().anyMatch(name -> isExpected(objects, name));
    }

    /** Whether a server may still answer this operator's first call. */
    boolean isExpected(NamespaceObjects objects, ObjectName name) {
        Instant now = clock.instant();
        ServerLink link = links.find(new ObjectKey(Kind.DhcpServer.name(), objects.namespace(), name.text()));
        return link == null ? isNew(objects, name, now) : link.isAwaited(now);
    }

    /** Whether its link is about to be made. */
    private boolean isNew(NamespaceObjects objects, ObjectName name, Instant now) {
        Instant first = begun.get();
        DhcpServer server = objects.servers().get(name.text());
        return server != null
                && server.getSpec() != null
                && server.getSpec().external() == null
                && (first == null || now.isBefore(first.plus(FIRST_LINK_MAX)));
    }

    /** A server of a namespace, be there a DhcpServer of that name or not. */
    public ServerView of(NamespaceObjects objects, ObjectName name) {
        DhcpServer server = objects.servers().get(name.text());
        boolean external =
                server != null && server.getSpec() != null && server.getSpec().external() != null;
        ServerLink link = links.find(new ObjectKey(Kind.DhcpServer.name(), objects.namespace(), name.text()));
        if (external || link == null) {
            return new ServerView(name, external, false, null, null);
        }
        Heard heard = link.heard();
        return new ServerView(name, false, heard.connected(), heard.heardAt(), heard.status());
    }
}
