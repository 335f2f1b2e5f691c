package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Link;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sockets, and says in words why one cannot be. For the network's thread, in which each opens at once. */
final class SocketOpener {

    /** Room for a datagram: more than any client sends. One that fills it is taken for a longer one that was cut. */
    static final int DATAGRAM_MAX = 2048;

    /** Datagrams to one call of recvmmsg(2). */
    private static final int BATCH = 32;

    /** For some 5000 requests that come while the machine does something else. */
    private static final int RECEIVE_BUFFER_LENGTH = 4 << 20;

    /** Of replies that an interface is too slow for, in octets, more is not kept. */
    private static final WriteBufferWaterMark UNSENT_MAX = new WriteBufferWaterMark(1 << 20, 4 << 20);

    /** SO_BINDTODEVICE of socket(7): at the level SOL_SOCKET, a name of at most 15 characters and a zero. */
    private static final RawUnixChannelOption BIND_TO_DEVICE = new RawUnixChannelOption("SO_BINDTODEVICE", 1, 25, 16);

    /** A port that nobody sends from (RFC 863). */
    private static final int DISCARD_PORT = 9;

    private static final int EACCES = -13;
    private static final int EADDRINUSE = -98;
    private static final int EADDRNOTAVAIL = -99;

    private static final Logger LOG = LoggerFactory.getLogger(SocketOpener.class);

    private final EventLoop loop;
    private final Binding binding;
    private boolean receiveBufferChecked;

    SocketOpener(EventLoop loop, Binding binding) {
        this.loop = loop;
        this.binding = binding;
    }

    /** One that receives everything that comes in by an interface, and sends by it alone. */
    Channel onInterface(Link link, PacketHandler handler) throws NetworkException {
        InetSocketAddress any = Addresses.socket(Ipv4Address.UNSPECIFIED, binding.serverPort());
        return open("the interface " + link.name(), any, handler, channel -> {
            ByteBuf name = Unpooled.directBuffer(BIND_TO_DEVICE.length()).writeZero(BIND_TO_DEVICE.length());
            try {
                name.setCharSequence(0, link.name().text(), StandardCharsets.US_ASCII);
                ByteBuffer octets = name.nioBuffer(0, BIND_TO_DEVICE.length());
                channel.config().setOption(BIND_TO_DEVICE, octets);
            } finally {
                name.release();
            }
            receives(channel);
        });
    }

    /** One that sends from an address to anywhere, and receives nothing. */
    Channel sender(Link link, Ipv4Address address, PacketHandler handler) throws NetworkException {
        InetSocketAddress local = Addresses.socket(address, binding.serverPort());
        Channel opened = open(place(link, address), local, handler, channel -> {
            channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
            channel.config().setAutoRead(false);
        });
        try {
            succeeded(opened.connect(Addresses.socket(address, DISCARD_PORT)));
            return opened;
        } catch (Exception e) {
            ChannelFuture _ = opened.close();
            throw refused(place(link, address), e);
        }
    }

    /** One that receives what is sent to an address, and sends from it. */
    Channel onAddress(Link link, Ipv4Address address, PacketHandler handler) throws NetworkException {
        return open(place(link, address), Addresses.socket(address, binding.serverPort()), handler, this::receives);
    }

    private interface Configuration {
        void apply(EpollDatagramChannel channel) throws Exception;
    }

    private Channel open(String place, InetSocketAddress local, PacketHandler handler, Configuration configuration)
            throws NetworkException {
        EpollDatagramChannel channel = new EpollDatagramChannel(SocketProtocolFamily.INET);
        try {
            channel.config().setOption(ChannelOption.SO_BROADCAST, true);
            channel.config().setWriteBufferWaterMark(UNSENT_MAX);
            configuration.apply(channel);
            channel.pipeline().addLast(handler);
            succeeded(loop.register(channel));
            succeeded(channel.bind(local));
            return channel;
        } catch (Exception e) {
            channel.unsafe().closeForcibly();
            throw refused(place, e);
        }
    }

    private void receives(EpollDatagramChannel channel) {
        channel.config().setOption(EpollChannelOption.IP_RECVORIGDSTADDR, true);
        channel.config().setMaxDatagramPayloadSize(DATAGRAM_MAX);
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(BATCH * DATAGRAM_MAX));
        channel.config().setReceiveBufferSize(RECEIVE_BUFFER_LENGTH);
        // Linux counts its own records in: it doubles what it is asked for, and says so.
        int granted = channel.config().getReceiveBufferSize() / 2;
        if (granted < RECEIVE_BUFFER_LENGTH && !receiveBufferChecked) {
            LOG.info(
                    "Of {} octets for requests that wait, the system grants {}: sysctl net.core.rmem_max={} allows all",
                    RECEIVE_BUFFER_LENGTH,
                    granted,
                    RECEIVE_BUFFER_LENGTH);
        }
        receiveBufferChecked = true;
    }

    private static String place(Link link, Ipv4Address address) {
        return "the address " + address + " of the interface " + link.name();
    }

    /** In the loop's own thread, everything about a UDP socket is done when the call returns. */
    private static void succeeded(ChannelFuture future) throws Exception {
        if (future.cause() instanceof Exception e) {
            throw e;
        }
        if (!future.isSuccess()) {
            throw new IllegalStateException("not done in the network's thread: " + future);
        }
    }

    private NetworkException refused(String place, Exception cause) {
        String what = "UDP port " + binding.serverPort() + " of " + place;
        if (cause instanceof ChannelException) {
            // Of an option; its number is not told.
            return new NetworkException(
                    what + ": there is no such interface any more, or the capability NET_RAW is missing: "
                            + cause.getMessage(),
                    cause);
        }
        return new NetworkException(
                switch (error(cause)) {
                    case EADDRINUSE ->
                        what + " is taken by another program, most likely a DHCP server or relay: stop it (ss -lunp"
                                + " shows which it is), or do not serve this interface";
                    case EACCES -> what + " needs the capability NET_BIND_SERVICE, or root";
                    case EADDRNOTAVAIL -> what + ": the interface does not have this address any more";
                    default -> what + " cannot be opened: " + cause.getMessage();
                },
                cause);
    }

    private static int error(@Nullable Throwable cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof Errors.NativeIoException known) {
                return known.expectedErr();
            }
        }
        return 0;
    }
}
