package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.node.ConfigurationAnswer;
import io.dhcpfailover.api.node.NodeProblem;
import io.dhcpfailover.node.configuration.ConfigurationChange;
import io.dhcpfailover.node.configuration.ConfigurationCheck;
import io.dhcpfailover.node.configuration.ConfigurationFile;
import io.dhcpfailover.node.configuration.HeldConfiguration;
import io.dhcpfailover.node.configuration.ManifestException;
import io.dhcpfailover.node.configuration.Problem;
import io.dhcpfailover.node.manage.api.NodeOperations.Put;
import io.dhcpfailover.node.manage.api.NodeOperations.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration that a server is sent: checked, then on disk, then served, one after the other. What was held before
 * is served until the next one is on disk.
 */
final class ConfigurationKeeper {

    /** What is done with a configuration that is on disk; done once it is served. */
    interface Server {
        CompletableFuture<Void> configure(Serving serving);
    }

    /** What a change makes of what is held; null where nothing is. */
    interface Change {
        ConfigurationChange of(@Nullable HeldConfiguration held, Instant now);
    }

    private static final long SERVED_SECONDS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationKeeper.class);

    private final ConfigurationCheck check;
    private final ConfigurationFile file;
    private volatile @Nullable HeldConfiguration held;
    private volatile @Nullable NodeProblem refusal;

    ConfigurationKeeper(ConfigurationCheck check, ConfigurationFile file) {
        this.check = check;
        this.file = file;
    }

    /** By which rules it checks. */
    ConfigurationCheck check() {
        return check;
    }

    /**
     * What was held when the process before this one ended; null where nothing was, or where it cannot be used: then the
     * server waits for a new one.
     */
    @Nullable Serving recover() {
        Instant now = Instant.now();
        String problem;
        try {
            HeldConfiguration found = file.read(check, now);
            Serving serving = found == null ? null : Serving.of(found.manifests());
            held = found;
            return serving;
        } catch (ManifestException e) {
            problem = e.getMessage();
        } catch (IOException | IllegalArgumentException e) {
            problem = Words.of(e);
        }
        LOG.error("The stored configuration cannot be used, and the server waits for a new one: {}", problem);
        refusal = new NodeProblem(
                "ConfigurationRefused", null, "the stored configuration cannot be used, send it anew: " + problem, now);
        return null;
    }

    /** What is held; null where nothing is. */
    @Nullable HeldConfiguration held() {
        return held;
    }

    /** What is wrong with what was stored; null where nothing is. */
    @Nullable NodeProblem refusal() {
        return refusal;
    }

    /** Makes a change. */
    synchronized Put put(Change change, Server server) {
        return switch (change.of(held, Instant.now())) {
            case ConfigurationChange.Accepted(HeldConfiguration next) -> hold(next, server);
            case ConfigurationChange.Same _ -> answer(Verdict.HELD, List.of());
            case ConfigurationChange.Stale(var problems) -> answer(Verdict.STALE, told(problems));
            case ConfigurationChange.Invalid(var problems) -> answer(Verdict.INVALID, told(problems));
            case ConfigurationChange.Unreadable(String problem) ->
                answer(Verdict.UNREADABLE, List.of(new ConfigurationAnswer.Problem(null, "it is no JSON: " + problem)));
        };
    }

    private Put hold(HeldConfiguration next, Server server) {
        Serving serving;
        try {
            serving = Serving.of(next.manifests());
        } catch (IllegalArgumentException e) {
            return answer(Verdict.INVALID, List.of(new ConfigurationAnswer.Problem(null, Words.of(e))));
        }
        try {
            file.write(next);
        } catch (IOException e) {
            LOG.error("A configuration cannot be stored, and the last one is still served", e);
            return answer(
                    Verdict.NOT_STORED,
                    List.of(new ConfigurationAnswer.Problem(null, "it cannot be stored: " + Words.of(e))));
        }
        held = next;
        refusal = null;
        return await(server.configure(serving));
    }

    private Put await(CompletableFuture<Void> served) {
        String problem;
        try {
            served.get(SERVED_SECONDS, TimeUnit.SECONDS);
            return answer(Verdict.HELD, List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem = "the server ends";
        } catch (ExecutionException | TimeoutException e) {
            LOG.error("A configuration is stored and not served", e);
            problem = "it is stored, and the server did not come to serve it: see its log";
        }
        return answer(Verdict.NOT_STORED, List.of(new ConfigurationAnswer.Problem(null, problem)));
    }

    private Put answer(Verdict verdict, List<ConfigurationAnswer.Problem> problems) {
        HeldConfiguration now = held;
        return new Put(
                verdict,
                new ConfigurationAnswer(now == null ? 0 : now.generation(), now == null ? "" : now.hash(), problems));
    }

    private static List<ConfigurationAnswer.Problem> told(List<Problem> problems) {
        Function<Problem, ConfigurationAnswer.Problem> told =
                problem -> new ConfigurationAnswer.Problem(problem.object(), problem.message());
        return problems.stream().map(told).toList();
    }
}
