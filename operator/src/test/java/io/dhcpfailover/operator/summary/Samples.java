package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.node.NodeProblem;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.api.node.ScopeReport;
import io.dhcpfailover.api.v1alpha1.FailoverState;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What servers say, with all that a test does not speak of as it is when all is well. */
public final class Samples {

    /** When everything is looked at. */
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** The relationship of all samples. */
    public static final ObjectName RELATIONSHIP = new ObjectName("dhcp2-dhcp1");

    private final ObjectName name;
    private final ServerRole role;
    private FailoverState state = FailoverState.Normal;
    private @Nullable FailoverState partner = FailoverState.Normal;
    private boolean connected = true;
    private boolean reachable = true;
    private boolean ready = true;
    private boolean authorized = true;
    private boolean maintenance;
    private boolean storageHealthy = true;
    private Duration since = Duration.ofHours(5);
    private Duration heard = Duration.ZERO;
    private long skew = 12;
    private long pending;
    private long inUse = 20;
    private long freeThis = 40;
    private long freePartner = 40;
    private long sent = 100;
    private long received = 100;
    private @Nullable Instant leadTimeEndsAt;
    private @Nullable Instant switchesAt;
    private @Nullable Ipv4Address address = Ipv4Address.parse("192.0.2.1");
    private final List<NodeProblem> problems = new ArrayList<>();
    private final List<ScopeReport> scopes = new ArrayList<>();
    private boolean external;

    private Samples(String name, ServerRole role) {
        this.name = new ObjectName(name);
        this.role = role;
    }

    /** The primary, dhcp1. */
    public static Samples dhcp1() {
        return new Samples("dhcp1", ServerRole.Primary);
    }

    /** The secondary, dhcp2. */
    public static Samples dhcp2() {
        return new Samples("dhcp2", ServerRole.Secondary);
    }

    /** In this state for so long. */
    public Samples in(FailoverState own, Duration time) {
        state = own;
        since = time;
        return this;
    }

    /** Heard its partner say this state. */
    public Samples heard(@Nullable FailoverState said) {
        partner = said;
        return this;
    }

    /** Without a session, and in COMMUNICATIONS-INTERRUPTED for so long. */
    public Samples interrupted(Duration time) {
        connected = false;
        return in(FailoverState.CommunicationsInterrupted, time);
    }

    /** Without a session. */
    public Samples unconnected() {
        connected = false;
        return this;
    }

    /** Not heard by the operator for so long. */
    public Samples unreachable(Duration time) {
        reachable = false;
        heard = time;
        return this;
    }

    /** Not ready. */
    public Samples notReady() {
        ready = false;
        return this;
    }

    /** Not authorized. */
    public Samples notAuthorized() {
        authorized = false;
        return this;
    }

    /** Out of service by plan. */
    public Samples inMaintenance() {
        maintenance = true;
        return this;
    }

    /** Unable to store anything. */
    public Samples storageFailing() {
        storageHealthy = false;
        return this;
    }

    /** Ahead of its partner by so many milliseconds. */
    public Samples ahead(long milliseconds) {
        skew = milliseconds;
        return this;
    }

    /** With so many updates that wait. */
    public Samples pending(long updates) {
        pending = updates;
        return this;
    }

    /** Having sent and received so many updates. */
    public Samples updates(long out, long in) {
        sent = out;
        received = in;
        return this;
    }

    /** With so many free addresses of its own, and of its partner. */
    public Samples free(long own, long partners) {
        freeThis = own;
        freePartner = partners;
        return this;
    }

    /** With so many leases. */
    public Samples leases(long count) {
        inUse = count;
        return this;
    }

    /** With an MCLT that ends after so long. */
    public Samples leadTime(Duration left) {
        leadTimeEndsAt = NOW.plus(left);
        return this;
    }

    /** With a safe period that ends after so long. */
    public Samples switches(Duration left) {
        switchesAt = NOW.plus(left);
        return this;
    }

    /** With this server identifier. */
    public Samples at(String text) {
        address = Ipv4Address.parse(text);
        return this;
    }

    /** With something wrong. */
    public Samples problem(String reason, @Nullable String object, String message) {
        problems.add(new NodeProblem(reason, object, message, NOW));
        return this;
    }

    /** Serving this of a scope. */
    public Samples scope(String scope, long generation, String hash, long used) {
        scopes.add(new ScopeReport(
                scope, generation, hash, NOW.minusSeconds(60), 100, 10, 2, used, 90 - used, 45, 45 - used, null));
        return this;
    }

    /** Serving this of a scope. */
    public Samples scope(ScopeReport report) {
        scopes.add(report);
        return this;
    }

    /** Run by nobody here. */
    public Samples outside() {
        external = true;
        reachable = false;
        return this;
    }

    /** What is known of it. */
    public ServerView view() {
        return new ServerView(name, external, reachable, NOW.minus(heard), external ? null : status());
    }

    private NodeStatus status() {
        RelationshipReport report = new RelationshipReport(
                RELATIONSHIP.text(),
                1,
                "hash",
                role,
                state,
                FailoverState.Startup,
                NOW.minus(since),
                partner,
                connected,
                NOW.minus(connected ? Duration.ofSeconds(1) : since),
                skew,
                pending,
                0,
                sent,
                received,
                0,
                100,
                100,
                0,
                0,
                0,
                freeThis,
                freePartner,
                inUse,
                leadTimeEndsAt,
                switchesAt,
                "served",
                1);
        return new NodeStatus(
                "dhcp",
                name.text(),
                "0.1.0",
                NOW,
                NOW.minus(Duration.ofDays(1)),
                address,
                7,
                "whole",
                ready,
                authorized,
                maintenance,
                storageHealthy,
                inUse,
                List.of(report),
                scopes,
                problems);
    }
}
