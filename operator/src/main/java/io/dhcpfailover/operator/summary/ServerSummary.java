package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.node.NodeProblem;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.Condition.Status;
import io.dhcpfailover.api.v1alpha1.DhcpServerStatus;
import io.dhcpfailover.api.v1alpha1.ExternalServer;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.Conditions;
import io.dhcpfailover.operator.report.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the status of a DhcpServer. */
public final class ServerSummary {

    /** What a report takes to travel is no difference of clocks. */
    private static final Duration SKEW_MIN = Duration.ofSeconds(2);

    private static final int VERSION_LENGTH_MAX = 64;

    private final DhcpServerView view;
    private final Instant now;
    private final @Nullable NodeStatus status;
    private final @Nullable DhcpServerStatus previous;

    private ServerSummary(DhcpServerView view, Instant now) {
        this.view = view;
        this.now = now;
        this.status = view.server().current();
        this.previous = view.previous();
    }

    /** The status that follows. */
    public static DhcpServerStatus of(DhcpServerView view, Instant now) {
        return new ServerSummary(view, now).status();
    }

    private DhcpServerStatus status() {
        NodeStatus last = view.server().status();
        ExternalServer external = view.spec().external();
        return new DhcpServerStatus(
                view.generation(),
                external == null ? address() : external.address(),
                last == null
                        ? null
                        : last.version()
                                .substring(
                                        0,
                                        Math.min(
                                                VERSION_LENGTH_MAX,
                                                last.version().length())),
                view.scopes(),
                last == null ? null : last.leases(),
                view.relationships(),
                skew(),
                conditions());
    }

    /** The one that clients know: another one is not taken over until somebody has changed the spec since. */
    private @Nullable Ipv4Address address() {
        Ipv4Address known = previous == null ? null : previous.address();
        Ipv4Address said = status == null ? null : status.address();
        return known == null || (said != null && isChanged()) ? said : known;
    }

    private boolean isChanged() {
        return previous == null || !Objects.equals(previous.observedGeneration(), view.generation());
    }

    private @Nullable Duration skew() {
        Instant heardAt = view.server().heardAt();
        if (status == null || heardAt == null) {
            return null;
        }
        Duration ahead = Duration.between(heardAt, status.time());
        return ahead.abs().compareTo(SKEW_MIN) < 0 ? Duration.ZERO : Duration.ofSeconds(ahead.toSeconds());
    }

    private List<Condition> conditions() {
        Conditions conditions =
                new Conditions(previous == null ? List.of() : previous.conditions(), now, view.generation());
        if (view.server().external()) {
            external(conditions);
        } else {
            ready(conditions);
            reachable(conditions);
            authorized(conditions);
            addressStable(conditions);
            storage(conditions);
        }
        view.judgement().say(conditions);
        return conditions.list();
    }

    private void external(Conditions conditions) {
        Boolean connected = view.partners();
        Status is = connected == null ? Status.Unknown : connected ? Status.True : Status.False;
        String reason = connected == null ? "PartnersUnreachable" : connected ? "Connected" : "NotConnected";
        String message = connected == null
                ? "no partner of it in this cluster can be asked"
                : connected
                        ? "a partner in this cluster has a session with it"
                        : "no partner in this cluster has a session with it";
        conditions.set(ConditionType.Ready, is, reason, message);
        conditions.set(ConditionType.Reachable, is, reason, message);
    }

    private void ready(Conditions conditions) {
        if (view.judgement().served() == null) {
            conditions.set(
                    ConditionType.Ready,
                    false,
                    "ConfigurationInvalid",
                    view.judgement().message());
        } else if (status == null) {
            Trouble trouble = view.trouble();
            conditions.set(
                    ConditionType.Ready,
                    false,
                    trouble == null ? "Unreachable" : trouble.reason(),
                    trouble == null ? unreachable() : trouble.message());
        } else {
            NodeProblem problem = status.problems().stream()
                    .filter(each -> each.object() == null)
                    .findFirst()
                    .orElse(null);
            boolean ready = status.ready() && !status.maintenance();
            String reason = ready ? "Serves" : status.maintenance() ? "Maintenance" : "NotReady";
            String message = ready
                    ? "it serves"
                    : status.maintenance()
                            ? "its clients are handed over: a DhcpFailoverAction EndMaintenance puts it back"
                            : "its process runs and does not serve yet";
            conditions.set(
                    ConditionType.Ready,
                    ready,
                    problem == null || ready ? reason : problem.reason(),
                    problem == null ? message : message + "; " + problem.message());
        }
    }

    private void reachable(Conditions conditions) {
        Trouble trouble = view.trouble();
        if (status != null) {
            conditions.set(ConditionType.Reachable, true, "Answers", "it answers the operator");
        } else {
            conditions.set(
                    ConditionType.Reachable,
                    false,
                    trouble == null ? "NoAnswer" : trouble.reason(),
                    trouble == null ? unreachable() : trouble.message());
        }
    }

    private String unreachable() {
        Instant heardAt = view.server().heardAt();
        return "it does not answer the operator"
                + (heardAt == null ? " yet" : " for " + Span.of(Duration.between(heardAt, now)))
                + ": look at its pod and its node, and let the operator reach its TCP port 9647";
    }

    private void authorized(Conditions conditions) {
        boolean asked = view.spec().authorized();
        if (status == null) {
            conditions.set(ConditionType.Authorized, Status.Unknown, "Unreachable", "it does not answer the operator");
        } else if (status.authorized() == asked) {
            conditions.set(
                    ConditionType.Authorized,
                    asked,
                    asked ? "Authorized" : "NotAuthorized",
                    asked ? "it may answer clients" : "it answers no client, as spec.authorized asks");
        } else {
            conditions.set(
                    ConditionType.Authorized,
                    status.authorized(),
                    "Changing",
                    "spec.authorized asks for " + asked + ", and it has not been told yet");
        }
    }

    private void addressStable(Conditions conditions) {
        Ipv4Address known = address();
        Ipv4Address said = status == null ? null : status.address();
        if (known == null || said == null) {
            conditions.set(ConditionType.AddressStable, Status.Unknown, "NotKnown", "it has not said its address");
        } else if (known.equals(said)) {
            conditions.set(ConditionType.AddressStable, true, "Stable", "clients and relays reach it at " + known);
        } else {
            conditions.set(
                    ConditionType.AddressStable,
                    false,
                    "AddressChanged",
                    "its interface has " + said + " now, and clients renew with " + known
                            + ", and relays send there: give it "
                            + known + " back, or set spec.serverAddress to " + said
                            + " and change the relays; clients then find it when they rebind");
        }
    }

    private void storage(Conditions conditions) {
        if (status == null) {
            conditions.set(
                    ConditionType.StorageHealthy, Status.Unknown, "Unreachable", "it does not answer the operator");
            return;
        }
        String message = status.problems().stream()
                .filter(problem -> problem.reason().equals("StorageFailing"))
                .map(NodeProblem::message)
                .findFirst()
                .orElse("what it promises cannot be stored: it promises nothing new until that works");
        conditions.set(
                ConditionType.StorageHealthy,
                status.storageHealthy(),
                status.storageHealthy() ? "Healthy" : "StorageFailing",
                status.storageHealthy() ? "what it promises is stored" : message);
    }
}
