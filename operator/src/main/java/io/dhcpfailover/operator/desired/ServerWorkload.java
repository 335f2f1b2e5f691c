package io.dhcpfailover.operator.desired;

import io.dhcpfailover.api.v1alpha1.ApiGroup;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.Map;
import java.util.TreeMap;

/**
 * The workload of a server: a StatefulSet with one pod. Kubernetes starts the next pod of one only when it knows that the
 * last has ended, so two processes never write to one folder of leases; and it replaces none by itself (OnDelete), because
 * a pair is changed one by one, each after its clients were handed over.
 */
public final class ServerWorkload {

    /** On the StatefulSet: where the server's partners reached it when it was last known. */
    public static final String FAILOVER_ADDRESS = ApiGroup.NAME + "/failover-address";

    /** On the StatefulSet: the uid of the last pod that was seen ready. */
    static final String SERVED_POD = ApiGroup.NAME + "/served-pod";

    /** On the StatefulSet: since when a rollout or an emptying of its node has the server out of service. */
    static final String IN_HAND_SINCE = ApiGroup.NAME + "/in-hand-since";

    private ServerWorkload() {}

    /**
     * The StatefulSet of a server.
     *
     * @param server one that has a nodeName
     * @param notes what the operator notes on it
     * @throws NullPointerException where the server is external
     */
    public static StatefulSet of(DhcpServer server, NodeImage image, WorkloadNotes notes) {
        String name = server.getMetadata().getName();
        ObjectMeta metadata = Names.owned(server, Names.workload(name), Names.labelsOfServer(name));
        Map<String, String> annotations = annotations(notes);
        if (!annotations.isEmpty()) {
            metadata.setAnnotations(annotations);
        }
        return new StatefulSetBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withReplicas(1)
                .withServiceName(Names.workload(name))
                .withPodManagementPolicy("OrderedReady")
                .withNewUpdateStrategy()
                .withType("OnDelete")
                .endUpdateStrategy()
                .withRevisionHistoryLimit(2)
                .withNewSelector()
                .withMatchLabels(Names.selectorOfServer(name))
                .endSelector()
                .withTemplate(ServerPodTemplate.of(server, image, notes))
                .endSpec()
                .build();
    }

    private static Map<String, String> annotations(WorkloadNotes notes) {
        Map<String, String> annotations = new TreeMap<>();
        if (notes.failoverAddress() != null) {
            annotations.put(FAILOVER_ADDRESS, notes.failoverAddress().toString());
        }
        if (notes.servedPod() != null) {
            annotations.put(SERVED_POD, notes.servedPod());
        }
        if (notes.inHandSince() != null) {
            annotations.put(IN_HAND_SINCE, notes.inHandSince().toString());
        }
        return annotations;
    }
}
