package io.dhcpfailover.node.manage.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;

/** Metrics that are being gathered: each point is put to those of the same name. */
final class Families {

    private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
    private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
    private final Map<String, HistogramSnapshot.Builder> histograms = new LinkedHashMap<>();
    private final Map<String, InfoSnapshot.Builder> infos = new LinkedHashMap<>();

    /** @param labels names and values in turn */
    void gauge(String name, long value, String... labels) {
        gauges.computeIfAbsent(name, _ -> GaugeSnapshot.builder().name(name))
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value((double) value)
                        .labels(Labels.of(labels))
                        .build());
    }

    void gauge(String name, boolean value, String... labels) {
        gauge(name, value ? 1 : 0, labels);
    }

    /** @param name without the {@code _total} that it is shown with */
    void counter(String name, long value, String... labels) {
        counters.computeIfAbsent(name, _ -> CounterSnapshot.builder().name(name))
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value((double) value)
                        .labels(Labels.of(labels))
                        .build());
    }

    void histogram(String name, LatencyHistogram histogram, String... labels) {
        histograms
                .computeIfAbsent(name, _ -> HistogramSnapshot.builder().name(name))
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(
                                ClassicHistogramBuckets.of(histogram.upperBounds(), histogram.counts()))
                        .sum(histogram.sum())
                        .labels(Labels.of(labels))
                        .build());
    }

    /** @param name without the {@code _info} that it is shown with */
    void info(String name, String... labels) {
        infos.computeIfAbsent(name, _ -> InfoSnapshot.builder().name(name))
                .dataPoint(InfoDataPointSnapshot.builder()
                        .labels(Labels.of(labels))
                        .build());
    }

    MetricSnapshots all() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        gauges.values().forEach(family -> add(all, family));
        counters.values().forEach(family -> add(all, family));
        histograms.values().forEach(family -> add(all, family));
        infos.values().forEach(family -> add(all, family));
        return all.build();
    }

    private static void add(MetricSnapshots.Builder all, MetricSnapshot.Builder<?> family) {
        all.metricSnapshot(family.build());
    }
}
