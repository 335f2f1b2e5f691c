package io.dhcpfailover.node.failover.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dhcpfailover.node.failover.message.Extension.Feature;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What two servers of this project agree on. */
class ExtensionTest {

    private static final Octets NONCE = Octets.of(new byte[Extension.NONCE_LENGTH]);

    @Test
    void bothUseWhatBothCan() {
        Extension one = new Extension(Set.of(Feature.BATCHES, Feature.FRAME_COUNTER), NONCE);
        Extension other = new Extension(Set.of(Feature.BATCHES, Feature.CLIENT_OPTIONS), NONCE);

        assertThat(one.common(other)).containsExactly(Feature.BATCHES);
        assertThat(one.has(Feature.FRAME_COUNTER)).isTrue();
        assertThat(other.has(Feature.FRAME_COUNTER)).isFalse();
    }

    @Test
    void theNativeDialectNeedsBatchesAndClientOptions() {
        assertThat(Dialect.of(Set.of(Feature.values()))).isEqualTo(Dialect.NATIVE);
        assertThat(Dialect.of(Set.of(Feature.BATCHES, Feature.CLIENT_OPTIONS))).isEqualTo(Dialect.NATIVE);
        assertThat(Dialect.of(Set.of(Feature.BATCHES))).isEqualTo(Dialect.DRAFT12);
        assertThat(Dialect.of(Set.of())).isEqualTo(Dialect.DRAFT12);
    }

    @Test
    void aNonceHasSixteenOctets() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Extension(Set.of(), Octets.of(new byte[15])));
    }
}
