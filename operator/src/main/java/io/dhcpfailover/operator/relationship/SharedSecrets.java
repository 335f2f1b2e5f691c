package io.dhcpfailover.operator.relationship;

import static java.util.Objects.requireNonNull;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.MessageAuthentication;
import io.dhcpfailover.operator.desired.Names;
import io.dhcpfailover.operator.desired.SharedSecret;
import io.dhcpfailover.operator.view.Caches;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.security.SecureRandom;

/**
 * Makes the Secret of a relationship whose user names none. It is made once and never written again: whoever rotates it
 * does so in it.
 */
@Singleton
final class SharedSecrets {

    private final Caches caches;
    private final KubernetesClient client;
    private final SecureRandom random = new SecureRandom();

    SharedSecrets(Caches caches, KubernetesClient client) {
        this.caches = caches;
        this.client = client;
    }

    void ensure(DhcpFailoverRelationship relationship) {
        MessageAuthentication authentication =
                requireNonNull(relationship.getSpec()).messageAuthentication();
        String name = Names.sharedSecret(relationship.getMetadata().getName());
        if (!authentication.enabled()
                || authentication.secretRef() != null
                || caches.find(Secret.class, relationship.getMetadata().getNamespace(), name) != null) {
            return;
        }
        byte[] octets = new byte[SharedSecret.OCTETS];
        random.nextBytes(octets);
        try {
            client.resource(SharedSecret.of(relationship, octets)).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // It was made before, and its watch has not told yet.
        }
    }
}
