package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.ObjectName;
import io.fabric8.generator.annotation.Required;

/**
 * A Secret of the same namespace.
 *
 * @param name its name
 */
@ApiType
public record SecretReference(
        @Required @JsonPropertyDescription("The name of a Secret in the same namespace.")
        ObjectName name) {}
