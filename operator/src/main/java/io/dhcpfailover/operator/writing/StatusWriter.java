package io.dhcpfailover.operator.writing;

import io.dhcpfailover.api.v1alpha1.DhcpResource;
import io.dhcpfailover.operator.report.ObjectEvent;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.summary.Change;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Writes statuses: news at once, figures now and then, and nothing that is written already. */
@Singleton
public final class StatusWriter {

    /** Sentences such as "unreachable for 3m" go with the time. */
    private static final Duration LOOKED_AT_AGAIN = Duration.ofSeconds(30);

    private static final Duration LATER = Duration.ofMillis(500);

    private static final Duration FIGURES_FIRST = Duration.ofSeconds(5);

    /** The more objects there are, the less often figures are written, so that an API server is left in peace. */
    private static final Duration FIGURES_FOR_EACH = Duration.ofMillis(20);

    private final EventRecorder events;
    private final InstantSource clock;
    private final Map<ObjectKey, Instant> written = new ConcurrentHashMap<>();

    /** Nothing written yet. */
    public StatusWriter(EventRecorder events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    /**
     * Writes a status.
     *
     * @param object whose status it is
     * @param status what is to be written
     * @param change how much is new in it
     * @param happened what happened between the last status and this; recorded before that is written, so that an operator
     *     which ends in between records it again rather than never
     * @param fresh makes an empty object of the kind
     */
    public <S, T, P extends DhcpResource<S, T>> UpdateControl<P> write(
            Context<P> context, P object, T status, Change change, List<ObjectEvent> happened, Supplier<P> fresh) {
        ObjectKey key = ObjectKey.of(object);
        Instant now = clock.instant();
        Duration wait = switch (change) {
            case NONE -> Duration.ZERO;
            case SUBSTANCE -> Duration.ZERO;
            case FIGURES -> wait(key, now);
        };
        if (change == Change.NONE || wait.isPositive()) {
            return again(wait.isPositive() ? wait : LOOKED_AT_AGAIN);
        }
        events.record(object, happened);
        P patch = fresh.get();
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(key.namespace())
                .withName(key.name())
                .build());
        patch.setStatus(status);
        context.resourceOperations().serverSideApplyPrimaryStatus(patch);
        written.put(key, now);
        return again(LOOKED_AT_AGAIN);
    }

    /** Leaves a status as it is for a moment. */
    public static <P extends DhcpResource<?, ?>> UpdateControl<P> later() {
        return again(LATER);
    }

    /** An object is no more. */
    public void forget(ObjectKey key) {
        written.remove(key);
    }

    private Duration wait(ObjectKey key, Instant now) {
        // An operator that begins finds what was written a moment ago.
        Instant before = written.putIfAbsent(key, now);
        Instant last = before == null ? now : before;
        Duration interval = FIGURES_FIRST.plus(FIGURES_FOR_EACH.multipliedBy(written.size()));
        return Duration.between(now, last.plus(interval));
    }

    private static <P extends DhcpResource<?, ?>> UpdateControl<P> again(Duration after) {
        return UpdateControl.<P>noUpdate().rescheduleAfter(after);
    }
}
