package io.dhcpfailover.lab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the operator and people may do. */
class RightsTemplateTest {

    private static final String NAME = "test-dhcp-failover-operator";

    @Test
    void theOperatorHasRightsInTheWatchedNamespacesAlone() {
        Rendered rendered = Rendered.ofValues("watchNamespaces: [dhcp, lab]");

        assertThat(rendered.ofKind("RoleBinding"))
                .filteredOn(binding -> binding.at("/roleRef/kind").asText().equals("ClusterRole"))
                .extracting(binding -> binding.at("/metadata/namespace").asText())
                .containsExactly("dhcp", "lab");
        assertThat(rendered.ofKind("ClusterRoleBinding"))
                .extracting(binding -> binding.at("/roleRef/name").asText())
                .as("nodes have no namespace")
                .containsExactly(NAME + "-nodes");
        assertThat(rendered.named("ClusterRole", NAME + "-nodes").at("/rules")).hasSize(1);
    }

    @Test
    void anEmptyListMeansRightsEverywhere() {
        Rendered rendered = Rendered.ofValues("watchNamespaces: []");

        assertThat(rendered.ofKind("ClusterRoleBinding"))
                .extracting(binding -> binding.at("/roleRef/name").asText())
                .containsExactlyInAnyOrder(NAME, NAME + "-nodes");
        assertThat(rendered.ofKind("RoleBinding"))
                .extracting(binding -> binding.at("/metadata/namespace").asText())
                .containsExactly("dhcp-system");
    }

    @Test
    void noRuleIsWiderThanItSays() {
        for (JsonNode rule : rules(Rendered.of(Map.of()))) {
            assertThat(rule.toString())
                    .doesNotContain("*")
                    .doesNotContain("escalate")
                    .doesNotContain("impersonate");
            assertThat(rule.required("resources").toString())
                    .doesNotContain("exec")
                    .doesNotContain("serviceaccounts")
                    .doesNotContain("roles");
        }
    }

    @Test
    void viewersSeeEditorsEditAndAdministratorsDeclareAPartnerDown() {
        Rendered rendered = Rendered.of(Map.of());

        assertThat(partOf(rendered, "viewer")).containsExactly("admin", "edit", "view");
        assertThat(partOf(rendered, "editor")).containsExactly("admin", "edit");
        assertThat(partOf(rendered, "server-editor")).containsExactly("admin");
        assertThat(partOf(rendered, "action")).containsExactly("admin");
        assertThat(rendered.named("ClusterRole", NAME + "-action").at("/rules/0/resources"))
                .hasSize(1);
        assertThat(rendered.named("ClusterRole", NAME + "-editor").toString()).doesNotContain("dhcpservers");
    }

    @Test
    void theRolesOfPeopleStandAloneWhereThatIsAsked() {
        assertThat(partOf(Rendered.of(Map.of("rbac.aggregateClusterRoles", false)), "viewer"))
                .isEmpty();
        assertThat(Rendered.of(Map.of("rbac.userRoles", false)).ofKind("ClusterRole"))
                .hasSize(2);
    }

    @Test
    void rightsCanBeGivenByOtherMeans() {
        Rendered rendered = Rendered.of(Map.of("rbac.create", false, "rbac.userRoles", false));

        assertThat(rendered.objects())
                .extracting(object -> object.required("kind").asText())
                .doesNotContain("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");
    }

    private static List<String> partOf(Rendered rendered, String role) {
        List<String> roles = new ArrayList<>();
        rendered.named("ClusterRole", NAME + "-" + role)
                .at("/metadata/labels")
                .fieldNames()
                .forEachRemaining(label -> {
                    if (label.startsWith("rbac.authorization.k8s.io/aggregate-to-")) {
                        roles.add(label.substring(label.lastIndexOf('-') + 1));
                    }
                });
        return roles.stream().sorted().toList();
    }

    private static List<JsonNode> rules(Rendered rendered) {
        List<JsonNode> rules = new ArrayList<>();
        rendered.ofKind("Role").forEach(role -> role.required("rules").forEach(rules::add));
        rendered.ofKind("ClusterRole").forEach(role -> role.required("rules").forEach(rules::add));
        return rules;
    }
}
