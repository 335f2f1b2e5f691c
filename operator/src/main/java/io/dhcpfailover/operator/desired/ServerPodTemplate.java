package io.dhcpfailover.operator.desired;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dhcpfailover.api.node.ContentHash;
import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.api.v1alpha1.ApiGroup;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.PodTemplate;
import io.dhcpfailover.api.v1alpha1.Storage;
import io.dhcpfailover.api.value.ObjectName;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a server's pods are made from. */
public final class ServerPodTemplate {

    /** On the pod: a hash of all for whose change it is replaced. */
    private static final String REVISION = ApiGroup.NAME + "/revision";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final String CONTAINER = "dhcp-node";
    private static final String STATE = "state";
    private static final String STATE_FOLDER = "/var/lib/dhcpfailover";
    private static final String TLS = "tls";
    private static final String TLS_FOLDER = "/etc/dhcpfailover/tls";
    private static final String TEMPORARY = "tmp";
    private static final String HOST_ADDRESS = "HOST_IP";

    /** Only the server's user reads the private key. */
    private static final int OWNER_READS = 0400;

    /** The clients are handed over, and the last leases synced, long before. */
    private static final long TERMINATION_SECONDS = 30;

    /** A store of a hundred thousand leases, and the process around it. */
    private static final Map<String, Quantity> REQUESTS =
            Map.of("cpu", new Quantity("100m"), "memory", new Quantity("256Mi"));

    /** A taint of a node that is lost or under pressure: DHCP of that node's network is needed all the same. */
    private static final List<Toleration> TOLERATIONS = List.of(
            tolerated("node.kubernetes.io/not-ready", "NoExecute"),
            tolerated("node.kubernetes.io/unreachable", "NoExecute"),
            tolerated("node.kubernetes.io/network-unavailable", "NoSchedule"),
            tolerated("node.kubernetes.io/memory-pressure", "NoSchedule"),
            tolerated("node.kubernetes.io/disk-pressure", "NoSchedule"),
            tolerated("node.kubernetes.io/pid-pressure", "NoSchedule"));

    private ServerPodTemplate() {}

    /** Of a server that has a nodeName, with what whatever starts from it is to know. */
    static PodTemplateSpec of(DhcpServer server, NodeImage image, WorkloadNotes notes) {
        PodTemplateSpec template = template(server, image);
        if (!notes.declaredDown().isEmpty()) {
            // Not a part of the revision: no pod is replaced for it.
            template.getSpec()
                    .getContainers()
                    .getFirst()
                    .getEnv()
                    .add(new EnvVar(WorkloadNotes.DECLARED_DOWN, notes.declaredDownText(), null));
        }
        return template;
    }

