package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.schema.ListSet;
import io.dhcpfailover.api.schema.Rules;
import io.dhcpfailover.api.value.DurationText;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.api.value.TimeText;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param action what to do
 * @param relationship the relationship it is about
 * @param server the server it is about
 * @param scopes the scopes to replicate; empty means all
 * @param from the server whose scopes win
 * @param partnerLastSeen when the partner last served a client
 * @param reason why it is asked for
 * @param ttlAfterFinished how long the record is kept
 */
@ApiType
@JsonClassDescription("What is asked for.")
@ValidationRule(
        value = "self.action == oldSelf.action"
                + " && has(self.relationship) == has(oldSelf.relationship) && (!has(self.relationship) || self.relationship == oldSelf.relationship)"
                + " && has(self.server) == has(oldSelf.server) && (!has(self.server) || self.server == oldSelf.server)"
                + " && has(self.scopes) == has(oldSelf.scopes) && (!has(self.scopes) || self.scopes == oldSelf.scopes)"
                + " && has(self.from) == has(oldSelf.from) && (!has(self.from) || self.from == oldSelf.from)"
                + " && has(self.reason) == has(oldSelf.reason) && (!has(self.reason) || self.reason == oldSelf.reason)"
                + " && has(self.partnerLastSeen) == has(oldSelf.partnerLastSeen)"
                + " && (!has(self.partnerLastSeen) || timestamp(self.partnerLastSeen) == timestamp(oldSelf.partnerLastSeen))"
                + " && self.ttlAfterFinished" + Rules.SECONDS_OF + " == oldSelf.ttlAfterFinished" + Rules.SECONDS_OF,
        message = "an action is immutable, because it is the record of who asked for what: create another one")
@ValidationRule(
        value = "!(self.action in ['PartnerDown', 'Resync']) || (has(self.relationship) && has(self.server))",
        message = "PartnerDown and Resync need relationship, and server: the one that is told")
@ValidationRule(
        value = "self.action != 'ReplicateScopes' || has(self.relationship) != has(self.server)",
        message =
                "ReplicateScopes needs either relationship, for some or all of its scopes, or server, for all scopes of that server")
@ValidationRule(
        value = "!(self.action in ['StartMaintenance', 'EndMaintenance']) || has(self.server)",
        message = "StartMaintenance and EndMaintenance need server: the one that is taken out of service and put back",
        fieldPath = ".server")
@ValidationRule(
        value = "self.action != 'Drill' || has(self.relationship)",
        message = "Drill needs relationship: the one whose outage is rehearsed",
        fieldPath = ".relationship")
@ValidationRule(
        value = "!has(self.scopes) || (self.action == 'ReplicateScopes' && has(self.relationship))",
        message = "scopes is for ReplicateScopes with a relationship only: remove it",
        fieldPath = ".scopes")
@ValidationRule(
        value = "!has(self.from) || (self.action == 'ReplicateScopes' && has(self.relationship))",
        message = "from is for ReplicateScopes with a relationship only: remove it",
        fieldPath = ".from")
@ValidationRule(
        value = "!has(self.partnerLastSeen) || self.action == 'PartnerDown'",
        message = "partnerLastSeen is for PartnerDown only: remove it",
        fieldPath = ".partnerLastSeen")
public record DhcpFailoverActionSpec(
        @Required
        @JsonPropertyDescription(
                "PartnerDown: the server takes its partner for down. ReplicateScopes: scopes are copied from one server to the other, whose own are overwritten. StartMaintenance: the server hands its clients over, waits until its partner has acknowledged everything, and stops; EndMaintenance: it serves again. Resync: the server asks its partner for every binding. Drill: an outage is rehearsed, and the status says what clients saw.")
        Action action,

        @JsonPropertyDescription("The DhcpFailoverRelationship of this namespace that it is about.") @Nullable ObjectName relationship,

        @JsonPropertyDescription(
                "The DhcpServer of this namespace that it is about; for PartnerDown the one that goes on serving.")
        @Nullable ObjectName server,

        @Size(min = 1, max = 1024) @ListSet
        @JsonPropertyDescription("For ReplicateScopes, the DhcpScopes to replicate. Absent: all of the relationship.")
        List<ObjectName> scopes,

        @JsonPropertyDescription(
                "For ReplicateScopes of a relationship, the DhcpServer whose scopes win; absent, the primary's do. Of a server, that one's scopes win.")
        @Nullable ObjectName from,

        @TimeText
        @JsonPropertyDescription(
                "For PartnerDown, when the partner last served a client; the MCLT counts from then. Absent: from now.")
        @Nullable Instant partnerLastSeen,

        @Size(max = 1024) @JsonPropertyDescription("Why it is asked for, for the record.") @Nullable String reason,

        @Default("7d")
        @DurationText
        @ValidationRule(
                value = Rules.IS_DURATION + " && [" + Rules.SECONDS + "].all(s, s >= 0 && s <= 315360000)",
                message = "must be a duration such as 7d, of at most 3650d")
        @JsonPropertyDescription("How long the finished action is kept as a record.")
        Duration ttlAfterFinished) {

    /** Takes absent lists as empty, and what else is absent as its default. */
    public DhcpFailoverActionSpec {
        ttlAfterFinished = ttlAfterFinished == null ? Duration.ofDays(7) : ttlAfterFinished;
        scopes = scopes == null ? List.of() : List.copyOf(scopes);
    }

    /** What to do. */
    public enum Action {
        /** The server takes its partner for down. */
        PartnerDown,
        /** Scopes are copied from one server to the other. */
        ReplicateScopes,
        /** The server hands its clients over and stops. */
        StartMaintenance,
        /** The server serves again. */
        EndMaintenance,
        /** The server asks its partner for every binding. */
        Resync,
        /** An outage is rehearsed. */
        Drill
    }
}
