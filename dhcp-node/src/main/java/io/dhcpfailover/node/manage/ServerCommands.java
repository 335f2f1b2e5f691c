package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.failover.FailoverEvent;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what an administrator says by the {@link ControlSocket}. */
final class ServerCommands implements UnaryOperator<String> {

    /** What was asked is done. */
    static final String DONE = "done";

    private static final long ANSWER_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(ServerCommands.class);

    private final Intake intake;
    private final EngineLoop loop;

    ServerCommands(Intake intake, EngineLoop loop) {
        this.intake = intake;
        this.loop = loop;
    }

    @Override
    public String apply(String text) {
        PartnerDownCommand.Line line = PartnerDownCommand.Line.of(text);
        if (line == null) {
            return "refused: this server does not know the command";
        }
        Instant lastSeen = line.lastSeen();
        LOG.warn(
                "relationship {}: an administrator says that the partner is down{}",
                line.relationship(),
                lastSeen == null ? "" : ", and was last alive at " + lastSeen);
        CompletableFuture<String> answer = new CompletableFuture<>();
        intake.submit(() -> answer.complete(Objects.requireNonNullElse(declare(line.relationship(), lastSeen), "")));
        try {
            String refusal = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return refusal.isEmpty() ? DONE : "refused: " + refusal;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "refused: the server ends";
        } catch (ExecutionException | TimeoutException e) {
            return "refused: the server did not come to it, see its log";
        }
    }

    private @Nullable String declare(String relationship, @Nullable Instant lastSeen) {
        long now = loop.seconds();
        return loop.happened(
                relationship,
                new FailoverEvent.DeclaredDown(lastSeen == null ? now : Math.min(now, lastSeen.getEpochSecond())));
    }
}
