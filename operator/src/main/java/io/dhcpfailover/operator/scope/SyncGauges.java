package io.dhcpfailover.operator.scope;

import io.dhcpfailover.operator.report.ObjectKey;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The metric by which an alert sees that a scope's servers do not serve it as asked. */
@Singleton
final class SyncGauges {

    /** {@code dhcp_operator_scope_in_sync}: 1 where they do, 0 where they do not. */
    static final String NAME = "dhcp.operator.scope.in.sync";

    /** What a scope's gauge shows, and the gauge. */
    private record Shown(AtomicInteger value, Gauge gauge) {}

    private final MeterRegistry registry;
    private final Map<ObjectKey, Shown> scopes = new ConcurrentHashMap<>();

    SyncGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    void set(ObjectKey scope, boolean is) {
        scopes.computeIfAbsent(scope, this::register).value().set(is ? 1 : 0);
    }

    void forget(ObjectKey scope) {
        Shown gone = scopes.remove(scope);
        if (gone != null) {
            registry.remove(gone.gauge());
        }
    }

    private Shown register(ObjectKey scope) {
        AtomicInteger value = new AtomicInteger();
        return new Shown(
                value,
                Gauge.builder(NAME, value, AtomicInteger::get)
                        .description("Whether all servers of a DhcpScope serve it as asked")
                        .tags("namespace", scope.namespace(), "scope", scope.name())
                        .register(registry));
    }
}
