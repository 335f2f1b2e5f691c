package io.dhcpfailover.operator.scope;

import io.dhcpfailover.operator.report.ObjectKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The metric by which an alert sees that a scope's servers do not serve it as asked. */
@Singleton
final class SyncGauges {

    /** {@code dhcp_operator_scope_in_sync}: 1 where they do, 0 where they do not. */
    static final String NAME = "dhcp.operator.scope.in.sync";

    private final Map<ObjectKey, Double> inSync = new ConcurrentHashMap<>();
    private final MultiGauge gauge;

    SyncGauges(MeterRegistry registry) {
        gauge = MultiGauge.builder(NAME)
                .description("Whether all servers of a DhcpScope serve it as asked")
                .register(registry);
    }

    void set(ObjectKey scope, boolean is) {
        Double value = is ? 1.0 : 0.0;
        if (!value.equals(inSync.put(scope, value))) {
            register();
        }
    }

    void forget(ObjectKey scope) {
        if (inSync.remove(scope) != null) {
            register();
        }
    }

    private synchronized void register() {
        gauge.register(
                inSync.keySet().stream()
                        .map(scope -> Row.of(
                                Tags.of("namespace", scope.namespace(), "scope", scope.name()),
                                () -> inSync.getOrDefault(scope, 0.0)))
                        .toList(),
                true);
    }
}
