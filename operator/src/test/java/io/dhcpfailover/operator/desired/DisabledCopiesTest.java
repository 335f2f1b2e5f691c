package io.dhcpfailover.operator.desired;

import static io.dhcpfailover.operator.desired.Examples.objects;
import static io.dhcpfailover.operator.desired.Examples.relationship;
import static io.dhcpfailover.operator.desired.Examples.scope;
import static io.dhcpfailover.operator.desired.Examples.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.value.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which servers keep a copy of a scope that has left them. */
final class DisabledCopiesTest {

    private final DhcpServer dhcp1 = server("dhcp1", "{nodeName: node1}");
    private final DhcpServer dhcp2 = server("dhcp2", "{nodeName: node2}");
    private final DhcpServer dhcp3 = server("dhcp3", "{nodeName: node3}");
    private final DhcpFailoverRelationship pair =
            relationship("pair", "{primaryServer: dhcp1, secondaryServer: dhcp2}");
    private final DhcpFailoverRelationship other =
            relationship("other", "{primaryServer: dhcp1, secondaryServer: dhcp3}");

    private static DhcpScope office(String owner, String copy, String... servedBy) {
        DhcpScope office = scope(
                "office",
                "{subnet: 198.51.100.0/24, ranges: [{start: 198.51.100.10, end: 198.51.100.99}], onLeave: {partnerCopy: "
                        + copy + "}, " + owner + "}");
        office.setStatus(new DhcpScopeStatus(
                1L,
                null,
                Stream.of(servedBy)
                        .map(name -> new DhcpScopeStatus.Replica(
                                new ObjectName(name), null, null, null, DhcpScopeStatus.Replica.State.InSync))
                        .toList(),
                List.of()));
        return office;
    }

    private SortedSet<String> copies(DhcpScope office) {
        return DisabledCopies.of(office, objects(dhcp1, dhcp2, dhcp3, pair, other, office));
    }

    @Test
    void whoeverLosesAScopeKeepsACopyWhereItsUserSaidSo() {
        assertThat(copies(office("server: dhcp1", "Disable", "dhcp1", "dhcp2"))).containsExactly("dhcp2");
        assertThat(copies(office("failoverRelationship: other", "Disable", "dhcp1", "dhcp2")))
                .containsExactly("dhcp2");
        assertThat(copies(office("server: dhcp3", "Disable", "dhcp1", "dhcp2"))).containsExactly("dhcp1", "dhcp2");
    }

    @Test
    void otherwiseTheCopyGoes() {
        assertThat(copies(office("server: dhcp1", "Delete", "dhcp1", "dhcp2"))).isEmpty();
    }

    /** By then, the status does not speak of it any more. */
    @Test
    void whatWasNotedStays() {
        DhcpScope office = office("server: dhcp1", "Delete", "dhcp1");
        office.getMetadata().setAnnotations(Map.of(DisabledCopies.ANNOTATION, "dhcp2,dhcp3"));

        assertThat(copies(office)).containsExactly("dhcp2", "dhcp3");
    }

    @Test
    void whoeverServesItAgainHasNoCopy() {
        DhcpScope office = office("failoverRelationship: pair", "Disable", "dhcp1");
        office.getMetadata().setAnnotations(Map.of(DisabledCopies.ANNOTATION, "dhcp2"));

        assertThat(copies(office)).isEmpty();
    }

    /** A relationship that does not exist is a mistake, and what runs goes on. */
    @Test
    void nobodyHasLostAScopeOfAnUnknownRelationship() {
        assertThat(copies(office("failoverRelationship: none", "Disable", "dhcp1", "dhcp2")))
                .isEmpty();
    }
}
