package io.dhcpfailover.operator.application;

import io.dhcpfailover.operator.view.ClusterViews;
import io.dhcpfailover.operator.view.ReportFanout;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins the operator's work, and ends it with its application. */
@Singleton
final class Lifecycle implements ApplicationEventListener<ShutdownEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private static final Duration ASKED_AGAIN = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final Operator operator;
    private final ClusterViews views;
    private final ReportFanout reports;
    private volatile boolean works;

    Lifecycle(KubernetesClient client, Operator operator, ClusterViews views, ReportFanout reports) {
        this.client = client;
        this.operator = operator;
        this.views = views;
        this.reports = reports;
    }

    /**
     * Waits until the API server answers, however long that takes, and begins: a process that ended instead would be started
     * again and again while the API server is away.
     *
     * @throws InterruptedException where this thread is interrupted before
     * @throws RuntimeException where it cannot work as the cluster is, for example without the kinds or without rights
     */
    void begin() throws InterruptedException {
        awaitApiServer();
        reports.begin();
        operator.start();
        views.open();
        works = true;
        LOG.info("The operator works, or waits until it is the leader");
    }

    private void awaitApiServer() throws InterruptedException {
        boolean said = false;
        while (true) {
            try {
                var _ = client.getKubernetesVersion();
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != 0) {
                    // It answers, if only that it does not tell.
                    return;
                }
                if (!said) {
                    LOG.warn(
                            "The API server at {} does not answer, and is asked again every {} s: {}",
                            client.getMasterUrl(),
                            ASKED_AGAIN.toSeconds(),
                            e.getMessage());
                    said = true;
                }
            }
            Thread.sleep(ASKED_AGAIN);
        }
    }

    @Override
    public void onApplicationEvent(ShutdownEvent event) {
        works = false;
        operator.stop();
    }

    /** Whether it has begun and not ended. */
    boolean works() {
        return works;
    }
}
