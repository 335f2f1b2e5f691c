package io.dhcpfailover.operator.view;

import io.dhcpfailover.operator.report.ObjectKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets by their names. The operator's own are watched; a user's are read by name, as the operator has no business with
 * the others of a namespace, and again after {@link #READ_AGAIN}, so that a rotated one is noticed.
 */
@Singleton
public final class Secrets {

    private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);

    /** A rotation has three steps with a person between them. */
    static final Duration READ_AGAIN = Duration.ofSeconds(30);

    private record Read(Optional<Secret> secret, Instant at) {}

    private final Caches caches;
    private final KubernetesClient client;
    private final InstantSource clock;
    private final Map<ObjectKey, Read> read = new ConcurrentHashMap<>();

    /** None read yet. */
    public Secrets(Caches caches, KubernetesClient client, InstantSource clock) {
        this.caches = caches;
        this.client = client;
        this.clock = clock;
    }

    /** The key of a Secret. */
    public static ObjectKey key(String namespace, String name) {
        return new ObjectKey("Secret", namespace, name);
    }

    /** A Secret that was watched or read; null where there was none. */
    public @Nullable Secret find(ObjectKey key) {
        Secret watched = caches.find(Secret.class, key.namespace(), key.name());
        if (watched != null) {
            return watched;
        }
        Read last = read.get(key);
        return last == null ? null : last.secret().orElse(null);
    }

    /**
     * Reads those of which it is time.
     *
     * @return whether any is not what it was
     */
    boolean refresh(Collection<ObjectKey> wanted) {
        read.keySet().retainAll(wanted);
        boolean changed = false;
        Instant now = clock.instant();
        for (ObjectKey key : wanted) {
            Read last = read.get(key);
            if (caches.find(Secret.class, key.namespace(), key.name()) != null
                    || (last != null && last.at().plus(READ_AGAIN).isAfter(now))) {
                continue;
            }
            try {
                Optional<Secret> secret = Optional.ofNullable(client.secrets()
                        .inNamespace(key.namespace())
                        .withName(key.name())
                        .get());
                read.put(key, new Read(secret, now));
                changed |= last == null || !data(secret).equals(data(last.secret()));
            } catch (KubernetesClientException e) {
                LOG.warn("{} could not be read: {}", key, e.getMessage());
            }
        }
        return changed;
    }

    private static Map<String, String> data(Optional<Secret> secret) {
        return secret.map(found -> Objects.requireNonNullElse(found.getData(), Map.<String, String>of()))
                .orElse(Map.of("", ""));
    }
}
