package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.value.TimeText;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One aspect of an object's state, as Kubernetes' own metav1.Condition.
 *
 * @param type which aspect
 * @param status whether it holds
 * @param reason why, for programs
 * @param message why, for people
 * @param lastTransitionTime when {@code status} last changed
 * @param observedGeneration the generation of the object that was looked at
 */
// Not @ApiType: an empty message is required, and so written.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
        @Required
        @Size(min = 1, max = 316) @JsonPropertyDescription("Which aspect of the object this is, in CamelCase.")
        String type,

        @Required @JsonPropertyDescription("Whether it holds.")
        Status status,

        @Required
        @Size(min = 1, max = 1024) @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$") @JsonPropertyDescription("Why it has this status, in CamelCase, for programs.")
        String reason,

        @Required @Size(max = 32768) @JsonPropertyDescription("Why it has this status, for people.")
        String message,

        @Required @TimeText @JsonPropertyDescription("When the status last changed.")
        Instant lastTransitionTime,

        @Min(0) @JsonPropertyDescription("The metadata.generation of the object that was looked at.") @Nullable Long observedGeneration) {

    /** Whether a condition holds. */
    public enum Status {
        True,
        False,
        Unknown
    }
}
