package io.dhcpfailover.operator.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dhcpfailover.api.value.Ipv4Address;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** Servers and the operator trust each other, always, and nobody else. */
class AuthoritiesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Ipv4Address ADDRESS = Ipv4Address.parse("192.0.2.1");

    private final SecureRandom random = new SecureRandom();

    private static Identity server() {
        return Identity.server("dhcp", "dhcp1", Set.of(ADDRESS));
    }

    private TlsFiles issue(Authorities authorities, Identity identity, Instant now) {
        return authorities.files(null, identity, now, random);
    }

    private static X509Certificate certificate(TlsFiles files) {
        return Pem.certificates(files.certificate()).getFirst();
    }

    @Test
    void anOperatorAndAServerConnect() throws Exception {
        // Java checks certificates by its own clock.
        Instant now = Instant.now();
        Authorities authorities = Authorities.create(now, random);
        TlsFiles server = issue(authorities, server(), now);
        TlsFiles operator = issue(authorities, Identity.operator(), now);

        assertThat(handshake(operator, server, ADDRESS.toString())).isEqualTo("CN=dhcp-failover-operator");
    }

    @Test
    void aServerIsRefusedThatIsNotTheOneAtThatAddress() {
        Instant now = Instant.now();
        Authorities authorities = Authorities.create(now, random);
        TlsFiles server = issue(authorities, server(), now);
        TlsFiles operator = issue(authorities, Identity.operator(), now);

        assertThatThrownBy(() -> handshake(operator, server, "192.0.2.99")).isInstanceOf(SSLException.class);
    }

    @Test
    void whoHasACertificateOfAnotherAuthorityIsRefused() {
        Instant now = Instant.now();
        TlsFiles server = issue(Authorities.create(now, random), server(), now);
        TlsFiles stranger = issue(Authorities.create(now, random), Identity.operator(), now);
        TlsFiles mixed = new TlsFiles(stranger.certificate(), stranger.key(), server.authorities());

        assertThatThrownBy(() -> handshake(mixed, server, ADDRESS.toString())).isInstanceOf(SSLException.class);
    }

    /** A server that was broken into must not become the operator of the others. */
    @Test
    void aServersCertificateIsNotGoodForAsking() {
        Instant now = Instant.now();
        Authorities authorities = Authorities.create(now, random);
        TlsFiles server = issue(authorities, server(), now);

        assertThatThrownBy(() -> handshake(server, server, ADDRESS.toString())).isInstanceOf(SSLException.class);
    }

    @Test
    void aCertificateIsRenewedAtTwoThirdsOfItsLife() {
        Authorities authorities = Authorities.create(NOW, random);
        TlsFiles first = issue(authorities, server(), NOW);
        Instant renewal = authorities.renewal(first);

        assertThat(Duration.between(NOW, renewal)).isBetween(Duration.ofDays(59), Duration.ofDays(60));
        assertThat(authorities.files(first, server(), renewal.minusSeconds(1), random))
                .isEqualTo(first);
        TlsFiles next = authorities.files(first, server(), renewal, random);
        assertThat(next).isNotEqualTo(first);
        assertThat(next.key()).isNotEqualTo(first.key());
        assertThat(certificate(next).getNotAfter()).isAfter(certificate(first).getNotAfter());
    }

    @Test
    void anotherAddressNeedsAnotherCertificate() {
        Authorities authorities = Authorities.create(NOW, random);
        TlsFiles first = issue(authorities, server(), NOW);
        Identity moved = Identity.server("dhcp", "dhcp1", Set.of(ADDRESS, Ipv4Address.parse("192.0.2.7")));

        TlsFiles next = authorities.files(first, moved, NOW, random);
        assertThat(next.certificate()).isNotEqualTo(first.certificate());
        assertThat(authorities.files(next, moved, NOW, random)).isEqualTo(next);
    }

    @Test
    void whatIsBrokenIsMadeAnew() {
        Authorities authorities = Authorities.create(NOW, random);
        TlsFiles first = issue(authorities, server(), NOW);

        for (TlsFiles broken : List.of(
                new TlsFiles("", first.key(), first.authorities()),
                new TlsFiles(first.certificate(), "no key", first.authorities()),
                new TlsFiles("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", first.key(), ""))) {
            assertThat(certificate(authorities.files(broken, server(), NOW, random)))
                    .isNotEqualTo(certificate(first));
        }
        assertThat(TlsFiles.of(Map.of("tls.crt", first.certificate()))).isNull();
        assertThat(TlsFiles.of(first.data())).isEqualTo(first);
    }

    @Test
    void aSecretHoldsTheAuthority() {
        Authorities authorities = Authorities.create(NOW, random);
        Authorities rotating = authorities.at(authorities.nextStep(), random);

        for (Authorities each : List.of(authorities, rotating)) {
            Authorities read = Authorities.of(each.data());
            assertThat(read).isEqualTo(each);
            TlsFiles files = issue(read, server(), NOW);
            assertThat(each.files(files, server(), NOW, random)).isEqualTo(files);
        }
        assertThat(authorities.data()).containsKeys("tls.crt", "tls.key", "ca.crt");
        assertThatThrownBy(() -> Authorities.of(Map.of("ca.crt", "")))
                .hasMessageContaining("delete it, and the operator makes another one");
    }

    @Test
    void noKeyIsPrinted() {
        Authorities authorities = Authorities.create(NOW, random);

        assertThat(authorities.at(authorities.nextStep(), random).toString()).doesNotContain("PRIVATE");
        assertThat(issue(authorities, server(), NOW).toString()).doesNotContain("PRIVATE");
    }

    @Test
    void aServerWithoutAnAddressGetsNoCertificate() {
        assertThatThrownBy(() -> Identity.server("dhcp", "dhcp1", Set.of()))
                .hasMessage("dhcp/dhcp1 needs the address of its node in its certificate, and has none");
    }

    /**
     * Twelve years, with two replacements of the authority: each of the three may get its files up to six days late, and
     * every two of them trust each other every day.
     */
    @Test
    void theAuthorityIsReplacedAndNobodyNotices() throws Exception {
        Random delays = new Random(1);
        List<Identity> identities = List.of(
                Identity.operator(),
                Identity.server("dhcp", "dhcp1", Set.of(ADDRESS)),
                Identity.server("dhcp", "dhcp2", Set.of(Ipv4Address.parse("192.0.2.2"))));
        Authorities authorities = Authorities.create(NOW, random);
        Map<Identity, TlsFiles> held = new HashMap<>();
        Map<Identity, TlsFiles> secrets = new HashMap<>();
        Set<String> authoritiesSeen = new HashSet<>();
        for (int day = 0; day < 12 * 365; day++) {
            Instant now = NOW.plus(Duration.ofDays(day));
            authorities = Authorities.of(authorities.at(now, random).data());
            for (Identity identity : identities) {
                secrets.put(identity, authorities.files(secrets.get(identity), identity, now, random));
                if (!held.containsKey(identity) || delays.nextInt(3) == 0 || day % 6 == 0) {
                    held.put(identity, Objects.requireNonNull(secrets.get(identity)));
                }
            }
            authoritiesSeen.add(authorities.trusted());
            if (day % 5 == 0) {
                List<TlsFiles> all = new ArrayList<>(held.values());
                for (TlsFiles one : all) {
                    for (TlsFiles other : all) {
                        assertThat(trusts(one, other, now)).as("on day %s", day).isTrue();
                    }
                }
            }
        }
        assertThat(authoritiesSeen).as("alone, both, alone, …").hasSizeGreaterThanOrEqualTo(5);
    }

    private static boolean trusts(TlsFiles one, TlsFiles other, Instant now) throws GeneralSecurityException {
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(Pem.certificates(other.certificate()));
        PKIXParameters parameters = new PKIXParameters(Pem.certificates(one.authorities()).stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet()));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        try {
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return true;
        } catch (CertPathValidatorException e) {
            return false;
        }
    }

    /** Whom the server sees, once both have agreed. */
    private static String handshake(TlsFiles client, TlsFiles server, String host) throws Exception {
        SSLEngine asking = context(client).createSSLEngine(host, 9647);
        asking.setUseClientMode(true);
        SSLParameters parameters = asking.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        asking.setSSLParameters(parameters);
        SSLEngine answering = context(server).createSSLEngine();
        answering.setUseClientMode(false);
        answering.setNeedClientAuth(true);
        Handshakes.run(asking, answering);
        assertThat(answering.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
        return answering.getSession().getPeerPrincipal().getName();
    }

    private static SSLContext context(TlsFiles files) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = "unused".toCharArray();
        store.setKeyEntry("own", Pem.privateKey(files.key()), password, new X509Certificate[] {certificate(files)});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (X509Certificate authority : Pem.certificates(files.authorities())) {
            trusted.setCertificateEntry(authority.getSubjectX500Principal().getName(), authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
