package io.dhcpfailover.lab.cluster;

import io.dhcpfailover.api.testing.Requirement;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Gives tests a {@link Cluster}, one for all of them: the one of {@code KUBECONFIG} where that is set and the
 * cluster says that it is for tests, otherwise a K3s container where Docker answers. Where neither is to be had,
 * tests are skipped with the reason, or fail where {@code CI=true}.
 *
 * <p>Tests replace the kinds of this project in the cluster. So that nobody's own is taken for one by an
 * environment variable alone, a cluster must hold the namespace {@value #CONSENT}.
 */
public final class ClusterExtension implements ExecutionCondition, ParameterResolver {

    /** The namespace by which a cluster says that tests may use it. */
    static final String CONSENT = "dhcpfailover-tests";

    /** The image of the K3s container: {@code -Dk3s.image=}. */
    private static final String K3S_IMAGE = System.getProperty("k3s.image", "rancher/k3s:v1.34.1-k3s1");

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(ClusterExtension.class);

    private sealed interface Search {
        record Found(Cluster cluster) implements Search, AutoCloseable {
            @Override
            public void close() throws IOException {
                cluster.close();
            }
        }

        record Missing(String what) implements Search {}
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return switch (search(context)) {
            case Search.Found found -> ConditionEvaluationResult.enabled("there is a cluster");
            case Search.Missing missing ->
                Requirement.missing(context.getRequiredTestClass().getSimpleName(), missing.what);
        };
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return switch (search(context)) {
            case Search.Found found -> found.cluster;
            case Search.Missing missing -> throw new IllegalStateException(missing.what);
        };
    }

    private static Search search(ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .getOrComputeIfAbsent(
                        Search.class,
                        key -> {
                            try {
                                Search search = search();
                                if (search instanceof Search.Found found) {
                                    found.cluster.installApi();
                                }
                                return search;
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        Search.class);
    }

    private static Search search() throws IOException {
        String kubeconfig = System.getenv("KUBECONFIG");
        if (kubeconfig != null && !kubeconfig.isBlank()) {
            return ofKubeconfig(kubeconfig);
        }
        if (DockerClientFactory.instance().isDockerAvailable()) {
            K3sContainer container =
                    new K3sContainer(DockerImageName.parse(K3S_IMAGE).asCompatibleSubstituteFor("rancher/k3s"));
            container.start();
            return new Search.Found(new Cluster(container.getKubeConfigYaml(), container::stop));
        }
        return new Search.Missing("it needs a Kubernetes: set KUBECONFIG, or start Docker for a K3s container");
    }

    private static Search ofKubeconfig(String kubeconfig) throws IOException {
        Path file = Path.of(kubeconfig);
        if (!Files.isReadable(file)) {
            return new Search.Missing("KUBECONFIG must name one file that can be read, and is " + kubeconfig);
        }
        Cluster cluster = new Cluster(Files.readString(file), () -> {});
        try {
            if (cluster.client().namespaces().withName(CONSENT).get() != null) {
                return new Search.Found(cluster);
            }
            cluster.close();
            return new Search.Missing("the cluster of " + kubeconfig
                    + " does not say that tests may replace this project's kinds in it: kubectl create namespace "
                    + CONSENT);
        } catch (KubernetesClientException e) {
            cluster.close();
            return new Search.Missing("the cluster of " + kubeconfig + " does not answer: " + e.getMessage());
        }
    }
}
