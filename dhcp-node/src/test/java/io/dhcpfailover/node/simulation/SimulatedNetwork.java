package io.dhcpfailover.node.simulation;

import io.dhcpfailover.node.wire.Decoded;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.PacketDecoder;
import io.dhcpfailover.node.wire.PacketEncoder;
import java.util.function.Consumer;

/** Loses, repeats, delays and so reorders packets, which are octets while they are on the way. */
final class SimulatedNetwork {

    private static final int LENGTH_MAX = 1472;

    private final World world;
    private int lossPercent = 15;
    private int delayMax = 2000;

    SimulatedNetwork(World world) {
        this.world = world;
    }

    /** From now on nothing is lost and all is quick. */
    void heal() {
        lossPercent = 0;
        delayMax = 5;
    }

    void send(DhcpPacket packet, Consumer<DhcpPacket> receiver) {
        byte[] octets = PacketEncoder.encode(packet, LENGTH_MAX);
        int copies = world.random().nextInt(100) < lossPercent ? 0 : lossPercent > 0 && world.oneOf(20) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            // Most are quick; a few are very late.
            int bound = world.oneOf(5) ? delayMax : Math.min(delayMax, 20);
            world.after(1 + world.random().nextInt(bound), () -> {
                if (PacketDecoder.decode(octets) instanceof Decoded.Packet decoded) {
                    receiver.accept(decoded.packet());
                }
            });
        }
    }
}
