package io.dhcpfailover.operator.application;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the operator in a process of its own. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    /** Runs until it is told to end; ends with 1 where it cannot work as the cluster is. */
    public static void main(String[] arguments) {
        ApplicationContext context =
                Micronaut.build(arguments).mainClass(Main.class).banner(false).start();
        try {
            // Health is told from here on, so that nobody ends a process that waits for its API server.
            context.getBean(Lifecycle.class).begin();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The operator cannot work", e);
            System.exit(1);
        }
    }
}
