package io.dhcpfailover.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.DomainName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.wire.DhcpPacket.Op;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clients, a relay and a server sent is understood, and written again as the same. */
class RecordingsTest {

    @ParameterizedTest
    @MethodSource("names")
    void isWrittenAgainAsTheSame(String name) {
        DhcpPacket packet = packet(name);

        assertThat(PacketDecoder.decode(PacketEncoder.encode(packet, 1472))).isEqualTo(new Decoded.Packet(packet));
    }

    @ParameterizedTest
    @MethodSource("names")
    void cutShortAnywhereIsRefusedOrUnderstoodAndNeverFails(String name) {
        byte[] octets = Recordings.of(name);
        for (int length = 0; length < octets.length; length++) {
            Decoded decoded = PacketDecoder.decode(Arrays.copyOf(octets, length));

            if (length < PacketDecoder.HEADER_LENGTH) {
                assertThat(decoded).isEqualTo(new Decoded.Refused(Decoded.Reason.TOO_SHORT, length));
            } else {
                assertThat(decoded).isNotNull();
            }
        }
    }

    static Stream<String> names() {
        return Recordings.all().keySet().stream();
    }

    @Test
    void theDiscoverOfUdhcpc() {
        DhcpPacket packet = packet("udhcpc: discover");

        assertThat(packet.op()).isEqualTo(Op.BOOTREQUEST);
        assertThat(packet.broadcast()).isFalse();
        assertThat(packet.chaddr().mac()).isEqualTo(MacAddress.parse("02:00:5e:00:53:01"));
        assertThat(packet.options().get(DhcpOption.MESSAGE_TYPE)).isEqualTo(MessageType.DISCOVER);
        assertThat(packet.options().get(DhcpOption.HOST_NAME)).isEqualTo("udhcpc-host");
        assertThat(packet.options().get(DhcpOption.MAXIMUM_MESSAGE_SIZE)).isEqualTo(576);
        assertThat(packet.options().get(DhcpOption.CLIENT_IDENTIFIER))
                .isEqualTo(ClientIdentifier.parse("01:02:00:5e:00:53:01"));
    }

    @Test
    void theIdentifierOfDhcpcdIsThatOfRfc4361() {
        ClientIdentifier identifier = packet("dhcpcd: request").options().get(DhcpOption.CLIENT_IDENTIFIER);

        assertThat(identifier).isNotNull().asString().startsWith("ff:").hasSize(19 * 3 - 1);
    }

    @Test
    void theAckOfTheServer() {
        Options options = packet("dhclient: ack").options();

        assertThat(options.get(DhcpOption.MESSAGE_TYPE)).isEqualTo(MessageType.ACK);
        assertThat(options.get(DhcpOption.LEASE_TIME)).isEqualTo(120);
        assertThat(options.get(DhcpOption.ROUTERS)).containsExactly(Ipv4Address.parse("10.99.0.1"));
        assertThat(options.get(DhcpOption.SUBNET_MASK)).isEqualTo(Ipv4Address.parse("255.255.255.0"));
        assertThat(options.get(DhcpOption.DOMAIN_NAME)).isEqualTo("example.org");
        assertThat(options.get(DhcpOption.DOMAIN_SEARCH))
                .containsExactly(new DomainName("eng.example.org"), new DomainName("example.org"));
    }

    @Test
    void whatTheRelayAdded() {
        DhcpPacket packet = packet("dhclient behind dhcrelay: discover");
        RelayAgentInformation information = packet.options().get(DhcpOption.RELAY_AGENT_INFORMATION);

        assertThat(packet.giaddr()).isEqualTo(Ipv4Address.parse("10.99.0.1"));
        assertThat(packet.hops()).isEqualTo(1);
        assertThat(information).isNotNull();
        assertThat(information.circuitId()).isEqualTo("r1".getBytes(StandardCharsets.US_ASCII));
        assertThat(information.linkSelection()).isNull();
    }

    private static DhcpPacket packet(String name) {
        assertThat(PacketDecoder.decode(Recordings.of(name))).isInstanceOf(Decoded.Packet.class);
        return ((Decoded.Packet) PacketDecoder.decode(Recordings.of(name))).packet();
    }
}
