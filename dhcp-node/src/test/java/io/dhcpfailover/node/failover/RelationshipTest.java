package io.dhcpfailover.node.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.MessageAuthentication;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.OnDelete;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Replication;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.Effective;
import io.dhcpfailover.api.v1alpha1.PartnerCopy;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ObjectName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a server obeys of a spec. */
class RelationshipTest {

    @Test
    void loadBalanceHasHalfOfTheClientsEachByDefault() {
        Relationship relationship = of(Mode.LoadBalance, null, null, null, null);

        assertThat(relationship.percent()).isEqualTo(50);
        assertThat(relationship.mclt()).isEqualTo(3600);
        assertThat(relationship.safePeriod()).isZero();
        assertThat(relationship.silenceMillis()).isEqualTo(3000);
        assertThat(relationship.partner()).isEqualTo(ServerRole.Secondary);
        assertThat(relationship.effective())
                .isEqualTo(new Effective(Mode.LoadBalance, 50, null, null, Duration.ofHours(1), null));
    }

    @Test
    void loadBalanceTakesThePercentage() {
        assertThat(of(Mode.LoadBalance, 70, null, null, null).buckets()).isEqualTo(HashBuckets.ofPercent(70));
        assertThat(of(Mode.LoadBalance, 0, null, null, null).percent()).isZero();
    }

    @Test
    void hotStandbyGivesAllClientsToTheActiveServerAndAReserveToTheOther() {
        Relationship byDefault = of(Mode.HotStandby, null, null, null, Duration.ofMinutes(10));
        Relationship secondary = of(Mode.HotStandby, null, ServerRole.Secondary, 20, null);

        assertThat(byDefault.percent()).isEqualTo(100);
        assertThat(byDefault.effective())
                .isEqualTo(new Effective(
                        Mode.HotStandby, null, ServerRole.Primary, 5, Duration.ofHours(1), Duration.ofMinutes(10)));
        assertThat(secondary.percent()).isZero();
        assertThat(secondary.active()).isEqualTo(ServerRole.Secondary);
        assertThat(secondary.effective().reservePercent()).isEqualTo(20);
    }

    private static Relationship of(
            Mode mode,
            @Nullable Integer percent,
            @Nullable ServerRole active,
            @Nullable Integer reserve,
            @Nullable Duration safePeriod) {
        DhcpFailoverRelationshipSpec spec = new DhcpFailoverRelationshipSpec(
                new ObjectName("dhcp1"),
                new ObjectName("dhcp2"),
                mode,
                percent,
                active,
                reserve,
                Duration.ofHours(1),
                safePeriod,
                true,
                new MessageAuthentication(true, null),
                Replication.Automatic,
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                new OnDelete(ServerRole.Primary, PartnerCopy.Delete));
        return Relationship.of("dhcp2-dhcp1", spec, ServerRole.Primary, PartnerKind.NATIVE);
    }
}
