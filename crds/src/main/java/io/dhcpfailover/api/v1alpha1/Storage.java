package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.ObjectName;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * Where a server keeps its leases; one of the two.
 *
 * @param hostPath a directory of the node
 * @param persistentVolumeClaim a claim
 */
@ApiType
@ValidationRule(
        value = "has(self.hostPath) != has(self.persistentVolumeClaim)",
        message = "give either hostPath or persistentVolumeClaim: leases lie in one place")
public record Storage(
        @JsonPropertyDescription("A directory of the node.") @Nullable HostPath hostPath,

        @JsonPropertyDescription("A claim of the same namespace, whose volume must be reachable from the node.")
        @Nullable Claim persistentVolumeClaim) {

    /**
     * A directory of the node.
     *
     * @param path absolute
     */
    @ApiType
    public record HostPath(
            @Required
            @Size(min = 2, max = 512) @ValidationRule(
                    value =
                            "self.matches('^(/[A-Za-z0-9_.@-]+)+$') && self.split('/').all(part, part != '.' && part != '..')",
                    message =
                            "must be an absolute path other than /, of letters, digits and '_.@-', without '.' and '..', such as /var/lib/dhcpfailover/dhcp1")
            @JsonPropertyDescription("An absolute path. The directory is created where it does not exist.")
            String path) {}

    /**
     * A claim.
     *
     * @param claimName its name
     */
    @ApiType
    public record Claim(
            @Required @JsonPropertyDescription("The name of a PersistentVolumeClaim in the same namespace.")
            ObjectName claimName) {}
}
