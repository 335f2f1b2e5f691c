package io.dhcpfailover.operator.view;

import io.dhcpfailover.operator.report.ObjectKey;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Has objects reconciled because something changed that is not in them. */
@Singleton
public final class Wakes {

    private final Map<String, SimpleInboundEventSource<?>> sources = new ConcurrentHashMap<>();

    /** By this source, objects of a kind are woken. */
    void connect(Kind kind, SimpleInboundEventSource<?> source) {
        sources.put(kind.name(), source);
    }

    /** Has an object reconciled soon; nothing, where there is none or its reconciler does not run. */
    public void wake(ObjectKey object) {
        SimpleInboundEventSource<?> source = sources.get(object.kind());
        if (source != null) {
            source.propagateEvent(new ResourceID(object.name(), object.namespace()));
        }
    }
}
