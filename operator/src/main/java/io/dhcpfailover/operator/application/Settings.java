package io.dhcpfailover.operator.application;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How the operator is told to run, each by a property such as {@code dhcp-failover.node-image} or an environment variable
 * such as {@code DHCP_FAILOVER_NODE_IMAGE}.
 *
 * @param watchedNamespaces where it looks after objects; empty for all namespaces
 * @param namespace its own, with its Lease and its certificate authority
 * @param identity its name among its replicas; the host's where it is empty
 * @param leaderElection whether only one of several replicas works at a time
 * @param nodeImage what runs in the pods of servers
 * @param nodeImagePullPolicy Always, IfNotPresent or Never
 * @param nodeImagePullSecrets names of Secrets in the servers' namespaces
 * @param reconciliationThreads how many objects it reconciles at a time
 */
@ConfigurationProperties("dhcp-failover")
public record Settings(
        @Nullable List<String> watchedNamespaces,
        @Bindable(defaultValue = "dhcp-failover") String namespace,
        @Bindable(defaultValue = "") String identity,
        @Bindable(defaultValue = "true") boolean leaderElection,
        @Bindable(defaultValue = "dhcp-node:latest") String nodeImage,
        @Bindable(defaultValue = "IfNotPresent") String nodeImagePullPolicy,
        @Nullable List<String> nodeImagePullSecrets,
        @Bindable(defaultValue = "8") int reconciliationThreads) {

    /** The namespaces that are watched; empty for all. */
    public Set<String> namespaces() {
        return given(watchedNamespaces);
    }

    /** The pull secrets of pods. */
    public Set<String> pullSecrets() {
        return given(nodeImagePullSecrets);
    }

    /** An empty environment variable is a list of one empty text. */
    private static Set<String> given(@Nullable List<String> names) {
        Set<String> given = new TreeSet<>();
        Objects.requireNonNullElse(names, List.<String>of()).stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(given::add);
        return given;
    }
}
