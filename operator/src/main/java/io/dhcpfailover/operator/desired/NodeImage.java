package io.dhcpfailover.operator.desired;

import java.util.List;

/**
 * What runs in a server's pod.
 *
 * @param image such as registry.example.org/dhcp-node:1.0
 * @param pullPolicy Always, IfNotPresent or Never
 * @param pullSecrets names of Secrets in the server's namespace
 */
public record NodeImage(String image, String pullPolicy, List<String> pullSecrets) {

    /** Takes a copy of the list. */
    public NodeImage {
        pullSecrets = List.copyOf(pullSecrets);
    }
}
