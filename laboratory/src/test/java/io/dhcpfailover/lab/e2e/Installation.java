package io.dhcpfailover.lab.e2e;

import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverAction;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.lab.cluster.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The chart, installed as a user does: an operator in a namespace that enforces the level {@code restricted}, and a
 * namespace beside it that the chart made for servers. All of it goes when it is closed.
 */
final class Installation implements AutoCloseable {

    /** The operator's Deployment and ServiceAccount. */
    static final String OPERATOR = "dhcp-failover-operator";

    private static final String RELEASE = OPERATOR;
    private static final int ROLLOUT_SECONDS_MAX = 240;
    private static final int TEST_SECONDS_MAX = 180;
    private static final Duration END_MAX = Duration.ofSeconds(90);

    /** In the order in which they are removed. */
    private static final List<Class<? extends HasMetadata>> KINDS =
            List.of(DhcpFailoverAction.class, DhcpScope.class, DhcpFailoverRelationship.class, DhcpServer.class);

    private final Cluster cluster;
    private final String system;
    private final String watched;

    private Installation(Cluster cluster, String system, String watched) {
        this.cluster = cluster;
        this.system = system;
        this.watched = watched;
    }

    /** Installs the chart of this build, and waits until its operator is ready. */
    static Installation install(Cluster cluster) throws IOException, InterruptedException {
        return install(cluster, Map.of());
    }

    /** The same with some values, each by its path. */
    static Installation install(Cluster cluster, Map<String, Object> values) throws IOException, InterruptedException {
        String system = cluster.createNamespace(
                "dhcpfailover-tests-system", Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        String watched = system.replace("system", "servers");
        Installation installation = new Installation(cluster, system, watched);
        try {
            installation.installChart(values);
        } catch (IOException | RuntimeException | AssertionError e) {
            installation.close();
            throw e;
        }
        return installation;
    }

    private void installChart(Map<String, Object> values) throws IOException, InterruptedException {
        takeTheKinds();
        InstallCommand install = new Helm(Images.CHART)
                .install()
                .withName(RELEASE)
                .withNamespace(system)
                .withKubeConfig(cluster.kubeconfig())
                .set("watchNamespaces[0]", watched);
        values.forEach(install::set);
        install.call();
        cluster.kubectl(
                "rollout",
                "status",
                "deployment/" + OPERATOR,
                "--namespace=" + system,
                "--timeout=" + ROLLOUT_SECONDS_MAX + "s");
    }

    /** Other tests have installed the kinds: Helm is told that they are its own, as after an uninstall that kept them. */
    private void takeTheKinds() {
        List<HasMetadata> shared = new ArrayList<>(cluster.kinds());
        shared.addAll(client().admissionRegistration()
                .v1()
                .validatingAdmissionPolicies()
                .list()
                .getItems());
        shared.addAll(client().admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .list()
                .getItems());
        shared.stream()
                .filter(object -> object.getMetadata().getName().endsWith(".dhcpfailover.io"))
                .forEach(object -> client().resource(object).edit(found -> {
                    ObjectMeta metadata = found.getMetadata();
                    metadata.setLabels(with(metadata.getLabels(), Map.of("app.kubernetes.io/managed-by", "Helm")));
                    metadata.setAnnotations(with(
                            metadata.getAnnotations(),
                            Map.of("meta.helm.sh/release-name", RELEASE, "meta.helm.sh/release-namespace", system)));
                    return found;
                }));
    }

    private static Map<String, String> with(Map<String, String> present, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(present);
        all.putAll(more);
        return all;
    }

    /** Runs {@code helm test}, and says what its pod printed; fails where it does. */
    String test() throws IOException, InterruptedException {
        try {
            Helm.test(RELEASE)
                    .withNamespace(system)
                    .withKubeConfig(cluster.kubeconfig())
                    .withTimeout(TEST_SECONDS_MAX)
                    .call();
        } catch (IllegalStateException e) {
            throw new AssertionError(e.getMessage() + "\n" + printed(), e);
        }
        return printed();
    }

    private String printed() throws IOException, InterruptedException {
        return cluster.kubectl("logs", OPERATOR + "-test", "--namespace=" + system);
    }

    /** The namespace of the operator. */
    String system() {
        return system;
    }

    /** The namespace of the servers. */
    String watched() {
        return watched;
    }

    /** The relationship of this name. */
    DhcpFailoverRelationship relationship(String name) {
        return client().resources(DhcpFailoverRelationship.class)
                .inNamespace(watched)
                .withName(name)
                .require();
    }

    /** The scope of this name. */
    DhcpScope scope(String name) {
        return client().resources(DhcpScope.class)
                .inNamespace(watched)
                .withName(name)
                .require();
    }

    /** Applies what a file beside the tests holds. */
    void apply(String file, Map<String, String> values) throws IOException {
        for (HasMetadata object : Manifests.read(client(), file, values)) {
            client().resource(object).inNamespace(watched).forceConflicts().serverSideApply();
        }
    }

    /** What kubectl prints for a command in the namespace of the servers. */
    String kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--namespace=" + watched));
        all.addAll(List.of(arguments));
        return cluster.kubectl(all.toArray(String[]::new));
    }

    private KubernetesClient client() {
        return cluster.client();
    }

    /** Removes objects first, while there is an operator to end servers in order, and waits until nothing runs. */
    @Override
    public void close() {
        for (Class<? extends HasMetadata> kind : KINDS) {
            client().resources(kind).inNamespace(watched).delete();
        }
        boolean ended = ends(() -> KINDS.stream()
                .allMatch(kind -> client().resources(kind)
                        .inNamespace(watched)
                        .list()
                        .getItems()
                        .isEmpty()));
        Helm.uninstall(RELEASE)
                .withNamespace(system)
                .withKubeConfig(cluster.kubeconfig())
                .ignoreNotFound()
                .call();
        cluster.delete(watched);
        cluster.delete(system);
        boolean gone = ends(
                () -> client().pods().inNamespace(watched).list().getItems().isEmpty());
        if (!ended || !gone) {
            throw new AssertionError("the objects in " + watched + " have not ended in " + END_MAX.toSeconds()
                    + " s: kubectl describe them, and delete them before the next test");
        }
    }

    private static boolean ends(Callable<Boolean> condition) {
        try {
            await().atMost(END_MAX).until(condition);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }
}
