package io.dhcpfailover.lab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dhcpfailover.lab.cluster.ClusterExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The namespaces that the chart creates, on a cluster that has none of them. */
@ExtendWith(ClusterExtension.class)
class NamespacesTemplateTest {

    @Test
    void theWatchedNamespacesAreMadeForPodsOnTheirNodesNetworkAndStay() {
        List<JsonNode> namespaces =
                Rendered.withNamespaces("watchNamespaces: [dhcp, lab]").ofKind("Namespace");

        assertThat(namespaces)
                .extracting(namespace -> namespace.at("/metadata/name").asText())
                .containsExactly("dhcp", "lab");
        assertThat(namespaces).allSatisfy(namespace -> {
            assertThat(namespace
                            .required("metadata")
                            .required("labels")
                            .required("pod-security.kubernetes.io/enforce")
                            .asText())
                    .isEqualTo("privileged");
            assertThat(namespace
                            .required("metadata")
                            .required("annotations")
                            .required("helm.sh/resource-policy")
                            .asText())
                    .isEqualTo("keep");
        });
        assertThat(Rendered.withNamespaces("createNamespaces: false").ofKind("Namespace"))
                .isEmpty();
        assertThat(Rendered.withNamespaces("watchNamespaces: [dhcp-system]").ofKind("Namespace"))
                .as("its own is there already")
                .isEmpty();
    }
}
