package io.dhcpfailover.operator.desired;

import static java.util.Objects.requireNonNull;

import io.dhcpfailover.api.v1alpha1.ApiGroup;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.PartnerCopy;
import io.dhcpfailover.api.value.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Servers that keep a copy of a scope which answers nobody, after the scope has left them. */
public final class DisabledCopies {

    /** On a DhcpScope: their names, with commas between them. */
    public static final String ANNOTATION = ApiGroup.NAME + "/disabled-copy-on";

    private DisabledCopies() {}

    /**
     * Those of a scope. A server that had it by what its status says of replicas, and is not to serve it any more, keeps a
     * copy where {@code onLeave} asks; that has to be noted before the status says otherwise. Of a scope whose relationship
     * does not exist, nothing is known but what was noted.
     */
    public static SortedSet<String> of(DhcpScope scope, NamespaceObjects objects) {
        SortedSet<String> servers = noted(scope);
        List<ObjectName> owners = objects.serversOf(scope);
        if (owners.isEmpty()) {
            return servers;
        }
        if (scope.getStatus() != null
                && requireNonNull(scope.getSpec()).onLeave().partnerCopy() == PartnerCopy.Disable) {
            scope.getStatus()
                    .replicas()
                    .forEach(replica -> servers.add(replica.server().text()));
        }
        owners.forEach(owner -> servers.remove(owner.text()));
        return servers;
    }

    /** Those that are noted in the annotation. */
    public static SortedSet<String> noted(DhcpScope scope) {
        Map<String, String> annotations = scope.getMetadata().getAnnotations();
        String text = annotations == null ? null : annotations.get(ANNOTATION);
        SortedSet<String> names = new TreeSet<>(text == null ? List.of() : List.of(text.split(",", -1)));
        names.remove("");
        return names;
    }
}
