package io.dhcpfailover.api.schema;

import io.dhcpfailover.api.v1alpha1.ApiGroup;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;

/**
 * The one rule that a schema cannot hold, since it does not see annotations: an MCLT below five minutes needs the
 * annotation of a laboratory.
 */
final class LaboratoryPolicy {

    private static final String NAME = "laboratory." + ApiGroup.NAME;
    private static final String SECONDS = "object.spec.maxClientLeadTime" + Rules.SECONDS_OF;

    private LaboratoryPolicy() {}

    /** The policy and its binding, as one file. */
    static String yaml() {
        return Manifests.yaml(policy()) + "---\n" + Manifests.yaml(binding());
    }

    private static ValidatingAdmissionPolicy policy() {
        return new ValidatingAdmissionPolicyBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withFailurePolicy("Fail")
                .withNewMatchConstraints()
                .addNewResourceRule()
                .withApiGroups(ApiGroup.NAME)
                .withApiVersions("*")
                .withResources(HasMetadata.getPlural(DhcpFailoverRelationship.class))
                .withOperations("CREATE", "UPDATE")
                .endResourceRule()
                .endMatchConstraints()
                .addNewValidation()
                .withExpression("(has(object.metadata.annotations) && '" + ApiGroup.LAB_ANNOTATION
                        + "' in object.metadata.annotations && object.metadata.annotations['" + ApiGroup.LAB_ANNOTATION
                        + "'] == 'true') || has(object.metadata.deletionTimestamp) || " + SECONDS + " >= 300")
                .withMessage("spec.maxClientLeadTime must be at least 5m: a shorter one needs the annotation "
                        + ApiGroup.LAB_ANNOTATION + ": 'true' and is for laboratories only")
                .withReason("Invalid")
                .endValidation()
                .endSpec()
                .build();
    }

    private static ValidatingAdmissionPolicyBinding binding() {
        return new ValidatingAdmissionPolicyBindingBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withPolicyName(NAME)
                .withValidationActions("Deny")
                .endSpec()
                .build();
    }
}
