package io.dhcpfailover.node.failover.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What two servers know and nobody else: one secret, or two while it is being changed. It is changed without a break
 * by three steps, each on both servers before the next: the new one second; the new one first; the new one alone.
 */
public final class Secrets {

    private final String first;
    private final @Nullable String second;

    private Secrets(String first, @Nullable String second) {
        if (first.isEmpty() || (second != null && second.isEmpty())) {
            throw new IllegalArgumentException("an empty text is no secret");
        }
        this.first = first;
        this.second = second;
    }

    /**
     * One secret.
     *
     * @throws IllegalArgumentException when it is empty
     */
    public static Secrets of(String secret) {
        return new Secrets(secret, null);
    }

    /**
     * Two secrets.
     *
     * @param first by which what is sent is sealed
     * @param second accepted as well as the first
     * @throws IllegalArgumentException when one is empty
     */
    public static Secrets of(String first, String second) {
        return new Secrets(first, second);
    }

    String first() {
        return first;
    }

    @Nullable String second() {
        return second;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secrets that && first.equals(that.first) && Objects.equals(second, that.second);
    }

    @Override
    public int hashCode() {
        return Objects.hash(first, second);
    }

    /** How many: never what they are. */
    @Override
    public String toString() {
        return second == null ? "one secret" : "two secrets";
    }
}
