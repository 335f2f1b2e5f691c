package io.dhcpfailover.operator.check;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/** Whether the operator's account may do what the operator has to, and not what would show that it has too many rights. */
final class RightsCheck {

    /** Of the group, the resource and the verbs, in a watched namespace. */
    private static final List<Right> NEEDED = List.of(
            new Right("dhcpfailover.io", "dhcpservers", "", List.of("list", "watch", "patch")),
            new Right("dhcpfailover.io", "dhcpscopes", "status", List.of("patch")),
            new Right("dhcpfailover.io", "dhcpfailoveractions", "", List.of("list", "watch", "delete")),
            new Right("apps", "statefulsets", "", List.of("list", "watch", "create", "patch", "delete")),
            new Right("policy", "poddisruptionbudgets", "", List.of("list", "watch", "create", "patch", "delete")),
            new Right("", "secrets", "", List.of("get", "list", "watch", "create", "patch")),
            new Right("", "pods", "", List.of("get", "list", "watch", "delete")),
            new Right("", "events", "", List.of("create")));

    private static final List<Right> TOO_MUCH = List.of(
            new Right("", "pods", "exec", List.of("create")),
            new Right("", "pods", "", List.of("create")),
            new Right("", "serviceaccounts", "token", List.of("create")),
            new Right("rbac.authorization.k8s.io", "rolebindings", "", List.of("create")));

    private record Right(String group, String resource, String subresource, List<String> verbs) {
        @Override
        public String toString() {
            return resource + (subresource.isEmpty() ? "" : "/" + subresource) + (group.isEmpty() ? "" : "." + group);
        }
    }

    private RightsCheck() {}

    /** One finding for each right, in a namespace. */
    static List<Finding> of(KubernetesClient client, String namespace) {
        List<Finding> findings = new ArrayList<>();
        for (Right right : NEEDED) {
            List<String> missing = right.verbs().stream()
                    .filter(verb -> !allows(client, namespace, right, verb))
                    .toList();
            findings.add(
                    missing.isEmpty()
                            ? Finding.good("may %s %s in %s".formatted(verbs(right.verbs()), right, namespace))
                            : Finding.bad("may not %s %s in %s: is the namespace in watchNamespaces?"
                                    .formatted(verbs(missing), right, namespace)));
        }
        for (Right right : TOO_MUCH) {
            for (String verb : right.verbs()) {
                findings.add(
                        allows(client, namespace, right, verb)
                                ? Finding.bad("may %s %s in %s, which it does not need: who gave it that?"
                                        .formatted(verb, right, namespace))
                                : Finding.good("may not %s %s in %s".formatted(verb, right, namespace)));
            }
        }
        return findings;
    }

    private static String verbs(List<String> verbs) {
        return String.join(", ", verbs);
    }

    private static boolean allows(KubernetesClient client, String namespace, Right right, String verb) {
        SubjectAccessReviewStatus status = client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withNamespace(namespace)
                        .withGroup(right.group())
                        .withResource(right.resource())
                        .withSubresource(right.subresource())
                        .withVerb(verb)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus();
        return status != null && status.getAllowed();
    }
}
