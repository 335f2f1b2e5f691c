package io.dhcpfailover.lab.cluster;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Kubernetes cluster on which the API of this project is installed. */
public final class Cluster implements AutoCloseable {

    private static final Path MANIFESTS = Path.of("../crds/manifests");
    private static final int CONNECTION_MILLISECONDS_MAX = 5000;
    private static final int CONNECTION_RETRIES_MAX = 2;
    private static final long ESTABLISHED_SECONDS_MAX = 30;
    private static final long KUBECTL_SECONDS_MAX = 300;

    private final KubernetesClient client;
    private final Path kubeconfig;
    private final Runnable stop;

    /** The cluster of this kubeconfig; {@code stop} runs when it is not needed any more. */
    Cluster(String kubeconfig, Runnable stop) throws IOException {
        this.stop = stop;
        this.kubeconfig = Files.createTempFile("kubeconfig", ".yaml");
        Files.writeString(this.kubeconfig, kubeconfig);
        Config config = Config.fromKubeconfig(kubeconfig);
        config.setConnectionTimeout(CONNECTION_MILLISECONDS_MAX);
        config.setRequestRetryBackoffLimit(CONNECTION_RETRIES_MAX);
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    /** The file by which Helm and kubectl reach it. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** A client with every right. */
    public KubernetesClient client() {
        return client;
    }

    /** Applies every manifest of {@code crds/manifests}, and waits until the API server serves the kinds. */
    public void installApi() throws IOException {
        try (Stream<Path> manifests = Files.list(MANIFESTS)) {
            for (Path manifest : manifests.sorted().toList()) {
                try (InputStream content = Files.newInputStream(manifest)) {
                    client.load(content).forceConflicts().serverSideApply();
                }
            }
        }
        for (CustomResourceDefinition kind : kinds()) {
            client.resource(kind)
                    .waitUntilCondition(
                            crd -> crd != null && holds(crd, "Established"), ESTABLISHED_SECONDS_MAX, TimeUnit.SECONDS);
        }
        List<CustomResourceDefinition> kinds = kinds();
        await().atMost(Duration.ofSeconds(ESTABLISHED_SECONDS_MAX)).until(() -> explains(kinds));
    }

    /** Deletes all that {@link #installApi} applied, and waits until it is gone. */
    public void removeApi() throws IOException, InterruptedException {
        kubectl("delete", "--filename=" + MANIFESTS, "--ignore-not-found", "--timeout=" + KUBECTL_SECONDS_MAX + "s");
    }

    /** The API server describes a new kind a moment after it serves it; kubectl explain needs that. */
    private boolean explains(List<CustomResourceDefinition> kinds) {
        String description = client.raw("/openapi/v3/apis/dhcpfailover.io/v1alpha1");
        return description != null
                && kinds.stream()
                        .allMatch(kind ->
                                description.contains(kind.getSpec().getNames().getPlural()));
    }

    /** The kinds of this project that the API server knows. */
    public List<CustomResourceDefinition> kinds() {
        return client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .filter(crd -> crd.getSpec().getGroup().equals("dhcpfailover.io"))
                .toList();
    }

    /** Whether a kind has a condition of this type with the status True. */
    public static boolean holds(CustomResourceDefinition kind, String type) {
        return kind.getStatus() != null
                && kind.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals(type)
                                && condition.getStatus().equals("True"));
    }

    /** A new namespace whose name starts like this. It is deleted with {@link #delete}. */
    public String createNamespace(String prefix) {
        return createNamespace(prefix, Map.of());
    }

    /** A new namespace whose name starts like this, with these labels. */
    public String createNamespace(String prefix, Map<String, String> labels) {
        return client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName(prefix + "-")
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    /** Deletes a namespace without waiting for its end. */
    public void delete(String namespace) {
        client.namespaces().withName(namespace).delete();
    }

    /** What kubectl prints, errors included; fails where it does not end with 0. */
    public String kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(KUBECTL_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + ":\n" + output);
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        client.close();
        Files.deleteIfExists(kubeconfig);
        stop.run();
    }
}
