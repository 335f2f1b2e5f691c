package io.dhcpfailover.lab.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
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
public final class ClusterExtension implements BeforeAllCallback, ParameterResolver {

    /** The namespace by which a cluster says that tests may use it. */
    static final String CONSENT = "dhcpfailover-tests";

    /** The image of the K3s container: {@code -Dk3s.image=}. */
    private static final String K3S_IMAGE = System.getProperty("k3s.image", "rancher/k3s:v1.34.1-k3s1");

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(ClusterExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cluster(context);
    }

    private static Cluster cluster(ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .getOrComputeIfAbsent(
                        Cluster.class,
                        key -> {
                            try {
                                Cluster cluster =
                                        find(context.getRequiredTestClass().getSimpleName());
                                cluster.installApi();
                                return cluster;
                            } catch (IOException e) {
                                throw new IllegalStateException("cannot read " + e.getMessage(), e);
                            }
                        },
                        Cluster.class);
    }

    private static Cluster find(String test) throws IOException {
        String kubeconfig = System.getenv("KUBECONFIG");
        if (kubeconfig != null && !kubeconfig.isBlank()) {
            return ofKubeconfig(test, Path.of(kubeconfig));
        }
        if (DockerClientFactory.instance().isDockerAvailable()) {
            K3sContainer container =
                    new K3sContainer(DockerImageName.parse(K3S_IMAGE).asCompatibleSubstituteFor("rancher/k3s"));
            container.start();
            return new Cluster(container.getKubeConfigYaml(), container::stop);
        }
        throw Requirement.missing(test, "it needs a Kubernetes: set KUBECONFIG, or start Docker for a K3s container");
    }

    private static Cluster ofKubeconfig(String test, Path kubeconfig) throws IOException {
        Cluster cluster = new Cluster(Files.readString(kubeconfig), () -> {});
        KubernetesClient client = cluster.client();
        if (client.namespaces().withName(CONSENT).get() == null) {
            cluster.close();
            throw Requirement.missing(
                    test,
                    "the cluster of " + kubeconfig + " does not say that tests may replace this project's kinds in it:"
                            + " kubectl create namespace " + CONSENT);
        }
        return cluster;
    }
}
