package io.dhcpfailover.api.v1alpha1;

/** What becomes of the other server's copy of a scope that leaves a relationship. */
public enum PartnerCopy {
    /** It is removed, with its leases. */
    Delete,
    /** It is kept and answers nobody. */
    Disable
}
