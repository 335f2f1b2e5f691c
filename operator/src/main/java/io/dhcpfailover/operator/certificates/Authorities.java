package io.dhcpfailover.operator.certificates;

import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The authority that signs, and while it is being replaced the next one, which everyone trusts before it signs anything.
 * The old one is trusted until nothing of it can be in use any more.
 *
 * @param first the older one
 * @param next the newer one; null where none is needed yet
 */
public record Authorities(Authority first, @Nullable Authority next) {

    private static final String NEXT_CERTIFICATE = "next.crt";
    private static final String NEXT_KEY = "next.key";

    /** The first one of an operator. */
    public static Authorities create(Instant now, SecureRandom random) {
        return new Authorities(Authority.create(now, random), null);
    }

    /**
     * What a Secret holds.
     *
     * @param data decoded, by the names of files
     * @throws IllegalArgumentException when that is no authority
     */
    public static Authorities of(Map<String, String> data) {
        String certificate = data.get(TlsFiles.CERTIFICATE);
        String key = data.get(TlsFiles.KEY);
        if (certificate == null || key == null) {
            throw new IllegalArgumentException("the Secret of the certificate authority lacks " + TlsFiles.CERTIFICATE
                    + " or " + TlsFiles.KEY + ": delete it, and the operator makes another one");
        }
        String nextCertificate = data.get(NEXT_CERTIFICATE);
        String nextKey = data.get(NEXT_KEY);
        return new Authorities(
                read(certificate, key),
                nextCertificate == null || nextKey == null ? null : read(nextCertificate, nextKey));
    }

    private static Authority read(String certificate, String key) {
        return new Authority(Pem.certificates(certificate).getFirst(), Pem.privateKey(key));
    }

    /** By the names of files, as {@code stringData} of a Secret takes them. */
    public Map<String, String> data() {
        Map<String, String> data = new HashMap<>();
        data.put(TlsFiles.CERTIFICATE, Pem.of(first.certificate()));
        data.put(TlsFiles.KEY, Pem.of(first.key()));
        data.put(TlsFiles.AUTHORITIES, trusted());
        if (next != null) {
            data.put(NEXT_CERTIFICATE, Pem.of(next.certificate()));
            data.put(NEXT_KEY, Pem.of(next.key()));
        }
        return data;
    }

    /** These, or what they are to be by now; equal where nothing is to be done. */
    public Authorities at(Instant now, SecureRandom random) {
        if (next == null) {
            return now.isBefore(Lifetimes.renewal(first.certificate()))
                    ? this
                    : new Authorities(first, Authority.create(now, random));
        }
        // By then every certificate of the first one has been replaced or is over.
        Instant done = signsFrom(next).plus(Lifetimes.CERTIFICATE);
        return now.isBefore(done) ? this : new Authorities(next, null);
    }

    /** When the next step of a replacement is due. */
    public Instant nextStep() {
        return next == null
                ? Lifetimes.renewal(first.certificate())
                : signsFrom(next).plus(Lifetimes.CERTIFICATE);
    }

    private static Instant signsFrom(Authority authority) {
        return authority
                .certificate()
                .getNotBefore()
                .toInstant()
                .plus(Lifetimes.BACKDATED)
                .plus(Lifetimes.OVERLAP);
    }

    private Authority signing(Instant now) {
        return next == null || now.isBefore(signsFrom(next)) ? first : next;
    }

    /** The certificates of all, in PEM: what everyone trusts. */
    public String trusted() {
        return next == null ? Pem.of(first.certificate()) : Pem.of(first.certificate()) + Pem.of(next.certificate());
    }

    /**
     * What somebody is to have: what it has where that will do, or a new certificate where it has none, two thirds of its
     * life are over, its addresses are others, or another authority signs by now.
     */
    public TlsFiles files(@Nullable TlsFiles present, Identity identity, Instant now, SecureRandom random) {
        if (present == null || !isGood(present, identity, now)) {
            return signing(now).issue(identity, trusted(), now, random);
        }
        return present.authorities().equals(trusted())
                ? present
                : new TlsFiles(present.certificate(), present.key(), trusted());
    }

    /** When what somebody has is to be looked at again. */
    public Instant renewal(TlsFiles files) {
        Instant own = Lifetimes.renewal(Pem.certificates(files.certificate()).getFirst());
        Instant change = next == null ? nextStep() : signsFrom(next);
        return own.isBefore(change) ? own : change;
    }

    private boolean isGood(TlsFiles present, Identity identity, Instant now) {
        try {
            X509Certificate certificate =
                    Pem.certificates(present.certificate()).getFirst();
            Pem.privateKey(present.key());
            return now.isBefore(Lifetimes.renewal(certificate))
                    && signing(now).signed(certificate)
                    && addresses(certificate).equals(identity.addressTexts());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Set<String> addresses(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Set.of()
                    : names.stream()
                            .map(name -> Objects.toString(name.get(1)))
                            .collect(Collectors.toCollection(TreeSet::new));
        } catch (CertificateParsingException e) {
            return Set.of();
        }
    }

    /** Nothing of a key is printed. */
    @Override
    public String toString() {
        return List.of(first, next == null ? "" : next).toString();
    }
}
