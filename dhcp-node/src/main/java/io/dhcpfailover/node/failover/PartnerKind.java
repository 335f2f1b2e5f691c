package io.dhcpfailover.node.failover;

/** Whose rules a partner follows. */
public enum PartnerKind {
    /** The draft's, with what this project adds: between two servers of this project. */
    NATIVE,
    /** Those of ISC dhcpd 4.4.3, which stops in some states that the draft allows. */
    ISC
}
