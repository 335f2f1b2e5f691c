package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.ObjectName;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
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
        @JsonPropertyDescription("Requests and limits of the server's container.") @Nullable Resources resources,

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

    /**
     * What a container is given, by the name of the resource, such as cpu and memory.
     *
     * @param requests what it has for itself
     * @param limits what it may use at most
     */
    @ApiType
    public record Resources(
            @Size(max = 16) @JsonPropertyDescription("What it has for itself, by the name of the resource.")
            Map<String, Quantity> requests,

            @Size(max = 16) @JsonPropertyDescription("What it may use at most, by the name of the resource.")
            Map<String, Quantity> limits) {

        /** Takes absent maps as empty ones. */
        public Resources {
            requests = requests == null ? Map.of() : Map.copyOf(requests);
            limits = limits == null ? Map.of() : Map.copyOf(limits);
        }
    }

    /**
     * A taint that a pod tolerates, as in Kubernetes' own pods.
     *
     * @param key the taint's key; null means any
     * @param operator how the value is compared; null means Equal
     * @param value the taint's value
     * @param effect the taint's effect; null means any
     * @param tolerationSeconds for how long NoExecute is tolerated; null means for ever
     */
    @ApiType
    public record Toleration(
            @Size(max = 317) @JsonPropertyDescription("The taint's key. Absent: any.") @Nullable String key,

            @JsonPropertyDescription("How the taint's value is compared. Absent: Equal.") @Nullable Operator operator,

            @Size(max = 63) @JsonPropertyDescription("The taint's value.") @Nullable String value,

            @JsonPropertyDescription("The taint's effect. Absent: any.") @Nullable Effect effect,

            @JsonPropertyDescription("For how many seconds NoExecute is tolerated. Absent: for ever.") @Nullable Long tolerationSeconds) {

        /** How a taint's value is compared. */
        public enum Operator {
            /** It is the same. */
            Equal,
            /** There is one. */
            Exists
        }

        /** What a taint does to pods that do not tolerate it. */
        public enum Effect {
            /** They are not scheduled. */
            NoSchedule,
            /** They are scheduled elsewhere where possible. */
            PreferNoSchedule,
            /** They are evicted. */
            NoExecute
        }
    }
}
