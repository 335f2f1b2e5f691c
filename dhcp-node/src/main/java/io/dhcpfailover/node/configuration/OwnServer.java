package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.value.ObjectName;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which server this one is.
 *
 * @param name of its DhcpServer
 * @param namespace that it and all that concerns it are in; null for the one that has a server of this name
 * @param where the objects are, for messages, such as "in /etc/dhcp"
 */
record OwnServer(ObjectName name, @Nullable String namespace, String where) {

    /** What concerns it; null where there is no such server, or several, and of no use where a problem was added. */
    @Nullable ServerManifests among(Collection<ManifestObject> objects, List<Problem> problems) {
        Set<String> namespaces = new TreeSet<>();
        Set<String> servers = new TreeSet<>();
        for (ManifestObject object : objects) {
            ManifestObject.Id id = object.id();
            if (id.kind().equals("DhcpServer") && (namespace == null || namespace.equals(id.namespace()))) {
                servers.add(id.name());
                if (id.name().equals(name.text())) {
                    namespaces.add(id.namespace());
                }
            }
        }
        if (namespaces.isEmpty()) {
            problems.add(new Problem(
                    null,
                    null,
                    "there is no DhcpServer " + name + " " + where
                            + (namespace == null ? "" : " in the namespace " + namespace) + " ("
                            + Values.listed(servers) + "): start one of these, or add its manifest"));
            return null;
        }
        if (namespaces.size() > 1) {
            problems.add(new Problem(
                    null,
                    null,
                    "there is a DhcpServer " + name + " in each of the namespaces " + String.join(", ", namespaces)
                            + ": say which one is meant, or keep one"));
            return null;
        }
        return new ServerSelection(namespaces.iterator().next(), objects, problems::add).of(name);
    }
}
