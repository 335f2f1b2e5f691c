package io.dhcpfailover.operator.desired;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The Secret that authenticates the messages of a relationship whose user names none. */
public final class SharedSecret {

    /** The key of the secret that is in use. */
    public static final String CURRENT = "current";

    /** As many octets as the HMAC-SHA256 that it keys gives (RFC 2104, section 3). */
    public static final int OCTETS = 32;

    private SharedSecret() {}

    /**
     * A new one. Its text is in base64, so that it survives wherever a person copies it to.
     *
     * @param random {@link #OCTETS} octets that nobody can guess
     */
    public static Secret of(DhcpFailoverRelationship relationship, byte[] random) {
        if (random.length != OCTETS) {
            throw new IllegalArgumentException(OCTETS + " octets, not " + random.length);
        }
        String name = relationship.getMetadata().getName();
        String text = Base64.getEncoder().encodeToString(random);
        return new SecretBuilder()
                .withMetadata(Names.owned(
                        relationship,
                        Names.sharedSecret(name),
                        Map.of(Names.MANAGED_BY, Names.OPERATOR, Names.RELATIONSHIP, name)))
                .withType("Opaque")
                .addToData(CURRENT, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII)))
                .build();
    }
}
