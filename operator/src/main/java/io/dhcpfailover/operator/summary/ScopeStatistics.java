package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.node.ScopeReport;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus.FreeAddresses;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus.Statistics;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together what both servers count of a scope. While they do not hear each other, each knows only its own leases. */
final class ScopeStatistics {

    private ScopeStatistics() {}

    /** Of the one that knows of more leases; null where none says anything. */
    static @Nullable Statistics of(ScopeView view) {
        List<ReplicaView> heard = view.replicas().stream()
                .filter(replica -> ScopeSummary.report(view.name(), replica) != null)
                .toList();
        ScopeReport fullest = heard.stream()
                .map(replica -> Objects.requireNonNull(ScopeSummary.report(view.name(), replica)))
                .max(Comparator.comparingLong(ScopeReport::inUse).thenComparingLong(report -> -report.free()))
                .orElse(null);
        if (fullest == null) {
            return view.previous() == null ? null : view.previous().statistics();
        }
        return new Statistics(
                fullest.total(),
                fullest.excluded(),
                fullest.reserved(),
                fullest.inUse(),
                fullest.free(),
                heard.stream().map(replica -> free(view, replica)).toList(),
                utilization(fullest),
                earliest(view, heard));
    }

    private static FreeAddresses free(ScopeView view, ReplicaView replica) {
        ScopeReport report = Objects.requireNonNull(ScopeSummary.report(view.name(), replica));
        return new FreeAddresses(replica.server().name(), report.freeThis(), report.freePartner());
    }

    /** In use, of those that can be used: the range without exclusions. Full is said only of what is full. */
    private static int utilization(ScopeReport report) {
        long usable = report.total() - report.excluded();
        if (usable <= 0) {
            return 0;
        }
        return (int) Math.min(100, report.inUse() * 100 / usable);
    }

    private static @Nullable Instant earliest(ScopeView view, List<ReplicaView> heard) {
        Stream<@Nullable Instant> forecasts = heard.stream().map(replica -> forecast(view, replica));
        return forecasts.filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
    }

    private static @Nullable Instant forecast(ScopeView view, ReplicaView replica) {
        ScopeReport report = ScopeSummary.report(view.name(), replica);
        return report == null ? null : report.exhaustionForecast();
    }
}
