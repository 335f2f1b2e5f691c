package io.dhcpfailover.operator.certificates;

/** What a certificate is for (RFC 5280, section 4.2.1.12). */
public enum Purpose {
    /** A server of the management API. */
    SERVER,
    /** The operator, which asks servers. */
    CLIENT
}
