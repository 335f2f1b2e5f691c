package io.dhcpfailover.operator.certificates;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority: signs certificates of the curve P-256 with ECDSA and SHA-256 (RFC 5280, RFC 5480).
 *
 * @param certificate its own
 * @param key that signs
 */
record Authority(X509Certificate certificate, PrivateKey key) {

    private static final String NAME = "DHCP failover operator CA";

    /** RFC 5280, section 4.1.2.2: positive, at most 20 octets, and here impossible to guess. */
    private static final int SERIAL_BITS = 127;

    private static final int NAME_SUFFIX_BITS = 32;

    /** A new one, whose name no other one has, so that their certificates are told apart. */
    static Authority create(Instant now, SecureRandom random) {
        KeyPair pair = pair(random);
        X500Principal name = name(NAME + " " + new BigInteger(NAME_SUFFIX_BITS, random).toString(Character.MAX_RADIX));
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name, serial(random), start(now), Date.from(now.plus(Lifetimes.AUTHORITY)), name, pair.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            return new Authority(sign(builder, pair.getPrivate()), pair.getPrivate());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java can make a certificate of P-256", e);
        }
    }

    /** Signs a certificate for a new key, for its life, or as long as this authority lives. */
    TlsFiles issue(Identity identity, String trusted, Instant now, SecureRandom random) {
        KeyPair pair = pair(random);
        Instant end = now.plus(Lifetimes.CERTIFICATE);
        Instant last = certificate.getNotAfter().toInstant();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                certificate.getSubjectX500Principal(),
                serial(random),
                start(now),
                Date.from(end.isBefore(last) ? end : last),
                name(identity.name()),
                pair.getPublic());
        try {
            extend(builder, identity, pair.getPublic());
            return new TlsFiles(Pem.of(sign(builder, key)), Pem.of(pair.getPrivate()), trusted);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java can make a certificate of P-256", e);
        }
    }

    private void extend(X509v3CertificateBuilder builder, Identity identity, PublicKey subject)
            throws IOException, GeneralSecurityException {
        JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(
                        identity.purpose() == Purpose.SERVER
                                ? KeyPurposeId.id_kp_serverAuth
                                : KeyPurposeId.id_kp_clientAuth));
        builder.addExtension(Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(subject));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                utils.createAuthorityKeyIdentifier(certificate.getPublicKey()));
        if (!identity.addresses().isEmpty()) {
            GeneralName[] names = identity.addressTexts().stream()
                    .map(address -> new GeneralName(GeneralName.iPAddress, address))
                    .toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
    }

    /** Whether it signed a certificate. */
    boolean signed(X509Certificate other) {
        try {
            other.verify(certificate.getPublicKey());
            return other.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyPair pair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE);
    }

    private static Date start(Instant now) {
        return Date.from(now.minus(Lifetimes.BACKDATED));
    }

    private static X500Principal name(String commonName) {
        try {
            return new X500Principal(
                    new X500NameBuilder().addRDN(BCStyle.CN, commonName).build().getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("a common name can be encoded", e);
        }
    }

    /** Nothing of the key is printed. */
    @Override
    public String toString() {
        return certificate.getSubjectX500Principal().getName();
    }
}
