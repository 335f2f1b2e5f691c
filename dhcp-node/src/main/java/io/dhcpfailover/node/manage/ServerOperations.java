package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.node.ConfigurationAnswer;
import io.dhcpfailover.api.node.NodeProblem;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.node.ScopeReport;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.configuration.ConfigurationChange;
import io.dhcpfailover.node.configuration.ConfigurationCheck;
import io.dhcpfailover.node.configuration.HeldConfiguration;
import io.dhcpfailover.node.configuration.ServerManifests;
import io.dhcpfailover.node.manage.api.NodeOperations;
import io.dhcpfailover.node.manage.leases.LeaseReview;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a server that runs can be asked, by its API and by its command line. */
final class ServerOperations implements NodeOperations {

    /** An engine that does one thing for longer is stuck. */
    private static final Duration TURN_MAX = Duration.ofSeconds(5);

    private static final long ANSWER_SECONDS = 5;
    static final String VERSION =
            Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "development");

    private final ObjectName name;
    private final DhcpNode node;
    private final @Nullable ConfigurationKeeper keeper;
    private final Administration administration;
    private final NodeReview review;
    private final CurrentProblems problems = new CurrentProblems();
    private final Instant startedAt = Instant.now();

    /**
     * Of a server.
     *
     * @param keeper of the configuration that it is sent; null where it serves a folder of manifests
     */
    ServerOperations(
            ObjectName name,
            DhcpNode node,
            @Nullable ConfigurationKeeper keeper,
            Administration administration,
            NodeReview review) {
        this.review = review;
        this.name = name;
        this.node = node;
        this.keeper = keeper;
        this.administration = administration;
    }

    @Override
    public Put putConfiguration(String json) {
        return put((check, held, now) -> check.whole(json, held, now));
    }

    @Override
    public Put putScope(String scope, String json) {
        return put((check, held, now) -> check.scope(scope, json, held, now));
    }

    @Override
    public Put putRelationship(String relationship, String json) {
        return put((check, held, now) -> check.relationship(relationship, json, held, now));
    }

    private interface Change {
        ConfigurationChange of(ConfigurationCheck check, @Nullable HeldConfiguration held, Instant now);
    }

    private Put put(Change change) {
        ConfigurationKeeper keeps = keeper;
        if (keeps == null) {
            return new Put(
                    Verdict.STALE,
                    new ConfigurationAnswer(
                            0,
                            "",
                            List.of(new ConfigurationAnswer.Problem(
                                    null,
                                    "this server serves its folder of manifests: change that, or start it without"
                                            + " --manifests"))));
        }
        return keeps.put((held, now) -> change.of(keeps.check(), held, now), node::configure);
    }

    @Override
    public @Nullable String configuration() {
        HeldConfiguration held = held();
        return held == null ? null : held.jsonWithoutSecrets();
    }

    private @Nullable HeldConfiguration held() {
        return keeper == null ? null : keeper.held();
    }

    @Override
    public NodeStatus status() throws NotDone {
        EngineReport engine = await(node.report());
        HeldConfiguration held = held();
        Serving serving = node.serving();
        ServerManifests manifests = serving == null ? null : serving.manifests();
        List<ScopeReport> scopes = List.of();
        List<RelationshipReport> relationships = List.of();
        long leases = 0;
        if (manifests != null) {
            StatusReport report =
                    new StatusReport(manifests, held, engine, node.forecasts().exhaustions());
            scopes = report.scopes();
            relationships = report.relationships(scopes);
            leases = report.leases();
        }
        Instant now = Instant.now();
        return new NodeStatus(
                manifests == null ? null : manifests.namespace(),
                name.text(),
                VERSION,
                now,
                startedAt,
                address(manifests),
                held == null ? 0 : held.generation(),
                held == null ? null : held.hash(),
                isReady(),
                manifests != null && manifests.server().spec().authorized(),
                node.isInMaintenance(),
                node.storageFailingSince() == null,
                leases,
                relationships,
                scopes,
                problems.told(problems(manifests, engine, now)));
    }

    private @Nullable Ipv4Address address(@Nullable ServerManifests manifests) {
        if (manifests == null) {
            return null;
        }
        Ipv4Address configured = manifests.server().spec().serverAddress();
        var links = node.sockets().links();
        return configured != null || links.isEmpty()
                ? configured
                : links.getFirst().addresses().getFirst();
    }

    private List<NodeProblem> problems(@Nullable ServerManifests manifests, EngineReport engine, Instant now) {
        List<NodeProblem> found = new ArrayList<>();
        Instant failing = node.storageFailingSince();
        if (failing != null) {
            found.add(new NodeProblem(
                    "StorageFailing",
                    null,
                    "leases cannot be stored, and no new ones are given until they can: see the log, and the disk",
                    failing));
        }
        NodeProblem refusal = keeper == null ? null : keeper.refusal();
        if (refusal != null) {
            found.add(refusal);
        }
        CurrentProblems.ofSockets(manifests, node.sockets(), now, found);
        CurrentProblems.ofClashes(engine, found);
        found.addAll(node.linkProblems().of(engine.relationships().keySet(), now));
        return found;
    }

    static <T> T await(CompletableFuture<T> answer) throws NotDone {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotDone(Reason.BUSY, "the server ends");
        } catch (ExecutionException | TimeoutException e) {
            throw new NotDone(Reason.BUSY, "the server did not come to it, see its log");
        }
    }

    @Override
    public void partnerDown(String relationship, @Nullable Instant lastSeen) throws NotDone {
        administration.partnerDown(relationship, lastSeen);
    }

    @Override
    public void provedDown(String relationship, Instant at) throws NotDone {
        administration.provedDown(relationship, at);
    }

    @Override
    public void resync(String relationship) throws NotDone {
        administration.resync(relationship);
    }

    @Override
    public void startMaintenance() throws NotDone {
        administration.startMaintenance();
    }

    @Override
    public void endMaintenance() throws NotDone {
        administration.endMaintenance();
    }

    @Override
    public LeaseReview leases() {
        return review.leases();
    }

    @Override
    public String metrics() {
        return review.metrics().scrape();
    }

    @Override
    public boolean isLive() {
        return node.sinceLastTurn().compareTo(TURN_MAX) < 0;
    }

    @Override
    public boolean isReady() {
        return node.serving() != null && node.sockets().areBound();
    }
}
