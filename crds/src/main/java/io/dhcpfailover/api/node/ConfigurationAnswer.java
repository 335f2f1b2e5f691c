package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a configuration that was put: status 200 where it is on disk and served; 400 where it is no JSON; 409
 * where the server holds a newer one, or another one of the same generation, or takes none because it serves a folder of
 * manifests; 422 where anything in it is wrong; 503 where it cannot be stored. But for 200, nothing of it was applied.
 *
 * <p>A generation is compared with that of the same object only: where both have a metadata.uid and these differ, the
 * object was deleted and made anew, and its generations begin again.
 *
 * @param generation of what the server holds now; 0 where it holds none
 * @param hash of what it holds now: {@link ContentHash#ofConfiguration}; empty where it holds none
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
