package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.schema.Rules;
import io.dhcpfailover.api.value.DurationText;
import io.dhcpfailover.api.value.ObjectName;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks of a relationship. What is absent in one mode has its default in {@code status.effective}.
 *
 * @param primaryServer the one server; immutable
 * @param secondaryServer the other; immutable
 * @param mode how clients are shared
 * @param loadBalancePercent the primary's share; in LoadBalance only, null means 50
 * @param activeServer who answers; in HotStandby only, null means the primary
 * @param reservePercent the standby's share of the free addresses; in HotStandby only, null means 5
 * @param maxClientLeadTime the MCLT: how much longer a client may be told than the partner knows
 * @param stateSwitchInterval how long COMMUNICATIONS-INTERRUPTED lasts before PARTNER-DOWN; null or zero means for ever
 * @param partnerDownOnProof whether a proved death of the partner leads to PARTNER-DOWN
 * @param messageAuthentication how messages are authenticated
 * @param replication whether a change of a scope goes to both servers by itself
 * @param loadBalanceMaxWait after what time a client is answered by either server
 * @param contactInterval how often an idle link is proved alive
 * @param onDelete where scopes stay when the relationship is deleted
 */
@ApiType
@JsonClassDescription("What is asked of the relationship.")
@ValidationRule(
        value = "self.primaryServer != self.secondaryServer",
        message = "primaryServer and secondaryServer must be two different servers",
        fieldPath = ".secondaryServer")
@ValidationRule(
        value = "self.primaryServer == oldSelf.primaryServer",
        message =
                "primaryServer is immutable: delete the relationship and create another, its scopes stay where onDelete says",
        fieldPath = ".primaryServer")
@ValidationRule(
        value = "self.secondaryServer == oldSelf.secondaryServer",
        message =
                "secondaryServer is immutable: delete the relationship and create another, its scopes stay where onDelete says",
        fieldPath = ".secondaryServer")
@ValidationRule(
        value = "self.mode == 'LoadBalance' || !has(self.loadBalancePercent)",
        message =
                "loadBalancePercent is for mode LoadBalance only: remove it, or use reservePercent for the standby's share",
        fieldPath = ".loadBalancePercent")
@ValidationRule(
        value = "self.mode == 'HotStandby' || !has(self.activeServer)",
        message =
                "activeServer is for mode HotStandby only: remove it, or use loadBalancePercent for the primary's share",
        fieldPath = ".activeServer")
@ValidationRule(
        value = "self.mode == 'HotStandby' || !has(self.reservePercent)",
        message =
                "reservePercent is for mode HotStandby only: remove it, or use loadBalancePercent for the primary's share",
        fieldPath = ".reservePercent")
