package io.dhcpfailover.operator.application;

import io.dhcpfailover.operator.view.ClusterViews;
import io.dhcpfailover.operator.view.ReportFanout;
import io.javaoperatorsdk.operator.Operator;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins and ends the operator's work with its application. */
@Singleton
final class Lifecycle implements ApplicationEventListener<Object> {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Operator operator;
    private final ClusterViews views;
    private final ReportFanout reports;
    private volatile boolean works;

    Lifecycle(Operator operator, ClusterViews views, ReportFanout reports) {
        this.operator = operator;
        this.views = views;
        this.reports = reports;
    }

    @Override
    public boolean supports(Object event) {
        return event instanceof StartupEvent || event instanceof ShutdownEvent;
    }

    @Override
    public void onApplicationEvent(Object event) {
        if (event instanceof StartupEvent) {
            reports.begin();
            operator.start();
            views.open();
            works = true;
            LOG.info("The operator works, or waits until it is the leader");
        } else {
            works = false;
            operator.stop();
        }
    }

    /** Whether it has begun and not ended. */
    boolean works() {
        return works;
    }
}
