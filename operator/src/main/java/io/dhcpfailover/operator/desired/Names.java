package io.dhcpfailover.operator.desired;

import io.dhcpfailover.api.v1alpha1.ApiGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the objects are named and labelled that the operator makes. */
public final class Names {

    /** By which name the operator owns fields, and is known in labels. */
    public static final String OPERATOR = "dhcp-failover-operator";

    /** The label that all of the operator's objects have, with {@link #OPERATOR} as its value. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** The label with the name of the DhcpServer that an object is for. */
    public static final String SERVER = ApiGroup.NAME + "/server";

    /** The label with the name of the DhcpFailoverRelationship that an object is for. */
    public static final String RELATIONSHIP = ApiGroup.NAME + "/relationship";

    /** The selector of all of the operator's objects. */
    public static final String SELECTOR = MANAGED_BY + "=" + OPERATOR;

    private static final String APPLICATION = "app.kubernetes.io/name";
    private static final String APPLICATION_OF_SERVER = "dhcp-node";

    private Names() {}

    /** The StatefulSet of a server. */
    public static String workload(String server) {
        return server;
    }

    /** The pod of a server: the only one of its StatefulSet. */
    public static String pod(String server) {
        return server + "-0";
    }

    /** The Secret with a server's certificate. */
    public static String certificate(String server) {
        return server + "-dhcp-tls";
    }

    /** The Secret that authenticates the messages of a relationship whose user names none. */
    public static String sharedSecret(String relationship) {
        return relationship + "-dhcp-failover";
    }

    /** The PodDisruptionBudget of a server. */
    public static String disruptionBudget(String server) {
        return server + "-dhcp";
    }

    /** The labels by which a server's pod is found; they never change. */
    public static SortedMap<String, String> selectorOfServer(String server) {
        return new TreeMap<>(Map.of(APPLICATION, APPLICATION_OF_SERVER, SERVER, server));
    }

    /** The labels of all that is a server's. */
    static SortedMap<String, String> labelsOfServer(String server) {
        SortedMap<String, String> labels = selectorOfServer(server);
        labels.put(MANAGED_BY, OPERATOR);
        return labels;
    }

    /** The metadata of an object that goes when its owner goes. */
    static ObjectMeta owned(HasMetadata owner, String name, Map<String, String> labels) {
        return new ObjectMetaBuilder()
                .withNamespace(owner.getMetadata().getNamespace())
                .withName(name)
                .withLabels(labels)
                .withOwnerReferences(ownedBy(owner))
                .build();
    }

    private static OwnerReference ownedBy(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}
