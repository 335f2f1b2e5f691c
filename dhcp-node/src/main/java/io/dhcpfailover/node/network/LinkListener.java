package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.session.Moment;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket on which partners are heard, opened again and again where it cannot be. For the network's thread. */
final class LinkListener {

    private static final long RETRY_MILLIS = 2000;

    private static final Logger LOG = LoggerFactory.getLogger(PartnerLinks.class);

    /** Where to listen. */
    private record Place(@Nullable Ipv4Address address, int port) {}

    private final LinkSockets sockets;
    private final Consumer<Channel> accepted;
    private final RepeatedLog log = new RepeatedLog();
    private @Nullable Place wanted;
    private @Nullable Channel open;
    private boolean opening;
    private long retryAt;

    LinkListener(LinkSockets sockets, Consumer<Channel> accepted) {
        this.sockets = sockets;
        this.accepted = accepted;
    }

    /** Listens there from now on; null to stop. */
    void listen(@Nullable PartnerPlan plan, Moment now) {
        Place place = plan == null ? null : new Place(plan.address(), plan.port());
        if (Objects.equals(place, wanted)) {
            return;
        }
        wanted = place;
        if (open != null) {
            ChannelFuture _ = open.close();
            open = null;
        }
        log.forget();
        retryAt = now.ticks();
        retry(now);
    }

    void retry(Moment now) {
        Place place = wanted;
        if (place == null || open != null || opening || now.ticks() < retryAt) {
            return;
        }
        opening = true;
        retryAt = now.ticks() + RETRY_MILLIS;
        sockets.listen(place.address, place.port, accepted, (channel, failure) -> {
            opening = false;
            if (channel == null) {
                if (log.isNews(String.valueOf(failure), now)) {
                    LOG.error("Partners cannot reach this server: {}", failure);
                }
            } else if (place.equals(wanted) && open == null) {
                open = channel;
                LOG.info("Partners are heard on {}", channel.localAddress());
            } else {
                ChannelFuture _ = channel.close();
            }
        });
    }
}
