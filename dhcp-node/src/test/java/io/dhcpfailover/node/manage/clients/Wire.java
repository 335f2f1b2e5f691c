package io.dhcpfailover.node.manage.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import io.dhcpfailover.node.wire.Decoded;
import io.dhcpfailover.node.wire.PacketDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Everything that is said on a link: the file that tcpdump writes, which is read while it grows. */
final class Wire {

    /** Of files in the order of octets of the machine, with microseconds (pcap-savefile(5)). */
    private static final int MAGIC = 0xA1B2C3D4;

    private static final int FILE_HEADER_LENGTH = 24;
    private static final int RECORD_HEADER_LENGTH = 16;

    /** Of a frame: Ethernet, and IP without options. */
    private static final int IP = 14;

    private static final int UDP = IP + 20;
    private static final int PAYLOAD = UDP + 8;

    private final Path file;

    private Wire(Path file) {
        this.file = file;
    }

    /** Listens on a bridge, which sees all that its ports say to each other. */
    static Wire listen(Namespaces namespaces, String bridge, Path folder) throws IOException {
        Path file = folder.resolve(bridge + ".pcap");
        Path log = folder.resolve(bridge + ".tcpdump.log");
        // As root, since the folder is root's; -U writes each packet at once.
        namespaces.start(
                Host.SWITCH,
                log,
                "tcpdump",
                "-Z",
                "root",
                "-U",
                "-n",
                "-i",
                bridge,
                "-w",
                file.toString(),
                "udp port 67 or udp port 68");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(log).content().contains("listening on"));
        return new Wire(file);
    }

    /** Everything so far. */
    List<Message> said() throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        List<Message> messages = new ArrayList<>();
        if (octets.remaining() < FILE_HEADER_LENGTH) {
            return messages;
        }
        assertThat(octets.getInt(0)).isEqualTo(MAGIC);
        octets.position(FILE_HEADER_LENGTH);
        while (octets.remaining() >= RECORD_HEADER_LENGTH) {
            Duration time = Duration.ofSeconds(octets.getInt()).plus(Duration.ofNanos(octets.getInt() * 1000L));
            byte[] frame = new byte[octets.getInt()];
            octets.getInt();
            if (octets.remaining() < frame.length) {
                break;
            }
            octets.get(frame);
            messages.add(message(time, ByteBuffer.wrap(frame)));
        }
        return messages;
    }

    private static Message message(Duration time, ByteBuffer frame) {
        byte[] payload = new byte[frame.getShort(UDP + 4) - (PAYLOAD - UDP)];
        frame.get(PAYLOAD, payload);
        return switch (PacketDecoder.decode(payload)) {
            case Decoded.Packet packet ->
                new Message(
                        time,
                        new Ipv4Address(frame.getInt(IP + 12)),
                        new Ipv4Address(frame.getInt(IP + 16)),
                        packet.packet());
            case Decoded.Refused refused -> throw new AssertionError("a packet that nobody understands: " + refused);
        };
    }
}
