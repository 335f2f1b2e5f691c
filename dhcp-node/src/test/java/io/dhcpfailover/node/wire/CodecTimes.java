package io.dhcpfailover.node.wire;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What reading and writing a packet costs, in nanoseconds and octets of heap. No test: to be run by hand, with the test
 * classpath.
 */
final class CodecTimes {

    private static final int ROUNDS = 8;
    private static final int COUNT = 500_000;

    private CodecTimes() {}

    /** Prints one line for each packet and direction; the last round counts. */
    public static void main(String[] arguments) {
        for (String name : new String[] {"dhclient: discover", "dhclient: ack"}) {
            byte[] octets = Recordings.of(name);
            DhcpPacket packet = ((Decoded.Packet) PacketDecoder.decode(octets)).packet();
            byte[] target = new byte[PacketDecoder.LENGTH_MAX];
            measure(name + ", read", () -> PacketDecoder.decode(octets) instanceof Decoded.Packet ? 1 : 0, 0);
            measure(name + ", written", () -> PacketEncoder.encode(packet, 548).length, 0);
            measure(name + ", written into a buffer", () -> PacketEncoder.encode(packet, target, 548), 0);
        }
    }

    private interface Work {
        int run();
    }

    private static void measure(String what, Work work, int start) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int sum = start;
        for (int round = 1; round <= ROUNDS; round++) {
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long time = System.nanoTime();
            for (int i = 0; i < COUNT; i++) {
                sum += work.run();
            }
            time = System.nanoTime() - time;
            allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
            if (round == ROUNDS) {
                System.out.printf("%s: %d ns, %d octets (%d)%n", what, time / COUNT, allocated / COUNT, sum);
            }
        }
    }
}
