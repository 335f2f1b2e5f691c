package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.engine.Destination;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.network.Counters.Kind;
import io.dhcpfailover.node.wire.PacketEncoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DatagramPacket;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends replies to where they go, many in one call of the system. For the network's thread. */
final class ReplyWriter {

    /** Replies that are written before they are flushed: enough for calls that send many, and a bound to memory. */
    private static final int BATCH = 256;

    /** Everyone, on the interface of loopback (RFC 1122, section 3.2.1.3, g). */
    private static final Ipv4Address EVERYONE_ON_LOOPBACK = Ipv4Address.parse("127.255.255.255");

    private static final Logger LOG = LoggerFactory.getLogger(ReplyWriter.class);

    private final OpenSockets sockets;
    private final Binding binding;
    private final @Nullable LinkSender frames;
    private final Counters counters;
    private final Set<Channel> written = new HashSet<>();
    private final SparseLog log = new SparseLog(LOG);
    private boolean toldOfHardware;

    ReplyWriter(OpenSockets sockets, Binding binding, @Nullable LinkSender frames, Counters counters) {
        this.sockets = sockets;
        this.binding = binding;
        this.frames = frames;
        this.counters = counters;
    }

    /** Sends all that is in the queue. */
    void write(Queue<Reply> replies) {
        Reply reply = replies.poll();
        while (reply != null) {
            for (int i = 0; i < BATCH && reply != null; i++) {
                try {
                    write(reply);
                } catch (RuntimeException e) {
                    counters.add(Kind.FAILED);
                    log.warn("A reply to " + reply.destination() + " could not be written", e);
                }
                reply = replies.poll();
            }
            flush();
        }
    }

    private void write(Reply reply) {
        byte[] octets = PacketEncoder.encode(reply.packet(), reply.lengthMax());
        switch (reply.destination()) {
            case Destination.Unicast(Ipv4Address address, int port) ->
                write(sockets.bySource(reply.source()), address, binding.port(port), octets);
            case Destination.Broadcast(int link) -> broadcast(link, octets);
            case Destination.Hardware hardware -> hardware(reply.source(), hardware, octets);
        }
    }

    private void broadcast(int link, byte[] octets) {
        Ipv4Address everyone = binding.byInterface() ? Ipv4Address.BROADCAST : EVERYONE_ON_LOOPBACK;
        write(sockets.byLink(link), everyone, binding.clientPort(), octets);
    }

    private void hardware(Ipv4Address source, Destination.Hardware destination, byte[] octets) {
        MacAddress mac = destination.hardware().mac();
        if (frames == null || mac == null || octets.length > frames.payloadMax()) {
            if (frames != null && mac == null && !toldOfHardware) {
                toldOfHardware = true;
                LOG.info(
                        "The client {} has no Ethernet address: it and others like it are answered by broadcast",
                        destination.hardware());
            }
            counters.add(Kind.BROADCAST_INSTEAD);
            broadcast(destination.link(), octets);
        } else if (sockets.byLink(destination.link()) == null) {
            counters.add(Kind.UNSENT);
        } else {
            frames.send(
                    destination.link(),
                    mac,
                    new Endpoint(source, binding.serverPort()),
                    new Endpoint(destination.address(), binding.clientPort()),
                    octets);
            counters.add(Kind.SENT);
        }
    }

    private void write(@Nullable Channel channel, Ipv4Address address, int port, byte[] octets) {
        if (channel == null || !channel.isWritable()) {
            counters.add(Kind.UNSENT);
            return;
        }
        // Failures come to the handler of the channel.
        ChannelFuture _ = channel.write(
                new DatagramPacket(
                        channel.alloc().directBuffer(octets.length).writeBytes(octets),
                        Addresses.socket(address, port)),
                channel.voidPromise());
        written.add(channel);
        counters.add(Kind.SENT);
    }

    private void flush() {
        written.forEach(Channel::flush);
        written.clear();
        if (frames != null) {
            counters.add(Kind.UNSENT, frames.flush());
        }
    }

    void close() {
        if (frames != null) {
            frames.close();
        }
    }
}
