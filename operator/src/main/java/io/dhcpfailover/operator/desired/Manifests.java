package io.dhcpfailover.operator.desired;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dhcpfailover.api.node.ContentHash;
import io.dhcpfailover.api.v1alpha1.ApiGroup;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.MessageAuthentication;
import io.dhcpfailover.api.v1alpha1.DhcpResource;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.SecretReference;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The manifests that a server is sent: what it needs of an object, and nothing that changes without concerning it. */
public final class Manifests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private Manifests() {}

    /** A server for itself, with the address where its partners reach it. */
    static Item itself(DhcpServer server, @Nullable Ipv4Address failoverAddress) {
        DhcpServerSpec spec = spec(server);
        return item(
                server,
                new DhcpServerSpec(
                        spec.nodeName(),
                        spec.interfaces(),
                        spec.serverAddress(),
                        failoverAddress == null ? spec.failoverAddress() : failoverAddress,
                        spec.failoverPort(),
                        spec.authorized(),
                        spec.leaseQueryFrom(),
                        null,
                        spec.external(),
                        null));
    }

    /** A server for its partner: only how it is reached, so that nothing else of it is a change for the partner. */
    static Item partner(DhcpServer server, @Nullable Ipv4Address failoverAddress) {
        DhcpServerSpec spec = spec(server);
        return item(
                server,
                new DhcpServerSpec(
                        spec.nodeName(),
                        List.of(),
                        null,
                        spec.external() == null ? failoverAddress : null,
                        spec.failoverPort(),
                        spec.authorized(),
                        List.of(),
                        null,
                        spec.external(),
                        null));
    }

    /** A relationship, with the name of the Secret that its servers share. */
    static Item relationship(DhcpFailoverRelationship relationship) {
        DhcpFailoverRelationshipSpec spec = spec(relationship);
        MessageAuthentication authentication = spec.messageAuthentication();
        if (!authentication.enabled() || authentication.secretRef() != null) {
            return item(relationship, spec);
        }
        ObjectName generated =
                new ObjectName(Names.sharedSecret(relationship.getMetadata().getName()));
        return item(
                relationship,
                new DhcpFailoverRelationshipSpec(
                        spec.primaryServer(),
                        spec.secondaryServer(),
                        spec.mode(),
                        spec.loadBalancePercent(),
                        spec.activeServer(),
                        spec.reservePercent(),
                        spec.maxClientLeadTime(),
                        spec.stateSwitchInterval(),
                        spec.partnerDownOnProof(),
                        new MessageAuthentication(true, new SecretReference(generated)),
                        spec.replication(),
                        spec.loadBalanceMaxWait(),
                        spec.contactInterval(),
                        spec.onDelete()));
    }

    /** A scope as it is. */
    static Item scope(DhcpScope scope) {
        return item(scope, spec(scope));
    }

    /** A scope for a server that keeps it and answers nobody. */
    static Item disabledCopy(DhcpScope scope, ObjectName server) {
        DhcpScopeSpec spec = spec(scope);
        return item(
                scope,
                new DhcpScopeSpec(
                        spec.subnet(),
                        spec.ranges(),
                        spec.exclusions(),
                        spec.leaseDuration(),
                        spec.options(),
                        spec.reservations(),
                        DhcpScopeSpec.State.Inactive,
                        spec.clients(),
                        spec.conflictDetection(),
                        spec.dnsUpdate(),
                        server,
                        null,
                        spec.onLeave()));
    }

    /** The data of a Secret, in base64 as it is. */
    static Item secret(Secret secret) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        String name = secret.getMetadata().getName();
        manifest.put("apiVersion", "v1");
        manifest.put("kind", "Secret");
        manifest.put(
                "metadata",
                Map.of("name", name, "namespace", secret.getMetadata().getNamespace()));
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        manifest.put("data", new TreeMap<>(data));
        return new Item("Secret", name, manifest, ContentHash.ofSpec(data));
    }

    private static Item item(DhcpResource<?, ?> object, Object spec) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", object.getMetadata().getName());
        metadata.put("namespace", object.getMetadata().getNamespace());
        String uid = object.getMetadata().getUid();
        if (uid != null) {
            metadata.put("uid", uid);
        }
        Long generation = object.getMetadata().getGeneration();
        if (generation != null) {
            metadata.put("generation", generation);
        }
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        String laboratory = annotations == null ? null : annotations.get(ApiGroup.LAB_ANNOTATION);
        if (laboratory != null) {
            metadata.put("annotations", Map.of(ApiGroup.LAB_ANNOTATION, laboratory));
        }
        Map<String, Object> content = JSON.convertValue(spec, OBJECT);
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("apiVersion", object.getApiVersion());
        manifest.put("kind", object.getKind());
        manifest.put("metadata", metadata);
        manifest.put("spec", content);
        return new Item(object.getKind(), object.getMetadata().getName(), manifest, ContentHash.ofSpec(content));
    }

    private static <S> S spec(DhcpResource<S, ?> object) {
        return requireNonNull(object.getSpec(), () -> object + " has no spec");
    }
}
