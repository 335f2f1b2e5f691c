package io.dhcpfailover.node.manage.api;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.ScheduledFuture;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Who is slow or many takes nothing from others: a connection that has begun to ask has to have asked all of it within a
 * time, and there are only so many connections.
 */
@Singleton
final class ConnectionLimits implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    private final ManagementServer.Limits limits;
    private final AtomicInteger connections = new AtomicInteger();

    ConnectionLimits(ManagementServer.Options options) {
        this.limits = options.limits();
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new Customizer(null));
        return event.getBean();
    }

    private final class Customizer implements NettyServerCustomizer {

        private final @Nullable Channel connection;

        Customizer(@Nullable Channel connection) {
            this.connection = connection;
        }

        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return role == ChannelRole.CONNECTION ? new Customizer(channel) : this;
        }

        @Override
        public void onInitialPipelineBuilt() {
            Channel channel = connection;
            if (channel == null) {
                return;
            }
            if (connections.incrementAndGet() > limits.connections()) {
                var _ = channel.close();
            }
            var _ = channel.closeFuture().addListener(closed -> connections.decrementAndGet());
            channel.pipeline().addFirst(new Deadline(limits.request()));
        }
    }

    /** Closes a connection that has said something, and to which nothing was said for too long since. */
    static final class Deadline extends ChannelDuplexHandler {

        private final Duration after;
        private @Nullable ScheduledFuture<?> timer;

        Deadline(Duration after) {
            this.after = after;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (timer == null) {
                timer = context.executor()
                        .schedule(
                                () -> {
                                    var _ = context.close();
                                },
                                after.toMillis(),
                                TimeUnit.MILLISECONDS);
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            stop();
            var _ = context.write(message, promise);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            stop();
        }

        private void stop() {
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
        }
    }
}
