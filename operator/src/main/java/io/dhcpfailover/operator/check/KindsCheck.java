package io.dhcpfailover.operator.check;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverAction;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;

/** Whether the API server answers, and serves the kinds. */
final class KindsCheck {

    private KindsCheck() {}

    /** One finding for each kind, as it is seen in a namespace. */
    static List<Finding> of(KubernetesClient client, String namespace) {
        return List.of(
                kind(client, namespace, DhcpServer.class),
                kind(client, namespace, DhcpScope.class),
                kind(client, namespace, DhcpFailoverRelationship.class),
                kind(client, namespace, DhcpFailoverAction.class));
    }

    private static <T extends HasMetadata> Finding kind(KubernetesClient client, String namespace, Class<T> kind) {
        String name = HasMetadata.getFullResourceName(kind);
        try {
            int count = client.resources(kind)
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .size();
            return Finding.good("%s: %d in %s".formatted(name, count, namespace));
        } catch (KubernetesClientException e) {
            return Finding.bad("%s cannot be listed in %s: %s; the chart installs the kinds where crds.enabled is true"
                    .formatted(name, namespace, e.getMessage()));
        }
    }
}
