package io.dhcpfailover.operator.application;

import io.javaoperatorsdk.operator.Operator;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Ready is an operator that has seen what exists and still watches it, be it the leader or not. */
@Singleton
@Readiness
final class OperatorHealth implements HealthIndicator {

    private final Lifecycle lifecycle;
    private final Operator operator;

    OperatorHealth(Lifecycle lifecycle, Operator operator) {
        this.lifecycle = lifecycle;
        this.operator = operator;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        boolean up = lifecycle.works() && operator.getRuntimeInfo().allEventSourcesAreHealthy();
        return Publishers.just(HealthResult.builder("operator", up ? HealthStatus.UP : HealthStatus.DOWN)
                .build());
    }
}
