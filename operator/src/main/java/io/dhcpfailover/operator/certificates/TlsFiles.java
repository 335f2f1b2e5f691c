package io.dhcpfailover.operator.certificates;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Secret of type kubernetes.io/tls holds, in PEM.
 *
 * @param certificate of its owner
 * @param key of that certificate
 * @param authorities that its owner trusts
 */
public record TlsFiles(String certificate, String key, String authorities) {

    /** The certificate's name in a Secret. */
    public static final String CERTIFICATE = "tls.crt";

    /** The key's name in a Secret. */
    public static final String KEY = "tls.key";

    /** The trusted authorities' name in a Secret. */
    public static final String AUTHORITIES = "ca.crt";

    /** By the names of files, as {@code stringData} of a Secret takes them. */
    public Map<String, String> data() {
        return Map.of(CERTIFICATE, certificate, KEY, key, AUTHORITIES, authorities);
    }

    /**
     * What a Secret holds.
     *
     * @param data decoded, by the names of files
     * @return null where one of them is missing
     */
    public static @Nullable TlsFiles of(Map<String, String> data) {
        String certificate = data.get(CERTIFICATE);
        String key = data.get(KEY);
        String authorities = data.get(AUTHORITIES);
        return certificate == null || key == null || authorities == null
                ? null
                : new TlsFiles(certificate, key, authorities);
    }

    /** Nothing of a key is printed. */
    @Override
    public String toString() {
        return "TlsFiles";
    }
}
