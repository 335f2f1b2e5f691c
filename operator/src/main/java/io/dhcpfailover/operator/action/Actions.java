package io.dhcpfailover.operator.action;

import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionStatus;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionStatus.Phase;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.Conditions;
import io.dhcpfailover.operator.summary.ServerView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Leads every action from its beginning to its end, once. */
public final class Actions {

    private Actions() {}

    /** What comes next; of an action that has ended, nothing ever. */
    public static Decision next(ActionView view, Instant now) {
        DhcpFailoverActionStatus status = view.status();
        if (status != null && isFinished(status)) {
            return new Decision(
                    status.phase() == null ? Phase.Failed : status.phase(),
                    status.message() == null ? "" : status.message(),
                    status.details(),
                    List.of());
        }
        String mistake = mistake(view);
        if (mistake != null) {
            return Decision.failed(mistake, view.details());
        }
        return switch (view.spec().action()) {
            case PartnerDown -> new PartnerDown(view, now).next();
            case ReplicateScopes -> new ReplicateScopes(view, now).next();
            case StartMaintenance -> new Maintenance(view, now).start();
            case EndMaintenance -> new Maintenance(view, now).end();
            case Resync -> new Resync(view, now).next();
            case Drill -> new Drill(view, now).next();
        };
    }

    /** The status that says so. */
    public static DhcpFailoverActionStatus status(
            Decision decision, @Nullable DhcpFailoverActionStatus before, @Nullable Long generation, Instant now) {
        boolean begun = decision.phase() != Phase.Pending;
        boolean finished = decision.phase() == Phase.Succeeded || decision.phase() == Phase.Failed;
        Instant started = before == null || before.startedAt() == null ? (begun ? now : null) : before.startedAt();
        Instant ended = before == null || before.finishedAt() == null ? (finished ? now : null) : before.finishedAt();
        List<Condition> conditions = new Conditions(before == null ? List.of() : before.conditions(), now, generation)
                .set(
                        ConditionType.Ready,
                        decision.phase() == Phase.Succeeded,
                        decision.phase().name(),
                        decision.message())
                .list();
        return new DhcpFailoverActionStatus(
                generation, decision.phase(), decision.message(), started, ended, decision.details(), conditions);
    }

    /** Whether nothing is to be done any more. */
    public static boolean isFinished(DhcpFailoverActionStatus status) {
        return status.phase() == Phase.Succeeded || status.phase() == Phase.Failed;
    }

    /** When the record of an action is to be deleted; null where it has not ended. */
    public static @Nullable Instant expiry(DhcpFailoverActionSpec spec, @Nullable DhcpFailoverActionStatus status) {
        return status == null || !isFinished(status) || status.finishedAt() == null
                ? null
                : status.finishedAt().plus(spec.ttlAfterFinished());
    }

    /** What it names that does not exist, or does not belong together; null where nothing. */
    private static @Nullable String mistake(ActionView view) {
        DhcpFailoverActionSpec spec = view.spec();
        ObjectName relationship = spec.relationship();
        DhcpFailoverRelationshipSpec pair =
                relationship == null ? null : view.relationships().get(relationship);
        if (relationship != null && pair == null) {
            return "spec.relationship: there is no valid DhcpFailoverRelationship " + relationship
                    + " in this namespace: create another action with one that kubectl get dfr shows as valid";
        }
        for (ObjectName server :
                Stream.of(spec.server(), spec.from()).filter(Objects::nonNull).toList()) {
            if (!view.servers().containsKey(server)) {
                return "there is no DhcpServer " + server + " in this namespace";
            }
            if (pair != null
                    && !pair.primaryServer().equals(server)
                    && !pair.secondaryServer().equals(server)) {
                return server + " is not a server of " + relationship + ", which has " + pair.primaryServer() + " and "
                        + pair.secondaryServer();
            }
            if (view.server(server).external()) {
                return server + " is external: the operator cannot tell it anything; tell it there";
            }
        }
        return pair == null ? null : incomplete(view, pair);
    }

    private static @Nullable String incomplete(ActionView view, DhcpFailoverRelationshipSpec pair) {
        for (ObjectName server : List.of(pair.primaryServer(), pair.secondaryServer())) {
            ServerView known = view.servers().get(server);
            if (known == null) {
                return "there is no DhcpServer " + server + " in this namespace, which the relationship names";
            }
        }
        return null;
    }
}
