package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.session.Agreement;
import io.dhcpfailover.node.failover.session.Ending;
import io.dhcpfailover.node.failover.session.Moment;
import io.dhcpfailover.node.failover.session.Session;
import io.dhcpfailover.node.failover.session.SessionListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection with a partner, and its session. For the network's thread, but for {@link #taken}. It reads no
 * more while the engine has enough of the partner's messages, or while the partner does not take what is sent to it: so
 * neither a fast nor a slow partner costs more memory than that, and one that stays so is taken for silent.
 */
final class LinkChannel extends ChannelInboundHandlerAdapter implements SessionListener {

    /** Octets that may wait for a partner to take them: several batches and the answers to as many. */
    static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(256 << 10, 1 << 20);

    /** Beyond this, in octets, what waits is not worth keeping: the partner takes nothing any more. */
    private static final long UNSENT_MAX = 8 << 20;

    /** Messages that may wait for the engine. */
    static final int WAITING_MAX = 64;

    /** Who keeps the links. */
    interface Owner {

        /** A session has begun; false where it must not, because another has. */
        void began(LinkChannel link, Agreement agreement);

        void heard(LinkChannel link, Message message);

        void ended(LinkChannel link, Ending ending);
    }

    private final Channel channel;
    private final Ipv4Address partner;
    private final boolean accepted;
    private final Supplier<Moment> clock;
    private final Owner owner;
    private @Nullable Session session;
    private boolean anythingCame;
    private int waiting;

    /**
     * A connection that is there.
     *
     * @param partner the address at the other end
     * @param accepted whether the partner dialed
     */
    LinkChannel(Channel channel, Ipv4Address partner, boolean accepted, Supplier<Moment> clock, Owner owner) {
        this.channel = channel;
        this.partner = partner;
        this.accepted = accepted;
        this.clock = clock;
        this.owner = owner;
    }

    /** What begins a session, once this is there to hear of it. */
    interface Beginning {
        Session begin(Moment now, SessionListener listener);
    }

    /** Begins a session in place of any before. */
    void begin(Beginning beginning) {
        session = beginning.begin(clock.get(), this);
        channel.flush();
    }

    Ipv4Address partner() {
        return partner;
    }

    boolean isAccepted() {
        return accepted;
    }

    /** Whether octets have come; from then on its session is the one that they are for. */
    boolean hasHeard() {
        return anythingCame;
    }

    @Nullable String relationship() {
        return session == null ? null : session.relationship();
    }

    boolean isUp() {
        return session != null && session.isUp();
    }

    @Nullable Session session() {
        return session;
    }

    Moment now() {
        return clock.get();
    }

    /** Sends a message of the engine; flushed by {@link #flush}. */
    void transmit(Message message) {
        if (session != null) {
            session.send(message, clock.get());
        }
    }

    void flush() {
        channel.flush();
        readOrNot();
    }

    void tick() {
        if (session == null) {
            return;
        }
        Moment now = clock.get();
        if (unsent() > UNSENT_MAX) {
            session.drop("the partner does not take what is sent to it: " + unsent() + " octets wait", now);
        } else {
            session.tick(now);
        }
        channel.flush();
    }

    private long unsent() {
        return channel.unsafe().outboundBuffer() == null
                ? 0
                : channel.unsafe().outboundBuffer().totalPendingWriteBytes();
    }

    /** The engine has worked on one of the messages that {@link Owner#heard} was called with. */
    void taken() {
        try {
            channel.eventLoop().execute(() -> {
                waiting--;
                readOrNot();
            });
        } catch (RejectedExecutionException e) {
            // The server ends.
        }
    }

    private void readOrNot() {
        boolean read = waiting < WAITING_MAX && channel.isWritable();
        if (channel.config().isAutoRead() != read) {
            channel.config().setAutoRead(read);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf octets = (ByteBuf) message;
        try {
            anythingCame = true;
            if (session != null) {
                for (ByteBuffer part : octets.nioBuffers()) {
                    session.received(part, clock.get());
                }
            }
        } finally {
            octets.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        channel.flush();
        readOrNot();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        readOrNot();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        disconnected(Ending.Cause.CLOSED, "the partner closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        disconnected(Ending.Cause.LOST, "the connection broke: " + cause);
        ChannelFuture _ = channel.close();
    }

    private void disconnected(Ending.Cause cause, String text) {
        if (session != null) {
            session.disconnected(cause, text, clock.get());
        }
    }

    @Override
    public void send(byte[] frame) {
        ChannelFuture _ = channel.write(Unpooled.wrappedBuffer(frame));
    }

    @Override
    public void began(Agreement agreement) {
        owner.began(this, agreement);
    }

    @Override
    public void heard(Message message) {
        waiting++;
        owner.heard(this, message);
    }

    @Override
    public void ended(Ending ending) {
        close();
        owner.ended(this, ending);
    }

    /** Closes the connection after what was sent. */
    void close() {
        ChannelFuture _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** When the connection is closed. */
    ChannelFuture closed() {
        return channel.closeFuture();
    }
}
