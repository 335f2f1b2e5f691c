package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.node.ContentHash;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.node.ScopeReport;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Range;
import io.dhcpfailover.node.configuration.HeldConfiguration;
import io.dhcpfailover.node.configuration.Manifest;
import io.dhcpfailover.node.configuration.ServerManifests;
import io.dhcpfailover.node.engine.RelationshipStatistics;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.scope.AddressPool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told of relationships and scopes, from what the engine says and what manifests ask.
 *
 * @param manifests that the server serves
 * @param held where they came by the API; null otherwise
 * @param engine what it says
 * @param exhaustions when scopes will be exhausted that will be soon, by their names
 */
record StatusReport(
        ServerManifests manifests,
        @Nullable HeldConfiguration held,
        EngineReport engine,
        Map<String, Instant> exhaustions) {

    private static final long MILLIS = 1000;

    /** In the order of their names; without those that the engine has not taken yet. */
    List<ScopeReport> scopes() {
        Map<String, EngineReport.Scope> known = new HashMap<>();
        engine.scopes().forEach(scope -> known.put(scope.name(), scope));
        List<ScopeReport> reports = new ArrayList<>();
        for (Manifest<DhcpScopeSpec> manifest : manifests.scopes()) {
            EngineReport.Scope scope = known.get(manifest.name().text());
            if (scope != null) {
                reports.add(report(manifest, scope));
            }
        }
        return reports;
    }

    private ScopeReport report(Manifest<DhcpScopeSpec> manifest, EngineReport.Scope scope) {
        DhcpScopeSpec spec = manifest.spec();
        long total = AddressPool.of(
                        spec.ranges().stream()
                                .map(range -> new Ipv4Range(range.start(), range.end()))
                                .toList(),
                        List.of())
                .size();
        long given = AddressPool.of(
                        spec.ranges().stream()
                                .map(range -> new Ipv4Range(range.start(), range.end()))
                                .toList(),
                        spec.exclusions().stream()
                                .map(range -> new Ipv4Range(range.start(), range.end()))
                                .toList())
                .size();
        var pool = scope.pool();
        long free = (long) pool.free() + scope.backup();
        long freeThis = isSecondary(spec) ? scope.backup() : pool.free();
        boolean shared = spec.failoverRelationship() != null;
        return new ScopeReport(
                manifest.name().text(),
                manifest.generation(),
                manifest.hash(),
                held == null
                        ? null
                        : held.appliedAt("DhcpScope", manifest.name().text()),
                total,
                total - given,
                spec.reservations().size(),
                pool.total() - free - pool.offered() - pool.abandoned() + scope.reservedActive(),
                free,
                shared ? freeThis : free,
                shared ? free - freeThis : 0,
                exhaustions.get(manifest.name().text()));
    }

    private boolean isSecondary(DhcpScopeSpec spec) {
        return manifests.relationships().stream()
                .filter(each -> each.name().equals(spec.failoverRelationship()))
                .anyMatch(each -> manifests.roleIn(each) == ServerRole.Secondary);
    }

    /** Addresses that are leased. */
    long leases() {
        return engine.scopes().stream()
                .mapToLong(scope -> scope.pool().active() + scope.reservedActive())
                .sum();
    }

    /** In the order of their names; without those that the engine has not taken yet. */
    List<RelationshipReport> relationships(List<ScopeReport> scopes) {
        Map<String, ScopeReport> known = new HashMap<>();
        scopes.forEach(scope -> known.put(scope.name(), scope));
        List<RelationshipReport> reports = new ArrayList<>();
        for (Manifest<DhcpFailoverRelationshipSpec> manifest : manifests.relationships()) {
            String name = manifest.name().text();
            RelationshipStatistics statistics = engine.relationships().get(name);
            EngineReport.Into into = engine.transitions().get(name);
            if (statistics != null && into != null) {
                List<ScopeReport> own = new ArrayList<>();
                for (Manifest<DhcpScopeSpec> scope : manifests.scopesIn(manifest)) {
                    ScopeReport report = known.get(scope.name().text());
                    if (report != null) {
                        own.add(report);
                    }
                }
                reports.add(report(manifest, statistics, into, own));
            }
        }
        return reports;
    }

    private RelationshipReport report(
            Manifest<DhcpFailoverRelationshipSpec> manifest,
            RelationshipStatistics statistics,
            EngineReport.Into into,
            List<ScopeReport> scopes) {
        ServerState previous = statistics.previous();
        ServerState partner = statistics.partner();
        Map<String, String> hashes = new HashMap<>();
        scopes.forEach(scope -> hashes.put("DhcpScope/" + scope.name(), scope.hash()));
        return new RelationshipReport(
                manifest.name().text(),
                manifest.generation(),
                manifest.hash(),
                statistics.self(),
                statistics.state().shown(),
                previous == null ? null : previous.shown(),
                time(statistics.since()),
                partner == null ? null : partner.shown(),
                statistics.linked(),
                time(statistics.lastContact()),
                statistics.linked() ? -statistics.skewSeconds() * MILLIS : null,
                statistics.pendingUpdates(),
                statistics.unackedUpdates(),
                statistics.updatesSent(),
                statistics.updatesReceived(),
                statistics.refusalsSent(),
                statistics.acksSent(),
                statistics.acksReceived(),
                into.communicationsInterrupted(),
                into.partnerDown(),
                into.recover(),
                scopes.stream().mapToLong(ScopeReport::freeThis).sum(),
                scopes.stream().mapToLong(ScopeReport::freePartner).sum(),
                scopes.stream().mapToLong(ScopeReport::inUse).sum(),
                time(statistics.mcltEndsAt()),
                time(statistics.switchesAt()),
                ContentHash.ofAll(hashes),
                scopes.size());
    }

    private static @Nullable Instant time(long seconds) {
        return seconds == 0 ? null : Instant.ofEpochSecond(seconds);
    }
}
