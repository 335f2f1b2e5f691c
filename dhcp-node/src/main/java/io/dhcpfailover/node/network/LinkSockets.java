package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Errors;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens TCP sockets for links. For the network's thread. */
final class LinkSockets {

    /** A partner that does not even answer a SYN by then is not there now. */
    private static final int CONNECT_MILLIS = 3000;

    /** Connections that wait to be looked at: two of each partner, and the rest is not for us. */
    private static final int BACKLOG = 64;

    private static final int EACCES = -13;
    private static final int EADDRINUSE = -98;
    private static final int EADDRNOTAVAIL = -99;

    private final EventLoop loop;

    LinkSockets(EventLoop loop) {
        this.loop = loop;
    }

    /** Where a dialed connection ends. */
    interface Dialed {

        void connected(Channel channel);

        void failed(String reason);
    }

    /**
     * Listens.
     *
     * @param accepted is given each connection; what it does not want it closes
     * @param opened is given the socket, or null and why there is none
     */
    void listen(@Nullable Ipv4Address address, int port, Consumer<Channel> accepted, Opened opened) {
        InetSocketAddress local = Addresses.socket(address == null ? Ipv4Address.UNSPECIFIED : address, port);
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, LinkChannel.UNSENT)
                .childHandler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public boolean isSharable() {
                        return true;
                    }

                    @Override
                    public void channelActive(ChannelHandlerContext context) {
                        accepted.accept(context.channel());
                    }
                })
                .bind(local);
        bound.addListener((ChannelFutureListener) future -> {
            if (future.isSuccess()) {
                opened.opened(future.channel(), null);
            } else {
                opened.opened(null, reason(local, future.cause()));
            }
        });
    }

    /** What became of {@link #listen}. */
    interface Opened {
        void opened(@Nullable Channel channel, @Nullable String failure);
    }

    /** Dials a partner. */
    void dial(@Nullable Ipv4Address from, Ipv4Address to, int port, Dialed dialed) {
        SocketAddress local = from == null ? null : Addresses.socket(from, 0);
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, LinkChannel.UNSENT)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(Addresses.socket(to, port), local);
        connecting.addListener((ChannelFutureListener) future -> {
            if (future.isSuccess()) {
                dialed.connected(future.channel());
            } else {
                dialed.failed("it cannot be reached: " + future.cause().getMessage());
            }
        });
    }

    /** The address at the other end; null where it is gone. */
    static @Nullable Ipv4Address partner(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress remote ? Addresses.of(remote.getAddress()) : null;
    }

    private static String reason(InetSocketAddress local, Throwable cause) {
        String what = "TCP port " + local.getPort() + " of "
                + (local.getAddress().isAnyLocalAddress()
                        ? "this host"
                        : local.getAddress().getHostAddress());
        int error = cause instanceof Errors.NativeIoException known ? known.expectedErr() : 0;
        return switch (error) {
            case EADDRINUSE ->
                what
                        + " is taken by another program, such as another DHCP server with failover: stop it (ss -ltnp shows"
                        + " which it is), or give this server another failoverAddress or failoverPort";
            case EACCES -> what + " needs the capability NET_BIND_SERVICE, or root";
            case EADDRNOTAVAIL -> what + ": this host does not have the address; is failoverAddress right?";
            default -> what + " cannot be opened: " + cause.getMessage();
        };
    }
}
