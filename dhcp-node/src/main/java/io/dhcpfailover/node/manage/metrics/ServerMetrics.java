package io.dhcpfailover.node.manage.metrics;

import io.dhcpfailover.node.engine.EngineStatistics;
import io.dhcpfailover.node.engine.PoolStatistics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics of a server, gathered when somebody reads them. What they mean is in docs/metrics.md. */
final class ServerMetrics implements MultiCollector {

    private static final Logger LOG = LoggerFactory.getLogger(ServerMetrics.class);
    private static final String ANY = "any";

    private final MetricSource source;
    private final Latencies latencies;
    private final InstantSource clock;

    ServerMetrics(MetricSource source, Latencies latencies, InstantSource clock) {
        this.source = source;
        this.latencies = latencies;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        Families families = new Families();
        families.info("dhcp_server", "server", source.server(), "version", source.version());
        families.gauge("dhcp_storage_free_bytes", source.storageFree());
        source.queues().forEach((queue, length) -> families.gauge("dhcp_queue_length", length, "queue", queue));
        source.dropped().forEach((queue, count) -> families.counter("dhcp_packets_dropped", count, "queue", queue));
        families.histogram("dhcp_response_seconds", latencies.offers(), "type", "OFFER");
        families.histogram("dhcp_response_seconds", latencies.acknowledgements(), "type", "ACK");
        families.histogram("dhcp_journal_sync_seconds", latencies.syncs());
        families.counter("dhcp_journal_records", latencies.records());
        families.counter("dhcp_history_events", source.historyWritten());
        families.counter("dhcp_history_dropped", source.historyDropped());
        source.scopeHashes().forEach((scope, hash) -> families.info("dhcp_scope_config", "scope", scope, "hash", hash));
        try {
            engine(source.engine(), families);
        } catch (IOException e) {
            LOG.warn("Metrics are told without those of the engine: {}", e.getMessage());
        }
        return families.all();
    }

    private void engine(MetricSource.OfEngine engine, Families families) {
        EngineStatistics statistics = engine.statistics();
        families.gauge("dhcp_authorized", statistics.authorized());
        families.gauge("dhcp_storage_healthy", statistics.storageHealthy());
        families.counter("dhcp_clock_steps", statistics.clockSteps());
        for (EngineStatistics.Packets packets : statistics.packets()) {
            String type = packets.type() == null ? "BOOTP" : packets.type().name();
            String outcome = packets.outcome().name();
            families.counter("dhcp_packets", packets.count(), "type", type, "outcome", outcome);
        }
        statistics.pools().forEach(pool -> pool(pool, families));
        RelationshipMetrics relationships = new RelationshipMetrics(families, clock.instant());
        statistics.relationships().forEach(relationships::add);
        for (MetricSource.Transition transition : engine.transitions()) {
            families.counter(
                    "dhcp_failover_state_transitions",
                    transition.count(),
                    "relationship",
                    transition.relationship(),
                    "from",
                    transition.from(),
                    "to",
                    transition.to());
        }
    }

    private static void pool(PoolStatistics pool, Families families) {
        String scope = pool.scope().toString();
        String relationship = pool.relationship() == null ? "" : pool.relationship();
        families.gauge("dhcp_scope_size", pool.total(), "scope", scope, "relationship", relationship);
        families.gauge(
                "dhcp_scope_available_addresses", pool.available(), "scope", scope, "relationship", relationship);
        addresses(families, scope, relationship, "this", "free", pool.freeThis());
        if (pool.relationship() != null) {
            addresses(families, scope, relationship, "partner", "free", pool.freePartner());
        }
        addresses(families, scope, relationship, ANY, "offered", pool.offered());
        addresses(families, scope, relationship, ANY, "active", pool.active());
        addresses(families, scope, relationship, ANY, "abandoned", pool.abandoned());
        addresses(families, scope, relationship, ANY, "ending", pool.ending());
    }

    private static void addresses(
            Families families, String scope, String relationship, String owner, String state, int count) {
        families.gauge(
                "dhcp_scope_addresses",
                count,
                "scope",
                scope,
                "relationship",
                relationship,
                "owner",
                owner,
                "state",
                state);
    }
}
