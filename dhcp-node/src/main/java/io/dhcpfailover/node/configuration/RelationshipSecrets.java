package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.MessageAuthentication;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.ExternalServer;
import io.dhcpfailover.api.v1alpha1.SecretReference;
import io.dhcpfailover.node.failover.message.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * By which secret the messages of a relationship are authenticated. Where they are to be and cannot be, that is a
 * problem: none runs without it by omission. No problem says anything of a secret's text.
 */
final class RelationshipSecrets {

    /** Kubernetes' own kind, of {@code v1}. */
    static final String KIND = "Secret";

    private static final String FIELD = "spec.messageAuthentication";
    private static final String CURRENT = "current";
    private static final String NEXT = "next";
    private static final String HOW_TO_MAKE = "such as head -c 32 /dev/urandom | base64 writes";

    private final String namespace;
    private final Map<String, ManifestObject> secrets;
    private final Consumer<Problem> problems;

    /**
     * Among the Secrets of a namespace.
     *
     * @param secrets by their names
     * @param problems is told what is missing or wrong
     */
    RelationshipSecrets(String namespace, Map<String, ManifestObject> secrets, Consumer<Problem> problems) {
        this.namespace = namespace;
        this.secrets = secrets;
        this.problems = problems;
    }

    /** Those of a relationship; null where its messages are not authenticated, or a problem was told. */
    @Nullable Secrets of(ManifestObject relationship, DhcpServerSpec partner) {
        MessageAuthentication authentication =
                relationship.asRelationship().spec().messageAuthentication();
        if (!authentication.enabled()) {
            return null;
        }
        if (partner.external() != null && partner.external().protocol() == ExternalServer.Protocol.Draft12) {
            problems.accept(relationship.problem(FIELD
                    + ".enabled: a partner that speaks Draft12 has no message authentication: set it to false, and let a"
                    + " firewall admit the partner alone to TCP port 647"));
            return null;
        }
        SecretReference reference = authentication.secretRef();
        if (reference == null) {
            problems.accept(relationship.problem(FIELD
                    + ".secretRef: nobody generates a Secret outside of Kubernetes: name one of this folder, with a key"
                    + " current, the same for both servers, " + HOW_TO_MAKE + "; or set enabled to false"));
            return null;
        }
        ManifestObject secret = secrets.get(reference.name().text());
        if (secret == null) {
            problems.accept(relationship.problem(FIELD + ".secretRef: there is no Secret " + reference.name()
                    + " in the namespace " + namespace + " (" + Values.listed(secrets.keySet())
                    + "): name one of these, or add it"));
            return null;
        }
        return read(secret);
    }

    private @Nullable Secrets read(ManifestObject secret) {
        try {
            String current = value(secret, CURRENT);
            String next = value(secret, NEXT);
            if (current == null) {
                problems.accept(secret.problem(
                        "data." + CURRENT + ": it has no such key, or an empty one: add a secret, " + HOW_TO_MAKE));
                return null;
            }
            return next == null ? Secrets.of(current) : Secrets.of(current, next);
        } catch (IllegalArgumentException e) {
            problems.accept(
                    secret.problem("data: a value is not in base64: encode it, or write it as it is under stringData"));
            return null;
        }
    }

    /** As the API server has it: stringData is written over data. */
    private static @Nullable String value(ManifestObject secret, String key) {
        String plain = Values.text(Values.object(secret.content(), "stringData"), key);
        if (!plain.isEmpty()) {
            return plain;
        }
        String encoded = Values.text(Values.object(secret.content(), "data"), key);
        byte[] octets = Base64.getDecoder().decode(encoded.strip());
        return octets.length == 0 ? null : new String(octets, StandardCharsets.UTF_8);
    }
}
