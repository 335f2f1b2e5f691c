package io.dhcpfailover.node.manage.api;

import io.micronaut.http.ssl.CertificateProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Sinks;

/**
 * A folder with {@code tls.crt}, {@code tls.key} and {@code ca.crt}, as a Secret of type kubernetes.io/tls is mounted:
 * the server's certificate and key, and the authority whose certificates are let in. When the files change, new
 * connections use what they hold then, and old ones go on; files that do not fit together are passed over until they do.
 */
final class TlsFolder implements CertificateProvider, AutoCloseable {

    /** The name by which the HTTP server knows it. */
    static final String NAME = "folder";

    private static final long LOOK_SECONDS = 2;
    private static final int OCTETS_MAX = 1 << 20;
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Logger LOG = LoggerFactory.getLogger(TlsFolder.class);

    private final Path folder;
    private final Sinks.Many<KeyStore> keys = Sinks.many().replay().latest();
    private final Sinks.Many<KeyStore> authorities = Sinks.many().replay().latest();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("certificates").factory());
    private Content taken;
    private @Nullable Content refused;
    private @Nullable String told;

    /** The files as they are. */
    private record Content(String certificate, String key, String authority) {

        static Content of(Path folder) throws IOException {
            return new Content(text(folder, "tls.crt"), text(folder, "tls.key"), text(folder, "ca.crt"));
        }

        private static String text(Path folder, String name) throws IOException {
            Path file = folder.resolve(name);
            if (Files.size(file) > OCTETS_MAX) {
                throw new IOException(file + " is larger than any certificate");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        }
    }

    private TlsFolder(Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        taken = Content.of(folder);
        take(taken);
        ScheduledFuture<?> _ = timer.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Reads a folder, and follows its changes from then on.
     *
     * @throws IOException where a file is missing, or does not fit the others
     */
    static TlsFolder open(Path folder) throws IOException {
        try {
            return new TlsFolder(folder);
        } catch (GeneralSecurityException e) {
            throw new IOException(folder + " cannot be used for TLS: " + e.getMessage(), e);
        }
    }

    private void look() {
        try {
            Content now = Content.of(folder);
            if (now.equals(taken) || now.equals(refused)) {
                return;
            }
            refused = now;
            take(now);
            taken = now;
            refused = null;
            told = null;
            LOG.info("The certificates in {} have changed, and new connections use them", folder);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // A file that is gone is gone at each look.
            if (!e.toString().equals(told)) {
                told = e.toString();
                LOG.warn("The certificates in {} cannot be used, and the last ones still are: {}", folder, told);
            }
        }
    }

    private void take(Content files) throws IOException, GeneralSecurityException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        X509Certificate[] chain = certificates("tls.crt", files.certificate);
        PrivateKey key = key(files.key);
        requirePair(key, chain[0]);
        own.setKeyEntry("server", key, null, chain);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        X509Certificate[] authority = certificates("ca.crt", files.authority);
        for (int i = 0; i < authority.length; i++) {
            trusted.setCertificateEntry("authority" + i, authority[i]);
        }
        authorities.tryEmitNext(trusted).orThrow();
        keys.tryEmitNext(own).orThrow();
    }

    private static X509Certificate[] certificates(String name, String text) throws GeneralSecurityException {
        Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException(name + " holds no certificate: put one there, in PEM");
        }
        return certificates.toArray(X509Certificate[]::new);
    }

    private static PrivateKey key(String text) throws GeneralSecurityException {
        Matcher key = KEY.matcher(text);
        if (!key.find()) {
            throw new GeneralSecurityException(
                    "tls.key holds no key in PKCS #8 (BEGIN PRIVATE KEY): convert it, such as"
                            + " by openssl pkcs8 -topk8 -nocrypt");
        }
        PKCS8EncodedKeySpec octets =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1)));
        GeneralSecurityException last = new GeneralSecurityException("tls.key is of no kind that is known here");
        for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(octets);
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    /** While files are being replaced one by one, a key may lie beside the certificate of another. */
    private static void requirePair(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = key instanceof RSAPrivateKey
                ? "SHA256withRSA"
                : key.getAlgorithm().startsWith("Ed") ? key.getAlgorithm() : "SHA256withECDSA";
        byte[] message = {1};
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(message);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance(algorithm);
        boolean fits;
        try {
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(message);
            fits = verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            fits = false;
        }
        if (!fits) {
            throw new GeneralSecurityException("tls.key is not the key of tls.crt");
        }
    }

    @Override
    public Publisher<KeyStore> getKeyStore() {
        return keys.asFlux();
    }

    @Override
    public Publisher<KeyStore> getTrustStore() {
        return authorities.asFlux();
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
