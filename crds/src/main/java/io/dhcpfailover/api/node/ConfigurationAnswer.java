package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a configuration that was put: status 200 where it is on disk and served, 409 where the server holds a
 * newer one, 422 where anything in it is wrong; then nothing of it was applied.
 *
 * @param generation of what the server holds now; 0 where it holds none
 * @param hash of what it holds now, as {@link ContentHash} makes it; empty where it holds none
 * @param problems why it was not applied; empty where it was
 */
@ApiType
public record ConfigurationAnswer(long generation, String hash, List<Problem> problems) {

    /** Takes what is absent as empty. */
    public ConfigurationAnswer {
        hash = hash == null ? "" : hash;
        problems = problems == null ? List.of() : List.copyOf(problems);
    }

    /**
     * Something wrong with it.
     *
     * @param object kind and name of the object, such as {@code DhcpScope/office}; null where the whole is meant
     * @param message the field, what is wrong with it, and what to do
     */
    @ApiType
    public record Problem(@Nullable String object, String message) {}
}
