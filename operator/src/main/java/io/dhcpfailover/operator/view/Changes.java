package io.dhcpfailover.operator.view;

import io.dhcpfailover.api.v1alpha1.DhcpResource;
import io.dhcpfailover.operator.report.ObjectKey;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Tells of each change of a kind's objects that is not one of status alone, deletions included, and wakes them.
 *
 * @param <P> the kind
 */
public final class Changes<P extends DhcpResource<?, ?>> extends SimpleInboundEventSource<P>
        implements ResourceEventAware<P> {

    private final Runnable changed;
    private final Consumer<ObjectKey> gone;

    /**
     * Of a kind.
     *
     * @param changed runs after each change
     * @param gone takes what was deleted
     */
    public Changes(Kind kind, Wakes wakes, Runnable changed, Consumer<ObjectKey> gone) {
        super("wakes");
        this.changed = changed;
        this.gone = gone;
        wakes.connect(kind, this);
    }

    @Override
    public void onResourceCreated(P object) {
        changed.run();
    }

    @Override
    public void onResourceUpdated(P latest, P before) {
        if (concerns(latest, before)) {
            changed.run();
        }
    }

    @Override
    public void onResourceDeleted(P object) {
        gone.accept(ObjectKey.of(object));
        changed.run();
    }

    /** Whether there is more between them than a status. */
    public static boolean concerns(DhcpResource<?, ?> latest, DhcpResource<?, ?> before) {
        ObjectMeta one = latest.getMetadata();
        ObjectMeta other = before.getMetadata();
        return !Objects.equals(one.getGeneration(), other.getGeneration())
                || !Objects.equals(one.getUid(), other.getUid())
                || !Objects.equals(one.getAnnotations(), other.getAnnotations())
                || !Objects.equals(one.getDeletionTimestamp(), other.getDeletionTimestamp());
    }
}
