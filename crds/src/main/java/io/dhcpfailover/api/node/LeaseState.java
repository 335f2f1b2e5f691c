package io.dhcpfailover.api.node;

/** What an address is to its server: the binding-status of the failover protocol. */
public enum LeaseState {
    /** Nobody's; in a relationship the primary's to give. */
    FREE,
    /** A client's. */
    ACTIVE,
    /** The lease ran out, and the partner has not agreed yet. */
    EXPIRED,
    /** The client gave it back, and the partner has not agreed yet. */
    RELEASED,
    /** Somebody uses it who should not: given to nobody for a while. */
    ABANDONED,
    /** Freed by an administrator, and the partner has not agreed yet. */
    RESET,
    /** Nobody's; the secondary's to give. */
    BACKUP
}
