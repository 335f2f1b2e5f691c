package io.dhcpfailover.operator.certificates;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** How long certificates live. */
final class Lifetimes {

    /** Of an authority: replaced well before that, without anybody noticing. */
    static final Duration AUTHORITY = Duration.ofDays(5 * 365L);

    /** Of a certificate: an operator that is away for a month does no harm. */
    static final Duration CERTIFICATE = Duration.ofDays(90);

    /** How long a new authority is trusted before it signs: until then every server has it, or was away for a week. */
    static final Duration OVERLAP = Duration.ofDays(7);

    /** Certificates are valid from before they are made, since clocks differ. */
    static final Duration BACKDATED = Duration.ofHours(1);

    private Lifetimes() {}

    /** When a certificate is to be replaced: after two thirds of its life. */
    static Instant renewal(X509Certificate certificate) {
        Instant start = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(start, certificate.getNotAfter().toInstant());
        return start.plus(life.multipliedBy(2).dividedBy(3));
    }
}
