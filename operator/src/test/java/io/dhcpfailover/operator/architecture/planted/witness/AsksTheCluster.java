package io.dhcpfailover.operator.architecture.planted.witness;

import io.fabric8.kubernetes.client.KubernetesClient;

/** Looks for itself. */
final class AsksTheCluster {

    private AsksTheCluster() {}

    static boolean isGone(KubernetesClient client, String node) {
        return client.nodes().withName(node).get() == null;
    }
}
