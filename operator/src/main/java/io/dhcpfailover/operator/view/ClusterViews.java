package io.dhcpfailover.operator.view;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.report.ObjectKey;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest view of all objects. There is none until every watch has seen what exists: an operator that knew half of a
 * server's scopes would take the others from it.
 */
@Singleton
public final class ClusterViews implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterViews.class);

    /** Changes come in swarms: one look is enough for those of a moment. */
    private static final Duration REST = Duration.ofMillis(50);

    private final Viewer viewer;
    private final Wakes wakes;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("looks").daemon().factory());
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile boolean open;
    private volatile @Nullable ClusterView current;

    /** None yet. */
    ClusterViews(Viewer viewer, Wakes wakes) {
        this.viewer = viewer;
        this.wakes = wakes;
    }

    /** From now on, every watch has seen what exists. */
    public void open() {
        open = true;
        changed();
        long period = Secrets.READ_AGAIN.toMillis();
        try {
            var _ = thread.scheduleWithFixedDelay(this::changed, period, period, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed already", e);
        }
    }

    /** The latest view; null before there is one. */
    public @Nullable ClusterView current() {
        return current;
    }

    /** Something has changed: looks again in a moment. */
    public void changed() {
        if (open && due.compareAndSet(false, true)) {
            try {
                var _ = thread.schedule(this::look, REST.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("closed already", e);
            }
        }
    }

    private void look() {
        due.set(false);
        try {
            ClusterView before = current;
            ClusterView after = viewer.look();
            current = after;
            wakeConcerned(before, after);
        } catch (RuntimeException e) {
            LOG.error("The objects could not be looked at together; the last view of them stays", e);
        }
    }

    private void wakeConcerned(@Nullable ClusterView before, ClusterView after) {
        Map<ObjectKey, List<Object>> seen = before == null ? Map.of() : aspects(before);
        aspects(after).forEach((key, aspects) -> {
            if (!aspects.equals(seen.get(key))) {
                wakes.wake(key);
            }
        });
    }

    /** What an object's reconciler looks at besides the object itself. */
    private static Map<ObjectKey, List<Object>> aspects(ClusterView view) {
        Map<ObjectKey, List<Object>> aspects = new HashMap<>();
        for (NamespaceObjects objects : view.namespaces().values()) {
            for (DhcpServer server : objects.servers().values()) {
                ObjectKey key = ObjectKey.of(server);
                add(aspects, key, view.judgements().servers().get(key));
                add(aspects, key, view.wishes().get(key));
            }
            for (DhcpFailoverRelationship relationship : objects.relationships().values()) {
                ObjectKey key = ObjectKey.of(relationship);
                add(aspects, key, view.judgements().relationships().get(key));
                add(aspects, key, relationship.getSpec());
            }
            for (DhcpScope scope : objects.scopes().values()) {
                ObjectKey key = ObjectKey.of(scope);
                add(aspects, key, view.judgements().scopes().get(key));
                var relationship = Objects.requireNonNull(scope.getSpec()).failoverRelationship();
                if (relationship != null) {
                    ObjectKey of =
                            new ObjectKey(Kind.DhcpFailoverRelationship.name(), key.namespace(), relationship.text());
                    add(aspects, of, key.name());
                    DhcpFailoverRelationship owner = objects.relationships().get(relationship.text());
                    add(aspects, key, owner == null ? null : owner.getSpec());
                }
            }
        }
        view.awaited()
                .forEach((server, items) -> items.forEach((item, what) -> {
                    String scope = item.substring(item.indexOf('/') + 1);
                    add(aspects, new ObjectKey(Kind.DhcpScope.name(), server.namespace(), scope), server.name() + what);
                }));
        return aspects;
    }

    private static void add(Map<ObjectKey, List<Object>> aspects, ObjectKey key, @Nullable Object aspect) {
        aspects.computeIfAbsent(key, any -> new ArrayList<>()).add(Objects.requireNonNullElse(aspect, ""));
    }

    @Override
    @PreDestroy
    public void close() {
        thread.shutdownNow();
    }
}
