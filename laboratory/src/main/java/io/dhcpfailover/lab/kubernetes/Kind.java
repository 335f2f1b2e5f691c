package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A kind of objects that the API serves.
 *
 * @param group of the API; empty for the core's
 * @param version of the group
 * @param plural by which paths name it
 * @param kind by which documents name it
 * @param namespaced whether its objects live in namespaces
 * @param hasStatus whether its status is a subresource
 * @param shortNames by which kubectl knows it
 * @param categories by which kubectl knows it together with others
 * @param columns of its table, after the name
 * @param schema its structure; missing for the kinds of Kubernetes, which are not checked
 */
record Kind(
        String group,
        String version,
        String plural,
        String kind,
        boolean namespaced,
        boolean hasStatus,
        List<String> shortNames,
        List<String> categories,
        List<Column> columns,
        JsonNode schema) {

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Whether it is one of this project, and held to its schema. */
    boolean isChecked() {
        return !schema.isMissingNode();
    }

    /** How a status calls it: {@code dhcpscopes.dhcpfailover.io}. */
    String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