    private static PodTemplateSpec template(DhcpServer server, NodeImage image) {
        String name = server.getMetadata().getName();
        DhcpServerSpec spec = requireNonNull(server.getSpec(), "a server without a spec");
        Map<String, String> annotations = new TreeMap<>(
                spec.podTemplate() == null ? Map.of() : spec.podTemplate().annotations());
        PodTemplateSpec template = new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Names.labelsOfServer(name))
                .withAnnotations(annotations)
                .endMetadata()
                .withSpec(pod(server, spec, image))
                .build();
        annotations.put(REVISION, ContentHash.ofSpec(JSON.convertValue(template, OBJECT)));
        template.getMetadata().setAnnotations(annotations);
        return template;
    }

    /** Of which a pod has to be, or it is to be replaced. */
    public static String revision(DhcpServer server, NodeImage image) {
        return requireNonNull(
                template(server, image).getMetadata().getAnnotations().get(REVISION));
    }

    /** Whether a pod is of that {@link #revision}. */
    public static boolean isOf(Pod pod, String revision) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations != null && revision.equals(annotations.get(REVISION));
    }

    private static PodSpec pod(DhcpServer server, DhcpServerSpec spec, NodeImage image) {
        PodTemplate template = spec.podTemplate();
        ObjectName priority = template == null ? null : template.priorityClassName();
        List<Toleration> tolerations = new ArrayList<>(TOLERATIONS);
        if (template != null) {
            template.tolerations().forEach(each -> tolerations.add(toleration(each)));
        }
        return new PodSpecBuilder()
                .withHostNetwork(true)
                .withDnsPolicy("ClusterFirstWithHostNet")
                .withAffinity(onNode(requireNonNull(spec.nodeName(), "an external server has no pod")))
                .withTolerations(tolerations)
                .withPriorityClassName(priority == null ? "system-cluster-critical" : priority.text())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(TERMINATION_SECONDS)
                .withNewSecurityContext()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withImagePullSecrets(image.pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withContainers(container(server, template, image))
                .withVolumes(
                        state(server, spec.storage()),
                        new VolumeBuilder()
                                .withName(TLS)
                                .withNewSecret()
                                .withSecretName(
                                        Names.certificate(server.getMetadata().getName()))
                                .withDefaultMode(OWNER_READS)
                                .endSecret()
                                .build(),
                        new VolumeBuilder()
                                .withName(TEMPORARY)
                                .withNewEmptyDir()
                                .endEmptyDir()
                                .build())
                .build();
    }

    private static Container container(DhcpServer server, @Nullable PodTemplate template, NodeImage image) {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(image.image())
                .withImagePullPolicy(image.pullPolicy())
                .withArgs(
                        "--server",
                        server.getMetadata().getName(),
                        "--namespace",
                        server.getMetadata().getNamespace(),
                        "--state",
                        STATE_FOLDER,
                        "--api-address",
                        "$(" + HOST_ADDRESS + ")",
                        "--api-port",
                        Integer.toString(NodeApi.PORT),
                        "--tls",
                        TLS_FOLDER)
                .addNewEnv()
                .withName(HOST_ADDRESS)
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("status.hostIP")
                .endFieldRef()
                .endValueFrom()
                .endEnv()
                .withResources(resources(template))
                .withSecurityContext(security())
                .withVolumeMounts(
                        mount(STATE, STATE_FOLDER, false),
                        mount(TLS, TLS_FOLDER, true),
                        mount(TEMPORARY, "/tmp", false))
                // The store of a large site is read before the sockets are bound: two minutes are long enough.
                .withStartupProbe(probe(NodeApi.LIVENESS, 1, 120))
                .withLivenessProbe(probe(NodeApi.LIVENESS, 10, 6))
                .withReadinessProbe(probe(NodeApi.READINESS, 2, 2))
                .build();
    }

    private static Probe probe(String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withScheme("HTTPS")
                .withPath(path)
                .withNewPort(NodeApi.PORT)
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(Math.min(periodSeconds, 5))
                .withFailureThreshold(failures)
                .build();
    }

    /** Port 67, and frames to clients that have no address: nothing else of root's rights. */
    private static SecurityContext security() {
        return new SecurityContextBuilder()
                .withRunAsUser(0L)
                .withRunAsGroup(0L)
                .withRunAsNonRoot(false)
                .withAllowPrivilegeEscalation(false)
                .withPrivileged(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .withAdd("NET_BIND_SERVICE", "NET_RAW")
                .endCapabilities()
                .build();
    }

    private static ResourceRequirements resources(@Nullable PodTemplate template) {
        PodTemplate.Resources asked = template == null ? null : template.resources();
        return new ResourceRequirementsBuilder()
                .withRequests(new TreeMap<>(asked == null || asked.requests().isEmpty() ? REQUESTS : asked.requests()))
                .withLimits(new TreeMap<>(asked == null ? Map.of() : asked.limits()))
                .build();
    }

    /** By the scheduler, so that the pod of a node that is being drained waits until the node takes pods again. */
    private static Affinity onNode(ObjectName node) {
        return new AffinityBuilder()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addNewMatchField()
                .withKey("metadata.name")
                .withOperator("In")
                .withValues(node.text())
                .endMatchField()
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .build();
    }

    private static Volume state(DhcpServer server, @Nullable Storage storage) {
        Storage.Claim claim = storage == null ? null : storage.persistentVolumeClaim();
        if (claim != null) {
            return new VolumeBuilder()
                    .withName(STATE)
                    .withNewPersistentVolumeClaim(claim.claimName().text(), false)
                    .build();
        }
        Storage.HostPath folder = storage == null ? null : storage.hostPath();
        String path = folder == null
                ? STATE_FOLDER + "/" + server.getMetadata().getNamespace() + "/"
                        + server.getMetadata().getName()
                : folder.path();
        return new VolumeBuilder()
                .withName(STATE)
                .withNewHostPath(path, "DirectoryOrCreate")
                .build();
    }

    private static VolumeMount mount(String volume, String path, boolean readOnly) {
        VolumeMount mount = new VolumeMount();
        mount.setName(volume);
        mount.setMountPath(path);
        mount.setReadOnly(readOnly ? true : null);
        return mount;
    }

    private static Toleration tolerated(String taint, String effect) {
        return new Toleration(effect, taint, "Exists", null, null);
    }

    private static Toleration toleration(PodTemplate.Toleration asked) {
        return new Toleration(
                asked.effect() == null ? null : asked.effect().name(),
                asked.key(),
                asked.operator() == null ? null : asked.operator().name(),
                asked.tolerationSeconds(),
                asked.value());
    }
}
