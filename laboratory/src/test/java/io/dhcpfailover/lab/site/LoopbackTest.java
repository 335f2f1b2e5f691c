package io.dhcpfailover.lab.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dhcpfailover.api.node.NodeApi;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** Addresses and ports that nobody else uses. */
class LoopbackTest {

    @Test
    void twoLabsHaveDifferentAddresses() throws LabException {
        assertThat(Loopback.find().block()).isNotEqualTo(Loopback.find().block());
    }

    @Test
    void aPortThatIsTakenIsPassedOver() throws LabException, IOException {
        int port = Loopback.find().serverPort();
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress("0.0.0.0", port))) {
            assertThat(taken.isBound()).isTrue();
            assertThat(Loopback.find().serverPort()).isNotEqualTo(port);
        }
    }

    @Test
    void thePortOfTheApiThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("0.0.0.0", NodeApi.PORT));
            assertThatThrownBy(Loopback::find)
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("TCP port " + NodeApi.PORT);
        }
    }
}
