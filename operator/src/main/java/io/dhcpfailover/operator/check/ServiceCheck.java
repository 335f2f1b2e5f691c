package io.dhcpfailover.operator.check;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.v1alpha1.DhcpServerStatus;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a client of each scope that is served by a relationship gets an offer. Nothing is taken, so nothing stays. */
final class ServiceCheck {

    private final KubernetesClient client;
    private final Probe probe;

    /** What is asked by this probe. */
    ServiceCheck(KubernetesClient client, Probe probe) {
        this.client = client;
        this.probe = probe;
    }

    /** One finding for each scope of a namespace that a relationship serves. */
    List<Finding> of(String namespace) throws IOException {
        Map<String, DhcpServer> servers =
                client.resources(DhcpServer.class).inNamespace(namespace).list().getItems().stream()
                        .collect(Collectors.toMap(server -> server.getMetadata().getName(), Function.identity()));
        Map<String, DhcpFailoverRelationship> relationships =
                client.resources(DhcpFailoverRelationship.class).inNamespace(namespace).list().getItems().stream()
                        .collect(Collectors.toMap(pair -> pair.getMetadata().getName(), Function.identity()));
        List<Finding> findings = new ArrayList<>();
        for (DhcpScope scope :
                client.resources(DhcpScope.class).inNamespace(namespace).list().getItems()) {
            DhcpScopeSpec spec = Objects.requireNonNull(scope.getSpec(), "a scope without a spec");
            DhcpFailoverRelationship relationship = spec.failoverRelationship() == null
                    ? null
                    : relationships.get(spec.failoverRelationship().text());
            if (relationship != null
                    && spec.state() == DhcpScopeSpec.State.Active
                    && !spec.ranges().isEmpty()) {
                findings.add(offered(scope, spec, addresses(relationship, servers)));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.good(
                    "no scope in %s is served by a relationship: no client was tried".formatted(namespace)));
        }
        return findings;
    }

    private Finding offered(DhcpScope scope, DhcpScopeSpec spec, List<Ipv4Address> servers) throws IOException {
        Probe.Offer offer = probe.ask(servers, spec.subnet());
        return offer == null
                ? Finding.bad("a client of %s gets no offer from %s: kubectl get dhcp, and docs/runbooks"
                        .formatted(scope, servers))
                : Finding.good("a client of %s is offered %s by %s".formatted(scope, offer.address(), offer.server()));
    }

    private static List<Ipv4Address> addresses(DhcpFailoverRelationship relationship, Map<String, DhcpServer> servers) {
        DhcpFailoverRelationshipSpec spec =
                Objects.requireNonNull(relationship.getSpec(), "a relationship without a spec");
        return Stream.of(spec.primaryServer(), spec.secondaryServer())
                .map(ObjectName::text)
                .map(servers::get)
                .filter(Objects::nonNull)
                .map(DhcpServer::getStatus)
                .filter(Objects::nonNull)
                .map(DhcpServerStatus::address)
                .filter(Objects::nonNull)
                .toList();
    }
}
