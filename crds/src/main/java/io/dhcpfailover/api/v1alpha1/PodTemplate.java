package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.ObjectName;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server's pod has besides what the operator gives it.
 *
 * @param resources requests and limits of its container
 * @param tolerations taints it tolerates besides those of a lost node
 * @param annotations its annotations
 * @param priorityClassName null means system-cluster-critical
 */
@ApiType
public record PodTemplate(
        @JsonPropertyDescription("Requests and limits of the server's container.") @Nullable ResourceRequirements resources,

        @Size(max = 32) @JsonPropertyDescription(
                "Taints it tolerates, besides those that the operator adds so that a lost node does not evict it.")
        List<Toleration> tolerations,

        @Size(max = 64) @JsonPropertyDescription("Annotations of the pod.")
        Map<String, String> annotations,

        @JsonPropertyDescription("Its PriorityClass. Absent: system-cluster-critical.") @Nullable ObjectName priorityClassName) {

    /** Takes absent collections as empty ones. */
    public PodTemplate {
        tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
    }
}
