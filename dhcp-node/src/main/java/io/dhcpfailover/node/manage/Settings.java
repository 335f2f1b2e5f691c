package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.manage.api.ManagementServer;
import io.dhcpfailover.node.network.Binding;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a process is told when it starts.
 *
 * @param server which DhcpServer it is
 * @param namespace that the server is in; null for the one that has a server of this name
 * @param manifests a folder that says what it serves; null where it is sent that by its API
 * @param state the folder of its leases
 * @param api where its API is; null for none
 * @param binding how its sockets for clients are bound
 * @param links which interfaces it serves
 */
record Settings(
        ObjectName server,
        @Nullable String namespace,
        @Nullable Path manifests,
        Path state,
        ManagementServer.@Nullable Options api,
        Binding binding,
        LinkChoice links) {

    /** @throws IllegalArgumentException where it could never serve anything */
    Settings {
        if (manifests == null && api == null) {
            throw new IllegalArgumentException(
                    "give --manifests, a folder that says what is served, or --api-address, by"
                            + " which that is sent");
        }
    }
}
