package io.dhcpfailover.operator.application;

import io.dhcpfailover.api.testing.Requirement;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that needs the cluster of {@code KUBECONFIG}, if that says by a namespace that tests may use it. */
public final class ClusterCondition implements ExecutionCondition {

    private static final String CONSENT = "dhcpfailover-tests";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String test = context.getRequiredTestClass().getSimpleName();
        String kubeconfig = System.getenv("KUBECONFIG");
        if (kubeconfig == null || kubeconfig.isBlank()) {
            return Requirement.missing(test, "it needs a Kubernetes: set KUBECONFIG");
        }
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            return client.namespaces().withName(CONSENT).get() == null
                    ? Requirement.missing(
                            test, "the cluster does not say by a namespace " + CONSENT + " that tests may use it")
                    : ConditionEvaluationResult.enabled("there is a cluster");
        } catch (KubernetesClientException e) {
            return Requirement.missing(test, "the cluster does not answer: " + e.getMessage());
        }
    }
}
