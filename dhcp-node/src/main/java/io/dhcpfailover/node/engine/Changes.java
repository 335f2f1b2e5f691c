package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.BindingVersion;
import io.dhcpfailover.node.lease.Agreement;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingTable;
import org.jspecify.annotations.Nullable;

/** Numbers the changes of bindings that a server makes in a relationship, and knows how far its partner has come. */
final class Changes {

    private final BindingTable table;
    private final ServerRole self;
    private long own;
    private long partners;
    private long acknowledged;

    Changes(BindingTable table, ServerRole self) {
        this.table = table;
        this.self = self;
    }

    /** The number of the latest change here. */
    long own() {
        return own;
    }

    /** The number of the latest change by the partner that is known here. */
    long partners() {
        return partners;
    }

    /** The number of the latest change here that the partner has acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    /** What a binding contains is known. */
    void know(BindingVersion version) {
        knowOwn(version.by(self));
        knowPartners(version.by(self == ServerRole.Primary ? ServerRole.Secondary : ServerRole.Primary));
    }

    /** So many changes had been made here, also where no binding tells so any more. */
    void knowOwn(long number) {
        own = Math.max(own, number);
    }

    /** So many changes had been made by the partner, also where no binding tells so any more. */
    void knowPartners(long number) {
        partners = Math.max(partners, number);
    }

    /** The partner has acknowledged what a binding contains. */
    void acknowledge(BindingVersion version) {
        acknowledged = Math.max(acknowledged, version.by(self));
    }

    /** Numbers a change that was made here. */
    void count(Binding binding) {
        Agreement agreement = table.agreement(binding);
        own++;
        set(agreement, versionOf(agreement).changedBy(self, own));
        table.setByPartner(binding, false);
    }

    /** Numbers a change that the partner made, which does not number its own. */
    void countPartners(Binding binding) {
        Agreement agreement = table.agreement(binding);
        partners++;
        ServerRole partner = self == ServerRole.Primary ? ServerRole.Secondary : ServerRole.Primary;
        set(agreement, versionOf(agreement).changedBy(partner, partners));
    }

    static void set(Agreement agreement, BindingVersion version) {
        agreement.setChanges(version.primary(), version.secondary());
    }

    static BindingVersion versionOf(@Nullable Agreement agreement) {
        return agreement == null
                ? BindingVersion.NONE
                : new BindingVersion(agreement.primaryChange(), agreement.secondaryChange());
    }
}
