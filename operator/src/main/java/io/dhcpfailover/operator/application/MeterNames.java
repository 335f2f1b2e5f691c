package io.dhcpfailover.operator.application;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Has the names of the controller runtime's meters begin as those of the operator's own do, and all samples of one have the
 * same labels, without which Prometheus takes but the first.
 */
@Singleton
final class MeterNames implements MeterFilter {

    private static final String PREFIX = "dhcp.operator.";
    private static final List<String> OF_THE_RUNTIME =
            List.of("reconciliations.", "events.received", "custom_resources");
    private static final String EVENTS = "events.received";
    private static final String ACTION = "action";

    @Override
    public Meter.Id map(Meter.Id id) {
        if (OF_THE_RUNTIME.stream().noneMatch(id.getName()::startsWith)) {
            return id;
        }
        Meter.Id own = id.withName(PREFIX + id.getName().replace("custom_resources", "resources"));
        return id.getName().equals(EVENTS) && id.getTag(ACTION) == null ? own.withTag(Tag.of(ACTION, "none")) : own;
    }
}
