package io.dhcpfailover.operator.identity;

import io.dhcpfailover.operator.certificates.Authorities;
import io.dhcpfailover.operator.certificates.Identity;
import io.dhcpfailover.operator.certificates.TlsFiles;
import io.dhcpfailover.operator.node.NodeTrust;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The operator's own certificate, with which it calls servers. It lies nowhere: each process has one made, and another one
 * when two thirds of its life are over.
 */
@Singleton
final class OperatorIdentity implements NodeTrust {

    private static final char[] NO_PASSWORD = {};

    private final AuthorityStore store;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private @Nullable TlsFiles files;
    private @Nullable SSLContext context;

    OperatorIdentity(AuthorityStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public synchronized SSLContext context() {
        Authorities authorities = store.get();
        TlsFiles latest = authorities.files(files, Identity.operator(), clock.instant(), random);
        if (context == null || !latest.equals(files)) {
            context = context(latest);
            files = latest;
        }
        return context;
    }

    private static SSLContext context(TlsFiles files) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(
                    "operator",
                    key(files.key()),
                    NO_PASSWORD,
                    certificates(files.certificate()).toArray(Certificate[]::new));
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int number = 0;
            for (Certificate authority : certificates(files.authorities())) {
                trusted.setCertificateEntry("ca" + number++, authority);
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the operator's own certificate cannot be used", e);
        }
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        String body = pem.replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
    }
}
