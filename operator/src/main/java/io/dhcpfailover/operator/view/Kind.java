package io.dhcpfailover.operator.view;

/** The kinds that have a reconciler. */
public enum Kind {
    DhcpServer,
    DhcpScope,
    DhcpFailoverRelationship,
    DhcpFailoverAction
}
