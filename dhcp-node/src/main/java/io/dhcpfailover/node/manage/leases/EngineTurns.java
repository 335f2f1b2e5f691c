package io.dhcpfailover.node.manage.leases;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks something of the engine, in its thread, and waits for what it says. */
public final class EngineTurns {

    private static final long ANSWER_SECONDS = 10;

    private final Consumer<Runnable> turns;

    /** @param turns runs something in the engine's thread, soon */
    public EngineTurns(Consumer<Runnable> turns) {
        this.turns = turns;
    }

    /**
     * What the engine says. The question is to be a short one: no client gets an answer meanwhile.
     *
     * @throws IOException where the engine does not come to it
     * @throws IllegalArgumentException where the question throws it
     */
    public <T> T ask(Supplier<T> question) throws IOException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        turns.accept(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server ends", e);
        } catch (TimeoutException e) {
            throw new IOException("the server did not come to it in " + ANSWER_SECONDS + " s: it is overloaded", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IOException("the server could not answer: " + e.getCause(), e);
        }
    }
}
