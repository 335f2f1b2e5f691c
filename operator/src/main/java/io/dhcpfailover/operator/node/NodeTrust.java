package io.dhcpfailover.operator.node;

import javax.net.ssl.SSLContext;

/** By what the operator and its servers know each other. */
@FunctionalInterface
public interface NodeTrust {

    /** The context of new connections: the same instance until certificates are renewed. */
    SSLContext context();
}
