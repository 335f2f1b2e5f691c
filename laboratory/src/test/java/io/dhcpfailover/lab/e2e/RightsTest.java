package io.dhcpfailover.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.lab.cluster.Cluster;
import io.dhcpfailover.lab.cluster.ClusterExtension;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the API server lets each account do, with the chart installed: the operator's own, and people with Kubernetes' view,
 * edit and admin, of which the chart's roles are part.
 */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {

    private static final Duration AGGREGATION_MAX = Duration.ofSeconds(30);

    /** Account, yes or no, verbs, resource, and where: in the watched namespace, the operator's own, or another. */
    private static final String TABLE = """
            operator yes get,list,watch,patch,update   dhcpfailover.io/dhcpservers                      watched
            operator no  create,delete                 dhcpfailover.io/dhcpservers                      watched
            operator yes get,list,watch,patch,update   dhcpfailover.io/dhcpscopes                       watched
            operator no  create,delete                 dhcpfailover.io/dhcpscopes                       watched
            operator no  get,list,patch                dhcpfailover.io/dhcpscopes                       other
            operator yes patch,update                  dhcpfailover.io/dhcpfailoverrelationships/status watched
            operator yes delete                        dhcpfailover.io/dhcpfailoveractions              watched
            operator no  create                        dhcpfailover.io/dhcpfailoveractions              watched
            operator yes create,patch,update,delete    apps/statefulsets                                watched
            operator no  create,get                    apps/statefulsets                                other
            operator no  create,patch                  apps/statefulsets                                system
            operator no  create,patch                  apps/deployments                                 watched
            operator no  create,patch                  apps/daemonsets                                  watched
            operator yes create,patch,delete           policy/poddisruptionbudgets                      watched
            operator yes get,list,watch,delete         /pods                                            watched
            operator no  create,patch                  /pods                                            watched
            operator no  create,get                    /pods/exec                                       watched
            operator no  get                           /pods/log                                        watched
            operator no  get,list,delete               /pods                                            system
            operator yes get,list,watch,create,delete  /secrets                                         watched
            operator no  get,list,watch                /secrets                                         other
            operator no  list,watch,delete             /secrets                                         system
            operator no  get,list                      /configmaps                                      other
            operator yes create                        /events                                          watched
            operator no  get,list,delete               /events                                          watched
            operator no  create                        /serviceaccounts                                 watched
            operator no  create                        /serviceaccounts/token                           watched
            operator yes create                        coordination.k8s.io/leases                       system
            operator no  get,update                    coordination.k8s.io/leases                       system
            operator no  get,create                    coordination.k8s.io/leases                       watched
            operator no  create,bind,escalate          rbac.authorization.k8s.io/roles                  watched
            operator no  create                        rbac.authorization.k8s.io/rolebindings           watched
            operator yes get,list,watch                /nodes                                           -
            operator no  patch,update,delete           /nodes                                           -
            operator no  create,delete                 /namespaces                                      -
            operator no  get,patch                     apiextensions.k8s.io/customresourcedefinitions   -
            viewer   yes get,list,watch                dhcpfailover.io/dhcpscopes                       watched
            viewer   yes get,list,watch                dhcpfailover.io/dhcpfailoveractions              watched
            viewer   no  create,patch,update,delete    dhcpfailover.io/dhcpscopes                       watched
            viewer   no  create                        dhcpfailover.io/dhcpfailoveractions              watched
            viewer   no  get                           dhcpfailover.io/dhcpscopes                       other
            editor   yes create,patch,update,delete    dhcpfailover.io/dhcpscopes                       watched
            editor   yes create,patch,update,delete    dhcpfailover.io/dhcpfailoverrelationships        watched
            editor   no  create,patch,update,delete    dhcpfailover.io/dhcpservers                      watched
            editor   no  create,delete                 dhcpfailover.io/dhcpfailoveractions              watched
            editor   no  patch,update                  dhcpfailover.io/dhcpscopes/status                watched
            admin    yes create,patch,update,delete    dhcpfailover.io/dhcpservers                      watched
            admin    yes create,delete                 dhcpfailover.io/dhcpfailoveractions              watched
            admin    no  patch,update                  dhcpfailover.io/dhcpfailoveractions              watched
            admin    no  patch,update                  dhcpfailover.io/dhcpservers/status               watched
            servers  no  get,list                      dhcpfailover.io/dhcpservers                      watched
            servers  no  get,list                      /secrets                                         watched
            servers  no  get,list                      /pods                                            watched
            """;

    private final Cluster cluster;
    private @Nullable Installation installation;

    RightsTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    void install() throws IOException, InterruptedException {
        Installation installed = Installation.install(cluster, Map.of("replicaCount", 0));
        installation = installed;
        Map.of("viewer", "view", "editor", "edit", "admin", "admin")
                .forEach((user, role) -> cluster.client()
                        .resource(new RoleBindingBuilder()
                                .withNewMetadata()
                                .withName(user)
                                .withNamespace(installed.watched())
                                .endMetadata()
                                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                                .build())
                        .create());
        await("Kubernetes' own roles have taken the chart's in")
                .atMost(AGGREGATION_MAX)
                .until(() -> allows("viewer", "get", "dhcpfailover.io/dhcpscopes", "watched")
                        && allows("admin", "create", "dhcpfailover.io/dhcpfailoveractions", "watched"));
    }

    @AfterAll
    void uninstall() {
        if (installation != null) {
            installation.close();
        }
    }

    @Test
    void eachAccountMayDoWhatTheTableSaysAndNothingElse() {
        SoftAssertions all = new SoftAssertions();
        TABLE.lines().forEach(line -> {
            String[] words = line.strip().split(" +", -1);
            for (String verb : words[2].split(",", -1)) {
                all.assertThat(allows(words[0], verb, words[3], words[4]))
                        .as(words[0] + " may " + verb + " " + words[3] + " in " + words[4])
                        .isEqualTo(words[1].equals("yes"));
            }
        });
        all.assertAll();
    }

    @Test
    void theOperatorsAccountIsRefusedWhatItTries() throws IOException {
        Config config = Config.fromKubeconfig(Files.readString(cluster.kubeconfig()));
        config.setImpersonateUsername(user("operator"));
        try (KubernetesClient operator =
                new KubernetesClientBuilder().withConfig(config).build()) {
            assertThat(operator.secrets()
                            .inNamespace(installed().watched())
                            .list()
                            .getItems())
                    .isEmpty();
            assertThatThrownBy(
                            () -> operator.secrets().inNamespace("kube-system").list())
                    .hasMessageContaining("forbidden");
            assertThatThrownBy(() -> operator.nodes().withName("any").delete()).hasMessageContaining("forbidden");
            assertThatThrownBy(() -> operator.pods()
                            .inNamespace(installed().watched())
                            .resource(new PodBuilder()
                                    .withNewMetadata()
                                    .withName("any")
                                    .endMetadata()
                                    .build())
                            .create())
                    .hasMessageContaining("forbidden");
        }
    }

    private boolean allows(String account, String verb, String resource, String where) {
        String[] words = resource.split("/", -1);
        SubjectAccessReview review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user(account))
                .withGroups(
                        account.equals("operator") || account.equals("servers")
                                ? "system:serviceaccounts"
                                : "system:authenticated")
                .withResourceAttributes(new ResourceAttributesBuilder()
                        .withVerb(verb)
                        .withGroup(words[0])
                        .withResource(words[1])
                        .withSubresource(words.length > 2 ? words[2] : null)
                        .withNamespace(namespace(where))
                        .build())
                .endSpec()
                .build();
        return Objects.requireNonNull(cluster.client()
                        .authorization()
                        .v1()
                        .subjectAccessReview()
                        .create(review)
                        .getStatus())
                .getAllowed();
    }

    private String user(String account) {
        return switch (account) {
            case "operator" -> "system:serviceaccount:" + installed().system() + ":" + Installation.OPERATOR;
            case "servers" -> "system:serviceaccount:" + installed().watched() + ":default";
            default -> account;
        };
    }

    private @Nullable String namespace(String where) {
        return switch (where) {
            case "watched" -> installed().watched();
            case "system" -> installed().system();
            case "other" -> "kube-system";
            default -> null;
        };
    }

    private Installation installed() {
        return Objects.requireNonNull(installation);
    }
}
