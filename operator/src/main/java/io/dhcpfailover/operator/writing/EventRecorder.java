package io.dhcpfailover.operator.writing;

import io.dhcpfailover.operator.desired.Names;
import io.dhcpfailover.operator.report.ObjectEvent;
import io.dhcpfailover.operator.report.ObjectKey;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records events of objects. The same one is not recorded twice within {@link #SAME_AGAIN}, since a reconciliation that
 * failed half-way is done again; and one object does not flood the cluster.
 */
@Singleton
public final class EventRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

    static final Duration SAME_AGAIN = Duration.ofSeconds(30);

    /** Of one object, in the time that a same one is not repeated. */
    static final int OF_ONE_OBJECT_MAX = 20;

    private static final int REMEMBERED_MAX = 10_000;

    /** What the API server takes. */
    private static final int MESSAGE_LENGTH_MAX = 1024;

    private record Said(ObjectKey object, ObjectEvent event) {}

    private final KubernetesClient client;
    private final InstantSource clock;

    /** In the order in which they were said. */
    private final Map<Said, Instant> recent = new LinkedHashMap<>();

    private final Map<ObjectKey, Integer> recentOfObject = new HashMap<>();

    /** Nothing recorded yet. */
    public EventRecorder(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Records what happened to an object, in that order. A failure is logged and costs nothing but the event. */
    public void record(HasMetadata object, Collection<ObjectEvent> events) {
        for (ObjectEvent event : events) {
            Instant now = clock.instant();
            if (isNews(ObjectKey.of(object), event, now)) {
                LOG.info("{}: {} {}", ObjectKey.of(object), event.reason(), event.message());
                create(object, event, now);
            }
        }
    }

    private synchronized boolean isNews(ObjectKey object, ObjectEvent event, Instant now) {
        forgetBefore(now.minus(SAME_AGAIN));
        Said said = new Said(object, event);
        if (recent.containsKey(said)
                || recentOfObject.getOrDefault(object, 0) >= OF_ONE_OBJECT_MAX
                || recent.size() >= REMEMBERED_MAX) {
            return false;
        }
        recent.put(said, now);
        recentOfObject.merge(object, 1, Integer::sum);
        return true;
    }

    private void forgetBefore(Instant limit) {
        Iterator<Map.Entry<Said, Instant>> oldest = recent.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Said, Instant> entry = oldest.next();
            if (!entry.getValue().isBefore(limit)) {
                return;
            }
            oldest.remove();
            recentOfObject.computeIfPresent(entry.getKey().object(), (object, count) -> count == 1 ? null : count - 1);
        }
    }

    private void create(HasMetadata object, ObjectEvent event, Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        Event record = new EventBuilder()
                .withNewMetadata()
                .withGenerateName(object.getMetadata().getName() + ".")
                .withNamespace(object.getMetadata().getNamespace())
                .endMetadata()
                .withInvolvedObject(reference(object))
                .withType(event.severity().name())
                .withReason(event.reason().name())
                .withMessage(shortened(event.message()))
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .withNewSource()
                .withComponent(Names.OPERATOR)
                .endSource()
                .withReportingComponent(Names.OPERATOR)
                .withReportingInstance(Names.OPERATOR)
                .build();
        try {
            client.v1()
                    .events()
                    .inNamespace(object.getMetadata().getNamespace())
                    .resource(record)
                    .create();
        } catch (KubernetesClientException e) {
            LOG.warn("An event of {} could not be recorded: {}", ObjectKey.of(object), e.getMessage());
        }
    }

    private static ObjectReference reference(HasMetadata object) {
        return new ObjectReferenceBuilder()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .build();
    }

    private static String shortened(String message) {
        return message.length() <= MESSAGE_LENGTH_MAX ? message : message.substring(0, MESSAGE_LENGTH_MAX - 3) + "...";
    }
}
