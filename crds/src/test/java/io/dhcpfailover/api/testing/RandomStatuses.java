package io.dhcpfailover.api.testing;

import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionStatus;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.Counters;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.Effective;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipStatus.PartnerStatus;
import io.dhcpfailover.api.v1alpha1.DhcpScopeStatus;
import io.dhcpfailover.api.v1alpha1.DhcpServerStatus;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ObjectName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Random statuses that the API accepts: every field occurs. */
public final class RandomStatuses extends RandomValues {

    /** Statuses from this source; the same source in the same state gives the same ones. */
    public RandomStatuses(RandomGenerator random) {
        super(random);
    }

    /** What the operator may have seen of a relationship. */
    public DhcpFailoverRelationshipStatus relationshipStatus() {
        return new DhcpFailoverRelationshipStatus(
                random.nextLong(1, 1L << 40),
                oneOf(FailoverState.values()) + "/" + oneOf(FailoverState.values()),
                time(),
                maybe(() -> new Effective(
                        oneOf(DhcpFailoverRelationshipSpec.Mode.values()),
                        maybe(() -> number(0, 100)),
                        maybe(() -> oneOf(ServerRole.values())),
                        maybe(() -> number(0, 100)),
                        Duration.ofMinutes(number(5, 600)),
                        maybe(() -> Duration.ofSeconds(number(0, 1000))))),
                listOf(2, this::partnerStatus),
                number(0, 1000),
                number(0, 1000),
                random.nextLong(1L << 40),
                listOf(2, this::counters),
                conditions());
    }

    private List<Condition> conditions() {
        return listOf(
                3,
                i -> new Condition(
                        "Type" + i,
                        oneOf(Condition.Status.values()),
                        "Reason",
                        random.nextBoolean() ? "" : "A message: " + i,
                        time(),
                        maybe(() -> 3L)));
    }

    /** What the operator may have seen of a server. */
    public DhcpServerStatus serverStatus() {
        return new DhcpServerStatus(
                random.nextLong(1L << 40),
                maybe(this::address),
                maybe(() -> "0.1.0"),
                maybe(() -> number(0, 1000)),
                maybe(() -> random.nextLong(1L << 40)),
                listOf(
                        3,
                        i -> new DhcpServerStatus.Membership(
                                new ObjectName("pair-" + i),
                                oneOf(ServerRole.values()),
                                maybe(() -> oneOf(FailoverState.values())))),
                maybe(this::skew),
                conditions());
    }

    /** What the operator may have seen of a scope. */
    public DhcpScopeStatus scopeStatus() {
        return new DhcpScopeStatus(
                random.nextLong(1L << 40),
                maybe(() -> new DhcpScopeStatus.Statistics(
                        random.nextLong(1L << 40),
                        1L,
                        2L,
                        3L,
                        4L,
                        listOf(2, i -> new DhcpScopeStatus.FreeAddresses(new ObjectName("dhcp" + i), 1L, 2L)),
                        number(0, 100),
                        maybe(this::time))),
                listOf(
                        2,
                        i -> new DhcpScopeStatus.Replica(
                                new ObjectName("dhcp" + i),
                                maybe(() -> "sha256:00"),
                                maybe(() -> 7L),
                                maybe(this::time),
                                oneOf(DhcpScopeStatus.Replica.State.values()))),
                conditions());
    }

    /** How far a request may be. */
    public DhcpFailoverActionStatus actionStatus() {
        return new DhcpFailoverActionStatus(
                random.nextLong(1L << 40),
                maybe(() -> oneOf(DhcpFailoverActionStatus.Phase.values())),
                maybe(() -> "what happened: nothing"),
                maybe(this::time),
                maybe(this::time),
                random.nextBoolean() ? Map.of() : Map.of("clients", "12 of 12 answered"),
                conditions());
    }

    private Duration skew() {
        return Duration.ofMillis(random.nextLong(-1L << 40, 1L << 40));
    }

    private PartnerStatus partnerStatus(int i) {
        return new PartnerStatus(
                new ObjectName("dhcp" + i),
                oneOf(ServerRole.values()),
                maybe(() -> oneOf(FailoverState.values())),
                maybe(() -> oneOf(FailoverState.values())),
                maybe(this::time),
                maybe(() -> oneOf(FailoverState.values())),
                maybe(this::time),
                maybe(this::skew),
                maybe(() -> random.nextLong(1L << 40)),
                maybe(() -> random.nextLong(1L << 40)),
                maybe(() -> "sha256:" + Long.toHexString(random.nextLong())),
                maybe(this::time),
                maybe(this::time));
    }

    private Counters counters(int i) {
        long count = random.nextLong(1L << 40);
        return new Counters(
                new ObjectName("dhcp" + i),
                count,
                count + 1,
                count + 2,
                count + 3,
                count + 4,
                0L,
                1L,
                maybe(() -> 2L),
                count + 5,
                count + 6,
                count + 7,
                count + 8);
    }
}