public record DhcpFailoverRelationshipSpec(
        @Required
        @JsonPropertyDescription(
                "The DhcpServer of this namespace with the role of the primary, which matters to the protocol and not to clients. Immutable.")
        ObjectName primaryServer,

        @Required
        @JsonPropertyDescription("The DhcpServer of this namespace with the role of the secondary. Immutable.")
        ObjectName secondaryServer,

        @Default("LoadBalance")
        @JsonPropertyDescription(
                "LoadBalance: both answer, each its share of the clients. HotStandby: one answers, the other takes over. May change while the relationship runs.")
        Mode mode,

        @Min(0) @Max(100) @JsonPropertyDescription(
                "The primary's share of clients and of free addresses, in percent; 50 where absent. LoadBalance only; may change while the relationship runs.")
        @Nullable Integer loadBalancePercent,

        @JsonPropertyDescription("Which server answers clients; the primary where absent. HotStandby only.") @Nullable ServerRole activeServer,

        @Min(0) @Max(100) @JsonPropertyDescription(
                "The standby's share of the free addresses, in percent, for new clients while the active server is away; 5 where absent. HotStandby only.")
        @Nullable Integer reservePercent,

        @Default("1h")
        @DurationText
        @ValidationRule(
                value = Rules.IS_DURATION + " && [" + Rules.SECONDS + "].all(s, s >= 10 && s <= 604800)",
                message =
                        "must be a duration from 5m to 7d, such as 1h; with the annotation dhcpfailover.io/lab: 'true' from 10s")
        @JsonPropertyDescription(
                "The MCLT: how much longer than its partner knows a server may let a client use its address, and how long a server waits after PARTNER-DOWN for its partner's addresses; 5m to 7d, with the annotation dhcpfailover.io/lab: 'true' from 10s.")
        Duration maxClientLeadTime,

        @DurationText
        @ValidationRule(
                value = Rules.IS_DURATION + " && [" + Rules.SECONDS + "].all(s, s == 0 || (s >= 10 && s <= 2592000))",
                message = "must be a duration from 10s to 30d, such as 1h, or 0s for a switch by hand only")
        @JsonPropertyDescription(
                "After how long in COMMUNICATIONS-INTERRUPTED a server takes its partner for down, also called safe period; 10s to 30d. Absent or 0s: only a person or a proved death does that.")
        @Nullable Duration stateSwitchInterval,

        @Default("true")
        @JsonPropertyDescription(
                "Whether a server goes to PARTNER-DOWN at once when the cluster proves that its partner's process has ended and cannot come back unseen.")
        Boolean partnerDownOnProof,

        @Default("{}") @JsonPropertyDescription("How messages between the servers are authenticated.")
        MessageAuthentication messageAuthentication,

        @Default("Automatic")
        @JsonPropertyDescription(
                "Automatic: a change of a scope goes to both servers. Manual: it goes to the primary, and to the other when a DhcpFailoverAction asks.")
        Replication replication,

        @Default("3s")
        @DurationText
        @ValidationRule(
                value = Rules.IS_DURATION + " && [" + Rules.SECONDS + "].all(s, s >= 0 && s <= 255)",
                message = "must be a duration from 0s to 4m15s, such as 3s")
        @JsonPropertyDescription(
                "A client that has asked for longer, by its secs field, is answered by the other server too; up to 4m15s.")
        Duration loadBalanceMaxWait,

        @Default("1s")
        @DurationText
        @ValidationRule(
                value = Rules.IS_DURATION + " && [" + Rules.SECONDS + "].all(s, s >= 1 && s <= 60)",
                message = "must be a duration from 1s to 1m")
        @JsonPropertyDescription(
                "How often an idle link is proved alive, 1s to 1m; silent for three times as long, communications are interrupted.")
        Duration contactInterval,

        @Default("{}") @JsonPropertyDescription("Where scopes stay when the relationship is deleted.")
        OnDelete onDelete) {
    /** Takes what is absent as its default, where a document has not passed the schema. */
    public DhcpFailoverRelationshipSpec {
        mode = mode == null ? Mode.LoadBalance : mode;
        maxClientLeadTime = maxClientLeadTime == null ? Duration.ofHours(1) : maxClientLeadTime;
        partnerDownOnProof = partnerDownOnProof == null ? true : partnerDownOnProof;
        messageAuthentication =
                messageAuthentication == null ? new MessageAuthentication(true, null) : messageAuthentication;
        replication = replication == null ? Replication.Automatic : replication;
        loadBalanceMaxWait = loadBalanceMaxWait == null ? Duration.ofSeconds(3) : loadBalanceMaxWait;
        contactInterval = contactInterval == null ? Duration.ofSeconds(1) : contactInterval;
        onDelete = onDelete == null ? new OnDelete(ServerRole.Primary, PartnerCopy.Delete) : onDelete;
    }

    /** How two servers share clients. */
    public enum Mode {
        /** Both answer, each its share. */
        LoadBalance,
        /** One answers, the other takes over. */
        HotStandby
    }

    /** Whether a change of a scope goes to both servers by itself. */
    public enum Replication {
        /** By itself. */
        Automatic,
        /** When a DhcpFailoverAction asks. */
        Manual
    }

    /**
     * How messages are authenticated.
     *
     * @param enabled whether they are
     * @param secretRef the Secret with the keys; null means one that the operator generates
     */
    @ApiType
    public record MessageAuthentication(
            @Default("true")
            @JsonPropertyDescription("Whether every message carries an HMAC-SHA256 that its receiver checks.")
            Boolean enabled,

            @JsonPropertyDescription(
                    "The Secret with the shared secret: current and, during a rotation, next. Absent: one that the operator generates.")
            @Nullable SecretReference secretRef) {
        /** Takes what is absent as its default, where a document has not passed the schema. */
        public MessageAuthentication {
            enabled = enabled == null ? true : enabled;
        }
    }

    /**
     * Where scopes stay when a relationship is deleted.
     *
     * @param keepScopesOn the server that goes on serving them
     * @param partnerCopy what becomes of the other server's copies
     */
    @ApiType
    public record OnDelete(
            @Default("Primary") @JsonPropertyDescription("The server that goes on serving the scopes.")
            ServerRole keepScopesOn,

            @Default("Delete") @JsonPropertyDescription("What becomes of the other server's copies.")
            PartnerCopy partnerCopy) {
        /** Takes what is absent as its default, where a document has not passed the schema. */
        public OnDelete {
            keepScopesOn = keepScopesOn == null ? ServerRole.Primary : keepScopesOn;
            partnerCopy = partnerCopy == null ? PartnerCopy.Delete : partnerCopy;
        }
    }
}
