package io.dhcpfailover.operator.server;

import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.operator.certificates.Identity;
import io.dhcpfailover.operator.certificates.TlsFiles;
import io.dhcpfailover.operator.desired.Names;
import io.dhcpfailover.operator.desired.ServerDisruptionBudget;
import io.dhcpfailover.operator.desired.TlsSecret;
import io.dhcpfailover.operator.desired.WorkloadNotes;
import io.dhcpfailover.operator.identity.AuthorityStore;
import io.dhcpfailover.operator.identity.SecretData;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.view.Addresses;
import io.dhcpfailover.operator.view.Caches;
import io.dhcpfailover.operator.workload.Workloads;
import io.dhcpfailover.operator.writing.Applier;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The objects that belong to a server: its certificate, its workload and its disruption budget. */
@Singleton
final class ServerChildren {

    private final Caches caches;
    private final Addresses addresses;
    private final AuthorityStore authorities;
    private final Applier applier;
    private final Workloads workloads;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    ServerChildren(
            Caches caches,
            Addresses addresses,
            AuthorityStore authorities,
            Applier applier,
            Workloads workloads,
            InstantSource clock) {
        this.caches = caches;
        this.addresses = addresses;
        this.authorities = authorities;
        this.applier = applier;
        this.workloads = workloads;
        this.clock = clock;
    }

    /**
     * Makes them so.
     *
     * @param notes what is noted on its workload; they are in the cluster when this returns
     * @param paired whether the server has a partner
     * @param mayGo whether its pod may be evicted now
     * @return whether there is a workload: without a certificate its pod would wait for it, and nobody could reach a server
     *     of which nobody knows where it is
     */
    boolean ensure(Context<DhcpServer> context, DhcpServer server, WorkloadNotes notes, boolean paired, boolean mayGo) {
        String namespace = server.getMetadata().getNamespace();
        String name = server.getMetadata().getName();
        if (!certified(context, server, addresses.ofNode(server))) {
            return false;
        }
        workloads.apply(context, server, notes);
        PodDisruptionBudget budget = caches.find(PodDisruptionBudget.class, namespace, Names.disruptionBudget(name));
        if (paired) {
            applier.apply(context, ServerDisruptionBudget.of(server, mayGo), budget);
        } else if (budget != null) {
            context.getClient().resource(budget).delete();
            applier.forget(ObjectKey.of(budget));
        }
        return true;
    }

    /** Whether there is a certificate. One of a node that is gone stays as it is. */
    private boolean certified(Context<DhcpServer> context, DhcpServer server, @Nullable Ipv4Address address) {
        String namespace = server.getMetadata().getNamespace();
        String name = server.getMetadata().getName();
        Secret present = caches.find(Secret.class, namespace, Names.certificate(name));
        if (address == null) {
            return present != null;
        }
        TlsFiles before = present == null ? null : TlsFiles.of(SecretData.decode(present));
        TlsFiles files = authorities
                .get()
                .files(before, Identity.server(namespace, name, Set.of(address)), clock.instant(), random);
        if (!files.equals(before)) {
            context.resourceOperations().serverSideApply(TlsSecret.of(server, SecretData.encode(files.data())));
        }
        return true;
    }
}
