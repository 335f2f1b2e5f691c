package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What who starts a server says of it. */
class DeclaredDownTest {

    @Test
    void relationshipsAreNamedWithTheirTimes() {
        assertThat(DeclaredDown.of(Map.of())).isEmpty();
        assertThat(DeclaredDown.of(Map.of(DeclaredDown.VARIABLE, " "))).isEmpty();
        assertThat(DeclaredDown.of(Map.of(DeclaredDown.VARIABLE, "a=1970-01-01T00:00:10Z, b=1970-01-01T00:00:20Z")))
                .isEqualTo(Map.of("a", 10L, "b", 20L));
    }

    /** A server that cannot tell whether it was taken for down must not serve as if it had not been. */
    @Test
    void whatCannotBeReadKeepsItFromStarting() {
        assertThatThrownBy(() -> DeclaredDown.of(Map.of(DeclaredDown.VARIABLE, "a")))
                .hasMessage("the variable DHCP_NODE_DECLARED_DOWN says 'a', which is no name of a relationship, = and a"
                        + " time such as 2026-11-21T12:00:00Z: mend or remove it");
    }
}
