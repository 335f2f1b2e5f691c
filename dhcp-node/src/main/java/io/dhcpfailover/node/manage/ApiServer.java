package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.manage.api.ManagementServer;
import io.dhcpfailover.node.manage.api.NodeOperations;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API of a server, started beside it in a thread of its own: clients are answered whether it can be had or not, and
 * what keeps it from starting, such as a certificate that is not there yet, is tried again.
 */
final class ApiServer {

    private static final long RETRY_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    private final ManagementServer.Options options;
    private volatile @Nullable ManagementServer running;
    private @Nullable Thread starter;

    ApiServer(ManagementServer.Options options) {
        this.options = options;
    }

    /** Something has changed that watchers are to be told at once; in any thread, and returns at once. */
    void changed() {
        ManagementServer server = running;
        if (server != null) {
            server.changed();
        }
    }

    void start(NodeOperations operations) {
        starter = Thread.ofPlatform().daemon().name("api").start(() -> run(operations));
    }

    private void run(NodeOperations operations) {
        String told = null;
        try {
            while (running == null) {
                try {
                    running = ManagementServer.start(options, operations);
                } catch (IOException e) {
                    String problem = Words.of(e);
                    if (!Objects.equals(problem, told)) {
                        LOG.error("The API does not start, and is tried again: {}", problem);
                        LOG.debug("In full", e);
                    }
                    told = problem;
                    TimeUnit.SECONDS.sleep(RETRY_SECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The TCP port on which it listens; 0 while it does not. */
    int port() {
        ManagementServer server = running;
        return server == null ? 0 : server.port();
    }

    void close() throws InterruptedException {
        Thread thread = starter;
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
        ManagementServer server = running;
        if (server != null) {
            server.close();
        }
    }
}
