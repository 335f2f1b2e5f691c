package io.dhcpfailover.node.failover.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dhcpfailover.node.failover.message.FrameAuthenticator.Side;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Digests of frames: who can make a frame that passes, and where one passes. */
class FrameAuthenticatorTest {

    private static final Secrets SECRETS = Secrets.of("sécret");
    private static final byte[] CONTACT = Recordings.of("contact");
    private static final byte[] STATE = Recordings.of("state normal");

    private FrameAuthenticator primary = new FrameAuthenticator(Side.CONNECTOR, SECRETS);
    private FrameAuthenticator secondary = new FrameAuthenticator(Side.ACCEPTOR, SECRETS);

    @BeforeEach
    void connect() {
        connect(nonce(1), nonce(2));
    }

    private void connect(Octets first, Octets second) {
        primary = new FrameAuthenticator(Side.CONNECTOR, SECRETS);
        secondary = new FrameAuthenticator(Side.ACCEPTOR, SECRETS);
        assertThat(secondary.check(primary.seal(Recordings.of("connect")))).isNull();
        primary.connected(first);
        secondary.connected(first);
        assertThat(primary.check(secondary.seal(Recordings.of("connectack")))).isNull();
        primary.acknowledged(second);
        secondary.acknowledged(second);
    }

    @Test
    void theDigestIsTheFirstOptionAndThatOfTheWholeFrameWithZerosInItsPlace() throws GeneralSecurityException {
        byte[] sealed = new FrameAuthenticator(Side.CONNECTOR, SECRETS).seal(STATE);

        assertThat(sealed).hasSize(STATE.length + 37);
        assertThat(sealed[1]).isEqualTo((byte) sealed.length);
        assertThat(Arrays.copyOfRange(sealed, 12, 17)).containsExactly(0, 17, 0, 33, 2);
        byte[] zeroed = sealed.clone();
        Arrays.fill(zeroed, 17, 49, (byte) 0);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("sécret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(Arrays.copyOfRange(sealed, 17, 49)).isEqualTo(mac.doFinal(zeroed));
        assertThat(Frames.message(sealed)).isEqualTo(Frames.message(STATE));
    }

    @Test
    void framesPassInTheirOrderBothWays() {
        assertThatFramesPass();
    }

    private void assertThatFramesPass() {
        for (int i = 0; i < 300; i++) {
            assertThat(secondary.check(primary.seal(CONTACT))).isNull();
            assertThat(secondary.check(primary.seal(STATE))).isNull();
            assertThat(primary.check(secondary.seal(CONTACT))).isNull();
        }
    }

    @Test
    void anyOneOctetChangedIsFound() {
        byte[] sealed = primary.seal(STATE);
        for (int place = 0; place < sealed.length; place++) {
            for (int bit = 1; bit < 256; bit <<= 1) {
                assertThat(secondary.check(Frames.with(sealed, place, sealed[place] ^ bit)))
                        .isNotNull();
            }
        }
        assertThat(secondary.check(sealed)).isNull();
    }

    @Test
    void cutAnywhereItIsFound() {
        byte[] sealed = primary.seal(STATE);
        for (int length = 0; length < sealed.length; length++) {
            assertThat(secondary.check(Arrays.copyOf(sealed, length))).isNotNull();
        }
    }

    @Test
    void aRepeatedFrameIsRefused() {
        byte[] sealed = primary.seal(CONTACT);

        assertThat(secondary.check(sealed)).isNull();
        assertThat(secondary.check(sealed)).isEqualTo(RejectReason.DIGEST_MISMATCH);
    }

    @Test
    void aFrameWhoseForerunnerIsMissingIsRefused() {
        primary.seal(CONTACT);

        assertThat(secondary.check(primary.seal(STATE))).isEqualTo(RejectReason.DIGEST_MISMATCH);
    }

    @Test
    void twoFramesThatChangedPlacesAreRefused() {
        List<byte[]> sealed = List.of(primary.seal(CONTACT), primary.seal(STATE));

        assertThat(secondary.check(sealed.get(1))).isEqualTo(RejectReason.DIGEST_MISMATCH);
    }

    @Test
    void aFrameThatComesBackToItsSenderIsRefused() {
        assertThat(primary.check(primary.seal(CONTACT))).isEqualTo(RejectReason.DIGEST_MISMATCH);
    }

    @Test
    void aFrameOfAnotherLinkIsRefused() {
        byte[] recorded = primary.seal(CONTACT);

        connect(nonce(1), nonce(3));
        assertThat(secondary.check(recorded)).isEqualTo(RejectReason.DIGEST_MISMATCH);
        connect(nonce(4), nonce(2));
        assertThat(secondary.check(recorded)).isEqualTo(RejectReason.DIGEST_MISMATCH);
    }

    @Test
    void aConnectAckOfAnotherLinkIsRefused() {
        FrameAuthenticator before = new FrameAuthenticator(Side.ACCEPTOR, SECRETS);
        before.connected(nonce(1));
        byte[] recorded = before.seal(Recordings.of("connectack"));
        FrameAuthenticator now = new FrameAuthenticator(Side.CONNECTOR, SECRETS);
        now.connected(nonce(5));

        assertThat(now.check(recorded)).isEqualTo(RejectReason.DIGEST_MISMATCH);
    }

    @Test
    void afterARepeatedConnectNothingThatWasRecordedPasses() {
        byte[] connect = new FrameAuthenticator(Side.CONNECTOR, SECRETS).seal(Recordings.of("connect"));
        byte[] next = primary.seal(STATE);
        FrameAuthenticator fooled = new FrameAuthenticator(Side.ACCEPTOR, SECRETS);

        assertThat(fooled.check(connect)).isNull();
        fooled.connected(nonce(1));
        fooled.seal(Recordings.of("connectack"));
        fooled.acknowledged(nonce(9));
        assertThat(fooled.check(next)).isEqualTo(RejectReason.DIGEST_MISMATCH);
    }

    @Test
    void anotherSecretIsRefused() {
        FrameAuthenticator stranger = new FrameAuthenticator(Side.CONNECTOR, Secrets.of("secret"));

        assertThat(new FrameAuthenticator(Side.ACCEPTOR, SECRETS).check(stranger.seal(CONTACT)))
                .isEqualTo(RejectReason.DIGEST_MISMATCH);
    }

    @Test
    void withASecretAFrameWithoutDigestIsRefused() {
        assertThat(secondary.check(CONTACT)).isEqualTo(RejectReason.DIGEST_MISSING);
        assertThat(secondary.check(STATE)).isEqualTo(RejectReason.DIGEST_MISSING);
    }

    @Test
    void aDigestThatIsNotTheFirstOptionIsNone() {
        byte[] frame = Frames.frame(11, Frames.option(99, ""), Frames.option(17, "02" + "00".repeat(32)));

        assertThat(secondary.check(frame)).isEqualTo(RejectReason.DIGEST_MISSING);
    }

    @Test
    void withoutASecretAFrameWithADigestIsRefused() {
        FrameAuthenticator open = new FrameAuthenticator(Side.ACCEPTOR, null);

        assertThat(open.check(primary.seal(CONTACT))).isEqualTo(RejectReason.DIGEST_NOT_CONFIGURED);
        assertThat(open.check(CONTACT)).isNull();
        assertThat(open.seal(CONTACT)).isEqualTo(CONTACT);
    }

    @Test
    void withoutASecretADigestIsSeenWhereverOptionsBegin() {
        FrameAuthenticator open = new FrameAuthenticator(Side.ACCEPTOR, null);
        byte[] digest = Frames.frame(11, Frames.option(17, "01" + "00".repeat(16)));
        byte[] later = Frames.frame(11, "00000000", Frames.option(17, "01" + "00".repeat(16)));

        assertThat(open.check(Frames.with(digest, 3, 8))).isEqualTo(RejectReason.DIGEST_NOT_CONFIGURED);
        assertThat(open.check(Frames.with(later, 3, 16))).isEqualTo(RejectReason.DIGEST_NOT_CONFIGURED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "03", "00"})
    void aDigestOfAnotherTypeIsNotSupported(String type) {
        byte[] frame = Frames.frame(11, Frames.option(17, type + "00".repeat(32)));

        assertThat(secondary.check(frame)).isEqualTo(RejectReason.DIGEST_NOT_SUPPORTED);
    }

    @Test
    void aSecretIsChangedInThreeStepsWhileFramesPass() {
        Secrets newSecond = Secrets.of("sécret", "new");
        Secrets newFirst = Secrets.of("new", "sécret");
        Secrets newAlone = Secrets.of("new");
        for (Secrets step : List.of(newSecond, newFirst, newAlone)) {
            primary.useSecrets(step);
            assertThatFramesPass();
            secondary.useSecrets(step);
            assertThatFramesPass();
        }
        assertThat(secondary.check(new FrameAuthenticator(Side.CONNECTOR, SECRETS).seal(CONTACT)))
                .isEqualTo(RejectReason.DIGEST_MISMATCH);
    }

    @Test
    void aPartnerOfTheDraftHasNoNoncesAndEachFrameStandsAlone() {
        FrameAuthenticator one = new FrameAuthenticator(Side.CONNECTOR, SECRETS);
        FrameAuthenticator other = new FrameAuthenticator(Side.ACCEPTOR, SECRETS);
        byte[] sealed = one.seal(CONTACT);

        assertThat(other.check(sealed)).isNull();
        assertThat(other.check(sealed)).isNull();
    }

    @Test
    void aSecretIsNotEmptyAndNotShown() {
        assertThatIllegalArgumentException().isThrownBy(() -> Secrets.of(""));
        assertThatIllegalArgumentException().isThrownBy(() -> Secrets.of("a", ""));
        assertThat(SECRETS.toString()).isEqualTo("one secret");
        assertThat(Secrets.of("a", "b").toString()).isEqualTo("two secrets");
    }

    private static Octets nonce(int value) {
        byte[] octets = new byte[Extension.NONCE_LENGTH];
        Arrays.fill(octets, (byte) value);
        return Octets.of(octets);
    }
}
