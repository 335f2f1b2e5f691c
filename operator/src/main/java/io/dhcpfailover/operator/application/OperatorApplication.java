package io.dhcpfailover.operator.application;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micronaut.context.ApplicationContext;
import java.util.Map;

/** The operator inside of another program, such as a laboratory: without a port, and without an end of the process. */
public final class OperatorApplication implements AutoCloseable {

    private final ApplicationContext context;

    private OperatorApplication(ApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it, and returns when it works.
     *
     * @param properties those of {@link Settings}, such as {@code dhcp-failover.node-image}
     * @param client for the API server; who gives it closes it
     */
    public static OperatorApplication start(Map<String, Object> properties, KubernetesClient client) {
        return start(properties, client, new Object[0]);
    }

    /** With more beans, which are there instead of its own, such as {@code NodeEndpoints}. */
    public static OperatorApplication start(Map<String, Object> properties, KubernetesClient client, Object... beans) {
        ApplicationContext context = ApplicationContext.builder()
                .properties(properties)
                .singletons(client)
                .singletons(beans)
                .deduceEnvironment(false)
                .banner(false)
                .build();
        context.start();
        try {
            context.getBean(Lifecycle.class).begin();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.close();
            throw new IllegalStateException("interrupted before the API server answered", e);
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
        return new OperatorApplication(context);
    }

    /** Its beans. */
    ApplicationContext context() {
        return context;
    }

    /** Ends it. What it made in the cluster stays, and servers go on serving. */
    @Override
    public void close() {
        context.close();
    }
}
