package io.dhcpfailover.operator.certificates;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Certificates and keys as text (RFC 7468). */
final class Pem {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final int LINE_LENGTH = 64;

    private Pem() {}

    static String of(X509Certificate certificate) {
        try {
            return block(CERTIFICATE, certificate.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read or made can be written", e);
        }
    }

    static String of(PrivateKey key) {
        return block(PRIVATE_KEY, key.getEncoded());
    }

    /**
     * Every certificate in a text, in its order.
     *
     * @throws IllegalArgumentException when there is none, or anything that is none
     */
    static List<X509Certificate> certificates(String text) {
        try {
            List<X509Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate in PEM");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new IllegalArgumentException("this is no certificate in PEM: " + e.getMessage(), e);
        }
    }

    /**
     * The private key in a text, of an elliptic curve and in PKCS #8.
     *
     * @throws IllegalArgumentException when there is none
     */
    static PrivateKey privateKey(String text) {
        int start = text.indexOf(BEGIN + PRIVATE_KEY + DASHES);
        int end = text.indexOf(END + PRIVATE_KEY + DASHES);
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("there is no private key in PEM and PKCS #8");
        }
        String body = text.substring(start + (BEGIN + PRIVATE_KEY + DASHES).length(), end);
        try {
            byte[] octets = Base64.getMimeDecoder().decode(body);
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(octets));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this is no private key of an elliptic curve", e);
        }
    }

    private static String block(String label, byte[] octets) {
        String body = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(octets);
        return BEGIN + label + DASHES + "\n" + body + "\n" + END + label + DASHES + "\n";
    }
}
