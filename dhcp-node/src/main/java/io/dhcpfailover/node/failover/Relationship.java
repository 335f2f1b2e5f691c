package io.dhcpfailover.node.failover;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.Effective;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import java.time.Duration;

/**
 * A relationship as one of its servers obeys it: the spec with every default of its mode.
 *
 * @param name of the relationship, as both servers know it
 * @param self this server's role
 * @param partnerKind whose rules the partner follows
 * @param mode how clients are shared
 * @param percent the primary's share of the clients, 0 to 100; in HotStandby 100 or 0, by who is active
 * @param reservePercent the standby's share of the free addresses, 0 to 100; in HotStandby only
 * @param mclt maximum client lead time, in seconds
 * @param safePeriod for how many seconds COMMUNICATIONS-INTERRUPTED lasts before PARTNER-DOWN; 0 means for ever
 * @param partnerDownOnProof whether a proved death of the partner leads to PARTNER-DOWN
 * @param maxWait a client that has asked for more seconds than this is answered by either server
 * @param contactMillis how often an idle link is proved alive, in milliseconds
 */
public record Relationship(
        String name,
        ServerRole self,
        PartnerKind partnerKind,
        Mode mode,
        int percent,
        int reservePercent,
        long mclt,
        long safePeriod,
        boolean partnerDownOnProof,
        long maxWait,
        long contactMillis) {

    /** The primary's share of the clients, in percent, where the spec has none. */
    public static final int DEFAULT_PERCENT = 50;

    /** The standby's share of the free addresses, in percent, where the spec has none. */
    public static final int DEFAULT_RESERVE_PERCENT = 5;

    /** A link that was silent for so many contact intervals is down. */
    private static final int SILENT_INTERVALS = 3;

    /** What the spec asks of the server with this role. What the mode does not have is not looked at. */
    public static Relationship of(
            String name, DhcpFailoverRelationshipSpec spec, ServerRole self, PartnerKind partnerKind) {
        boolean balanced = spec.mode() == Mode.LoadBalance;
        Integer percent = spec.loadBalancePercent();
        Integer reserve = spec.reservePercent();
        int ofActive = spec.activeServer() == ServerRole.Secondary ? 0 : 100;
        int ofBalance = percent == null ? DEFAULT_PERCENT : percent;
        Duration safePeriod = spec.stateSwitchInterval();
        return new Relationship(
                name,
                self,
                partnerKind,
                spec.mode(),
                balanced ? ofBalance : ofActive,
                reserve == null ? DEFAULT_RESERVE_PERCENT : reserve,
                spec.maxClientLeadTime().toSeconds(),
                safePeriod == null ? 0 : safePeriod.toSeconds(),
                spec.partnerDownOnProof(),
                spec.loadBalanceMaxWait().toSeconds(),
                spec.contactInterval().toMillis());
    }

    /** The partner's role. */
    public ServerRole partner() {
        return self == ServerRole.Primary ? ServerRole.Secondary : ServerRole.Primary;
    }

    /** The same with another MCLT, in seconds. */
    public Relationship withMclt(long seconds) {
        return new Relationship(
                name,
                self,
                partnerKind,
                mode,
                percent,
                reservePercent,
                seconds,
                safePeriod,
                partnerDownOnProof,
                maxWait,
                contactMillis);
    }

    /** Who serves which bucket of clients. */
    public HashBuckets buckets() {
        return HashBuckets.ofPercent(percent);
    }

    /** In HotStandby the server that answers. */
    public ServerRole active() {
        return percent == 0 ? ServerRole.Secondary : ServerRole.Primary;
    }

    /** For how long a link may be silent before it is down, in milliseconds. */
    public long silenceMillis() {
        return SILENT_INTERVALS * contactMillis;
    }

    /** What holds, for {@code status.effective}; null for what the mode does not have. */
    public Effective effective() {
        boolean balanced = mode == Mode.LoadBalance;
        return new Effective(
                mode,
                balanced ? percent : null,
                balanced ? null : active(),
                balanced ? null : reservePercent,
                Duration.ofSeconds(mclt),
                safePeriod == 0 ? null : Duration.ofSeconds(safePeriod));
    }
}
