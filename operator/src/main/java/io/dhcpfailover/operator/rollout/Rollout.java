package io.dhcpfailover.operator.rollout;

import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.report.Span;
import io.dhcpfailover.operator.rollout.Step.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans what to do with the servers of a namespace, so that of no pair both are ever out of service. */
public final class Rollout {

    /** Besides the MCLT, for which a server that was away may have to wait. */
    static final Duration RETURN_MAX = Duration.ofMinutes(10);

    private static final int HALF = 50;
    private static final int ALL = 100;

    private final Map<ObjectName, ServerPod> pods;
    private final Map<ObjectName, DhcpFailoverRelationshipSpec> relationships;
    private final Instant now;
    private final Map<ObjectName, Step> steps = new HashMap<>();

    /** Whose partners must not be touched now. */
    private final Set<ObjectName> inHand = new HashSet<>();

    private Rollout(
            Map<ObjectName, ServerPod> pods, Map<ObjectName, DhcpFailoverRelationshipSpec> relationships, Instant now) {
        this.pods = pods;
        this.relationships = relationships;
        this.now = now;
    }

    /**
     * What to do with each server now.
     *
     * @param pods the servers of this cluster, by their names
     * @param relationships those that are served, by their names
     */
    public static Map<ObjectName, Step> plan(
            Map<ObjectName, ServerPod> pods, Map<ObjectName, DhcpFailoverRelationshipSpec> relationships, Instant now) {
        return new Rollout(pods, relationships, now).plan();
    }

    private Map<ObjectName, Step> plan() {
        pods.forEach((name, pod) -> {
            if (pod.inHandSince() != null) {
                inHand.add(name);
                steps.put(name, goOn(name, pod, pod.inHandSince()));
            }
        });
        pods.entrySet().stream()
                .filter(entry -> entry.getValue().inHandSince() == null)
                .sorted(Comparator.<Map.Entry<ObjectName, ServerPod>>comparingLong(entry -> clients(entry.getKey()))
                        .thenComparing(Map.Entry::getKey))
                .forEach(entry -> steps.put(entry.getKey(), begin(entry.getKey(), entry.getValue())));
        return steps;
    }

    /** In percent of a relationship's clients, of all its relationships: how much depends on a server. */
    private long clients(ObjectName server) {
        return relationships.values().stream()
                .mapToLong(pair -> share(pair, server))
                .sum();
    }

    private static long share(DhcpFailoverRelationshipSpec pair, ObjectName server) {
        boolean primary = pair.primaryServer().equals(server);
        if (!primary && !pair.secondaryServer().equals(server)) {
            return 0;
        }
        if (pair.mode() == Mode.HotStandby) {
            boolean primaryActive = pair.activeServer() != ServerRole.Secondary;
            return primaryActive == primary ? ALL : 0;
        }
        int percent = Objects.requireNonNullElse(pair.loadBalancePercent(), HALF);
        return primary ? percent : ALL - percent;
    }

    private Step begin(ObjectName name, ServerPod pod) {
        NodeStatus status = pod.server().current();
        boolean handedOver = status != null && status.maintenance();
        if (!pod.outdated() && !pod.cordoned()) {
            return new Step(Kind.KEEP, "", handedOver);
        }
        String why = pod.cordoned() ? "its node is cordoned" : "its pod is to be replaced";
        if (handedOver) {
            return new Step(Kind.WAIT, why + ", and a person has it out of service", true);
        }
        List<ObjectName> own = relationshipsOf(name);
        if (pod.outdated() && isLost(name, own)) {
            inHand.add(name);
            return Step.of(Kind.REPLACE, name + " does not serve, and " + why);
        }
        if (own.isEmpty()) {
            return pod.outdated() && !pod.cordoned()
                    ? Step.of(Kind.REPLACE, name + " has no partner: its clients wait while its pod is replaced")
                    : Step.of(Kind.WAIT, name + " has no partner that could serve its clients while its node is empty");
        }
        for (ObjectName relationship : own) {
            ObjectName partner = partner(relationship, name);
            if (inHand.contains(partner)) {
                return Step.of(Kind.WAIT, why + ", after that of " + partner);
            }
        }
        ObjectName apart = notNormal(name);
        if (apart != null) {
            return Step.of(Kind.WAIT, why + ", once " + apart + " is in NORMAL");
        }
        inHand.add(name);
        return Step.of(Kind.HAND_OVER, name + " hands its clients over, because " + why);
    }

