package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.schema.ListMap;
import io.dhcpfailover.api.value.TimeText;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a request is.
 *
 * @param observedGeneration the generation of the spec that this speaks of
 * @param phase how far it is
 * @param message what happened, for people
 * @param startedAt when it was begun
 * @param finishedAt when it ended
 * @param details figures of what was done, by name
 * @param conditions Ready
 */
@ApiType
@JsonClassDescription("How far the request is.")
public record DhcpFailoverActionStatus(
        @JsonPropertyDescription("The metadata.generation that this status speaks of.") @Nullable Long observedGeneration,

        @JsonPropertyDescription("How far it is.") @Nullable Phase phase,

        @Size(max = 4096) @JsonPropertyDescription("What happened, for people.") @Nullable String message,

        @TimeText @JsonPropertyDescription("When it was begun.") @Nullable Instant startedAt,

        @TimeText @JsonPropertyDescription("When it ended.") @Nullable Instant finishedAt,

        @Size(max = 64) @JsonPropertyDescription("Figures of what was done, by name: what was overwritten, what clients saw.")
        Map<String, String> details,

        @Size(max = 16) @ListMap("type") @JsonPropertyDescription("Ready: whether it has succeeded.")
        List<Condition> conditions) {

    /** Takes absent collections as empty ones. */
    public DhcpFailoverActionStatus {
        details = details == null ? Map.of() : Map.copyOf(details);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /** How far a request is. */
    public enum Phase {
        /** Not begun. */
        Pending,
        /** Begun. */
        Running,
        /** Done. */
        Succeeded,
        /** Ended without being done. */
        Failed
    }
}
