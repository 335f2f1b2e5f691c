package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.manage.history.HistoryWriter;
import io.dhcpfailover.node.manage.leases.LeaseReview;
import io.dhcpfailover.node.manage.metrics.MetricsText;
import java.io.Closeable;

/**
 * What looks at a server from beside it.
 *
 * @param leases what can be asked of its leases
 * @param history is written while it runs
 * @param metrics what it counts
 */
record NodeReview(LeaseReview leases, HistoryWriter history, MetricsText metrics) implements Closeable {

    @Override
    public void close() {
        history.close();
        metrics.close();
    }
}
