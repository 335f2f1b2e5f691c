package io.dhcpfailover.api.v1alpha1;

/** A server's role in a relationship, which the protocol asks for and clients never see. */
public enum ServerRole {
    Primary,
    Secondary
}