    private Step goOn(ObjectName name, ServerPod pod, Instant since) {
        NodeStatus status = pod.server().current();
        boolean late = now.isAfter(since.plus(RETURN_MAX).plus(leadTime(name)));
        if (status != null && status.maintenance() && (pod.outdated() || pod.cordoned()) && !isHeard(name)) {
            return Step.of(Kind.TAKE_BACK, name + " serves again, since none of its partners is heard");
        }
        if (status != null && !status.maintenance() && (pod.outdated() || pod.cordoned()) && !late) {
            ObjectName apart = notNormal(name);
            if (apart != null) {
                return Step.of(Kind.LET_GO, name + " keeps its clients for now: " + apart + " is not in NORMAL");
            }
        }
        if (pod.outdated() && (status == null || status.maintenance())) {
            String missing = status == null ? null : unacknowledged(name);
            return missing == null
                    ? new Step(Kind.REPLACE, name + " has handed its clients over", true)
                    : waiting(late, since, missing, name);
        }
        if (pod.outdated()) {
            return late ? stopped(name, since, "it does not hand its clients over") : Step.of(Kind.HAND_OVER, "");
        }
        if (status == null) {
            return new Step(
                    late && !pod.cordoned() ? Kind.STOPPED : Kind.WAIT,
                    name + " has not come back"
                            + (late ? " for " + Span.of(Duration.between(since, now)) + partners(name) : ""),
                    true);
        }
        if (pod.cordoned()) {
            String missing = status.maintenance() ? unacknowledged(name) : null;
            return status.maintenance()
                    ? new Step(Kind.WAIT, missing == null ? "its node can be emptied" : missing, missing == null)
                    : Step.of(Kind.HAND_OVER, name + " hands its clients over, because its node is cordoned");
        }
        if (status.maintenance()) {
            return Step.of(Kind.TAKE_BACK, name + " serves again");
        }
        ObjectName apart = notNormal(name);
        if (apart != null) {
            return waiting(late, since, apart + " is not in NORMAL yet", name);
        }
        return Step.of(Kind.LET_GO, name + " is back, and its relationships are in NORMAL");
    }

    private Step waiting(boolean late, Instant since, String missing, ObjectName name) {
        return late ? stopped(name, since, missing) : Step.of(Kind.WAIT, missing);
    }

    private Step stopped(ObjectName name, Instant since, String missing) {
        return Step.of(Kind.STOPPED, missing + " after " + Span.of(Duration.between(since, now)) + partners(name));
    }

    private String partners(ObjectName name) {
        return ": the rollout stops here, and the partners of " + name + " stay as they are until it is back; look at"
                + " its pod and its DhcpServer";
    }

    /** Whether it serves nobody: the operator does not reach it, and neither does any partner. */
    private boolean isLost(ObjectName name, List<ObjectName> own) {
        ServerPod pod = pods.get(name);
        return pod != null
                && pod.server().current() == null
                && !own.isEmpty()
                && own.stream().allMatch(relationship -> {
                    RelationshipReport report = report(partner(relationship, name), relationship);
                    return report != null && !report.connected();
                });
    }

    /** Whether it has a session with any partner, which then serves its clients. */
    private boolean isHeard(ObjectName name) {
        return relationshipsOf(name).stream().anyMatch(relationship -> {
            RelationshipReport report = report(name, relationship);
            return report != null && report.connected();
        });
    }

    /** The first of a server's relationships that is not in NORMAL; null where all are. */
    private @Nullable ObjectName notNormal(ObjectName name) {
        return relationshipsOf(name).stream()
                .filter(relationship -> !isNormal(name, relationship))
                .findFirst()
                .orElse(null);
    }

    /** By the word of both; of an external server, only its partner's is heard. */
    private boolean isNormal(ObjectName name, ObjectName relationship) {
        ObjectName partner = partner(relationship, name);
        return isNormal(report(name, relationship))
                && (!pods.containsKey(partner) || isNormal(report(partner, relationship)));
    }

    private static boolean isNormal(@Nullable RelationshipReport report) {
        return report != null
                && report.connected()
                && report.state() == FailoverState.Normal
                && report.partnerState() == FailoverState.Normal;
    }

    private @Nullable String unacknowledged(ObjectName name) {
        for (ObjectName relationship : relationshipsOf(name)) {
            RelationshipReport report = report(name, relationship);
            if (report != null && report.pendingUpdates() + report.unackedUpdates() > 0) {
                return "the partner has to acknowledge more updates of " + relationship;
            }
        }
        return null;
    }

    private @Nullable RelationshipReport report(ObjectName server, ObjectName relationship) {
        ServerPod pod = pods.get(server);
        return pod == null ? null : pod.server().report(relationship);
    }

    private List<ObjectName> relationshipsOf(ObjectName server) {
        return relationships.entrySet().stream()
                .filter(entry -> entry.getValue().primaryServer().equals(server)
                        || entry.getValue().secondaryServer().equals(server))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private ObjectName partner(ObjectName relationship, ObjectName server) {
        DhcpFailoverRelationshipSpec pair = Objects.requireNonNull(relationships.get(relationship));
        return pair.primaryServer().equals(server) ? pair.secondaryServer() : pair.primaryServer();
    }

    private Duration leadTime(ObjectName server) {
        return relationshipsOf(server).stream()
                .map(name -> Objects.requireNonNull(relationships.get(name)).maxClientLeadTime())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
