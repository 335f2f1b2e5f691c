package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every kind has: metadata, what a user asks for and what the operator saw. Mutable, as the Kubernetes
 * client requires; spec and status themselves are not.
 *
 * @param <S> what a user asks for
 * @param <T> what the operator saw
 */
// Not KubernetesResource's own, which knows built-in kinds only.
@JsonDeserialize(using = JsonDeserializer.None.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"apiVersion", "kind", "metadata", "spec", "status"})
public abstract sealed class DhcpResource<S, T> implements HasMetadata, Namespaced
        permits DhcpServer, DhcpScope, DhcpFailoverRelationship, DhcpFailoverAction {

    private static final long serialVersionUID = 1;

    private String apiVersion = HasMetadata.getApiVersion(getClass());
    private ObjectMeta metadata = new ObjectMeta();
    private transient @Nullable S spec;
    private transient @Nullable T status;

    @Override
    public final String getApiVersion() {
        return apiVersion;
    }

    @Override
    public final void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    @Override
    public final String getKind() {
        return HasMetadata.getKind(getClass());
    }

    /**
     * Takes the kind that a document says it is.
     *
     * @throws IllegalArgumentException when it is another
     */
    public final void setKind(String kind) {
        if (!kind.equals(getKind())) {
            throw new IllegalArgumentException("a " + kind + " where a " + getKind() + " is expected");
        }
    }

    @Override
    public final ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public final void setMetadata(ObjectMeta metadata) {
        this.metadata = metadata;
    }

    /** What the user asks for; null only in a partial object, such as one of which only metadata was read. */
    public final @Nullable S getSpec() {
        return spec;
    }

    /** Replaces what the user asks for. */
    public final void setSpec(@Nullable S spec) {
        this.spec = spec;
    }

    /** What the operator saw last; null before it first looked. */
    public final @Nullable T getStatus() {
        return status;
    }

    /** Replaces what the operator saw. */
    public final void setStatus(@Nullable T status) {
        this.status = status;
    }

    /** Equal are objects of the same kind with equal metadata, spec and status. */
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof DhcpResource<?, ?> that
                && getClass() == that.getClass()
                && Objects.equals(metadata, that.metadata)
                && Objects.equals(spec, that.spec)
                && Objects.equals(status, that.status);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(getKind(), metadata, spec, status);
    }

    /** Kind, namespace and name. */
    @Override
    public final String toString() {
        return getKind() + " " + metadata.getNamespace() + "/" + metadata.getName();
    }
}
