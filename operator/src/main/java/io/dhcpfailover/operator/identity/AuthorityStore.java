package io.dhcpfailover.operator.identity;

import io.dhcpfailover.operator.certificates.Authorities;
import io.dhcpfailover.operator.desired.Names;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The certificate authority of the operator: made once, kept in a Secret, and replaced in time. */
@Singleton
public final class AuthorityStore {

    /** The Secret in the operator's namespace. */
    public static final String NAME = Names.OPERATOR + "-ca";

    /** It is read again that often, so that a person can replace it. */
    private static final Duration READ_AGAIN = Duration.ofMinutes(5);

    private static final String TYPE = "kubernetes.io/tls";

    private final KubernetesClient client;
    private final InstantSource clock;
    private final String namespace;
    private final SecureRandom random = new SecureRandom();
    private @Nullable Authorities authorities;
    private Instant readAt = Instant.MIN;

    /** Nothing read yet. */
    public AuthorityStore(
            KubernetesClient client,
            InstantSource clock,
            @Value("${dhcp-failover.namespace:dhcp-failover}") String namespace) {
        this.client = client;
        this.clock = clock;
        this.namespace = namespace;
    }

    /**
     * The authority as it is to be now.
     *
     * @throws KubernetesClientException where it can be neither read nor made
     */
    public synchronized Authorities get() {
        Instant now = clock.instant();
        if (authorities == null || now.isAfter(readAt.plus(READ_AGAIN))) {
            authorities = read(now);
            readAt = now;
        }
        return authorities;
    }

    private Authorities read(Instant now) {
        Resource<Secret> resource = client.secrets().inNamespace(namespace).withName(NAME);
        Secret present = resource.get();
        if (present == null) {
            return create(now);
        }
        Authorities known = Authorities.of(SecretData.decode(present));
        Authorities latest = known.at(now, random);
        if (!latest.equals(known)) {
            // With its resourceVersion: of two operators that replace it, one fails and reads again.
            client.resource(secret(latest, present.getMetadata().getResourceVersion()))
                    .update();
        }
        return latest;
    }

    private Authorities create(Instant now) {
        Authorities first = Authorities.create(now, random);
        try {
            client.resource(secret(first, null)).create();
            return first;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return Authorities.of(SecretData.decode(
                    client.secrets().inNamespace(namespace).withName(NAME).require()));
        }
    }

    private Secret secret(Authorities content, @Nullable String resourceVersion) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(NAME)
                .withLabels(Map.of(Names.MANAGED_BY, Names.OPERATOR))
                .withResourceVersion(resourceVersion)
                .endMetadata()
                .withType(TYPE)
                .withData(SecretData.encode(content.data()))
                .build();
    }
}
