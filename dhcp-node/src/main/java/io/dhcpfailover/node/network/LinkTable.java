package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.Octets;
import io.dhcpfailover.node.failover.session.Agreement;
import io.dhcpfailover.node.failover.session.Ending;
import io.dhcpfailover.node.failover.session.Ending.Cause;
import io.dhcpfailover.node.failover.session.Moment;
import io.dhcpfailover.node.failover.session.Relationships;
import io.dhcpfailover.node.failover.session.Session;
import io.dhcpfailover.node.failover.session.Terms;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links of all relationships. For the network's thread.
 *
 * <p>Both servers dial, and either connection will do. Which one becomes the link, the primary decides, since it sends
 * the CONNECT: on the first connection that is there, and on no other until that one has failed. The secondary takes
 * any CONNECT while it has no session, and refuses all while it has one, so a session is never given up for another.
 */
final class LinkTable implements LinkChannel.Owner {

    /** Connections that one relationship needs of its partner: the one that works, and one that takes its place. */
    private static final int ACCEPTED_MAX = 2;

    /** Where the partner may be the one to send CONNECT, it has this long before this server does, in milliseconds. */
    private static final long CONNECT_AFTER_MILLIS = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(PartnerLinks.class);

    private final LinkSockets sockets;
    private final Supplier<Moment> clock;
    private final Supplier<Octets> nonces;
    private final PartnerReceiver receiver;
    private final LinkCounters counters;
    private final LinkListener listener;
    private final Map<String, PartnerLink> links = new LinkedHashMap<>();
    private final Map<LinkChannel, Long> channels = new LinkedHashMap<>();
    private final RepeatedLog strangers = new RepeatedLog();
    private final RepeatedLog handshakes = new RepeatedLog();
    private PartnerPlan plan = PartnerPlan.NONE;
    private long sessions;

    LinkTable(
            LinkSockets sockets,
            Supplier<Moment> clock,
            Supplier<Octets> nonces,
            PartnerReceiver receiver,
            LinkCounters counters) {
        this.sockets = sockets;
        this.clock = clock;
        this.nonces = nonces;
        this.receiver = receiver;
        this.counters = counters;
        this.listener = new LinkListener(sockets, this::accepted);
    }

    void configure(PartnerPlan next) {
        Moment now = clock.get();
        plan = next;
        Set<String> kept = new LinkedHashSet<>();
        next.partners().forEach(partner -> kept.add(partner.terms().name()));
        for (String name : List.copyOf(links.keySet())) {
            PartnerLink link = links.get(name);
            if (link != null && !kept.contains(name)) {
                end(link, Cause.STOPPED, "this server takes no part in the relationship any more", now);
                links.remove(name);
            }
        }
        for (PartnerPlan.Partner partner : next.partners()) {
            PartnerLink link = links.get(partner.terms().name());
            if (link == null) {
                links.put(partner.terms().name(), new PartnerLink(partner, now));
            } else if (!link.partner().equals(partner)) {
                change(link, partner, now);
            }
        }
        listener.listen(links.isEmpty() ? null : next, now);
        tick();
    }

    private void change(PartnerLink link, PartnerPlan.Partner next, Moment now) {
        boolean moved = !link.partner().address().equals(next.address())
                || link.partner().port() != next.port();
        link.setPartner(next);
        if (moved) {
            end(link, Cause.RENEWED, "its address is now " + next.address(), now);
        } else {
            for (LinkChannel channel : channelsOf(link)) {
                Session session = channel.session();
                if (session != null) {
                    session.use(next.terms(), now);
                }
            }
        }
    }

    private static List<LinkChannel> channelsOf(PartnerLink link) {
        List<LinkChannel> channels = new ArrayList<>();
        if (link.up() != null) {
            channels.add(link.up());
        }
        if (link.trying() != null) {
            channels.add(link.trying());
        }
        return channels;
    }

    private static void end(PartnerLink link, Cause cause, String text, Moment now) {
        for (LinkChannel channel : channelsOf(link)) {
            Session session = channel.session();
            if (session != null) {
                session.close(cause, text, now);
            }
        }
    }

    /** To be called several times within a contact interval. */
    void tick() {
        Moment now = clock.get();
        List.copyOf(channels.keySet()).forEach(LinkChannel::tick);
        for (LinkChannel channel : List.copyOf(channels.keySet())) {
            connectInstead(channel, now);
        }
        for (PartnerLink link : links.values()) {
            if (link.isToBeDialed(now)) {
                dial(link);
            }
        }
        listener.retry(now);
    }

    private void dial(PartnerLink link) {
        PartnerPlan.Partner partner = link.partner();
        link.setDialing(true);
        sockets.dial(plan.address(), partner.address(), partner.port(), new LinkSockets.Dialed() {
            @Override
            public void connected(Channel channel) {
                link.setDialing(false);
                dialed(link, partner, channel);
            }

            @Override
            public void failed(String reason) {
                link.setDialing(false);
                report(link, new Ending(null, false, Cause.LOST, reason, 0));
            }
        });
    }

    private void dialed(PartnerLink link, PartnerPlan.Partner partner, Channel channel) {
        boolean wanted = links.containsValue(link) && link.partner().equals(partner) && link.isIdle();
        if (!wanted) {
            ChannelFuture _ = channel.close();
            return;
        }
        LinkChannel opened = open(channel, partner.address(), false);
        if (link.isPrimary()) {
            connect(opened, link);
        } else {
            link.setTrying(opened);
            await(opened);
        }
    }

    private void accepted(Channel channel) {
        Ipv4Address address = LinkSockets.partner(channel);
        List<PartnerLink> possible = links.values().stream()
                .filter(link -> link.partner().address().equals(address))
                .toList();
        if (address == null || possible.isEmpty()) {
            refuse(channel, LinkCounters.Kind.STRANGERS, address + " is no partner's address");
            return;
        }
        long open = channels.keySet().stream()
                .filter(each ->
                        each.isAccepted() && !each.isUp() && each.partner().equals(address))
                .count();
        if (open >= (long) ACCEPTED_MAX * possible.size()) {
            refuse(channel, LinkCounters.Kind.TOO_MANY, address + " has " + open + " connections without a session");
            return;
        }
        if (possible.stream().allMatch(PartnerLink::isPrimary)) {
            PartnerLink idle = idlePrimary(address);
            if (idle == null) {
                ChannelFuture _ = channel.close();
            } else {
                connect(open(channel, address, true), idle);
            }
        } else {
            await(open(channel, address, true));
        }
    }

    private void refuse(Channel channel, LinkCounters.Kind kind, String why) {
        counters.add(kind);
        if (strangers.isNews(why, clock.get())) {
            LOG.warn("A connection to the failover port is closed: {}", why);
        }
        ChannelFuture _ = channel.close();
    }

    private @Nullable PartnerLink idlePrimary(Ipv4Address address) {
        return links.values().stream()
                .filter(link -> link.isPrimary()
                        && link.isIdle()
                        && link.partner().address().equals(address))
                .findFirst()
                .orElse(null);
    }

    private LinkChannel open(Channel channel, Ipv4Address address, boolean accepted) {
        LinkChannel link = new LinkChannel(channel, address, accepted, clock, this);
        channels.put(link, clock.get().ticks());
        channel.pipeline().addLast(link);
        link.closed().addListener(_ -> channels.remove(link));
        return link;
    }

    private void connect(LinkChannel channel, PartnerLink link) {
        link.setTrying(channel);
        channel.begin((now, session) -> Session.connecting(link.partner().terms(), nonces.get(), now, session));
        channel.flush();
    }

    private void await(LinkChannel channel) {
        channel.begin((now, session) -> Session.accepting(awaited(channel.partner()), nonces.get(), now, session));
        channel.flush();
    }

    private Relationships awaited(Ipv4Address address) {
        return new Relationships() {
            @Override
            public List<Terms> awaited() {
                return links.values().stream()
                        .filter(link ->
                                !link.isPrimary() && link.partner().address().equals(address))
                        .map(link -> link.partner().terms())
                        .toList();
            }

            @Override
            public boolean isLinked(String relationship) {
                PartnerLink link = links.get(relationship);
                return link == null || link.up() != null;
            }
        };
    }

    /** A partner that dialed and says nothing may be the secondary of another relationship. */
    private void connectInstead(LinkChannel channel, Moment now) {
        Long since = channels.get(channel);
        boolean quiet = since != null
                && channel.isAccepted()
                && !channel.hasHeard()
                && channel.relationship() == null
                && now.ticks() - since >= CONNECT_AFTER_MILLIS;
        PartnerLink idle = quiet ? idlePrimary(channel.partner()) : null;
        if (idle != null) {
            connect(channel, idle);
        }
    }

    @Override
    public void began(LinkChannel channel, Agreement agreement) {
        PartnerLink link = links.get(agreement.relationship());
        Session session = channel.session();
        if (link == null || link.up() != null) {
            if (session != null) {
                session.close(Cause.DUPLICATE, "there is a session of the relationship already", clock.get());
            }
            return;
        }
        link.began(channel, ++sessions, clock.get());
        counters.add(LinkCounters.Kind.SESSIONS);
        LOG.info(
                "relationship {}: a session with {} has begun; its clock is {} s ahead",
                agreement.relationship(),
                channel.partner(),
                agreement.skewSeconds());
        for (String warning : agreement.warnings()) {
            LOG.warn("relationship {}: {}", agreement.relationship(), warning);
        }
        receiver.began(agreement.relationship(), link.session(), agreement);
        LinkChannel other = link.trying();
        if (other != null && other.session() != null) {
            other.session().close(Cause.DUPLICATE, "another connection has become the session", clock.get());
        }
    }

    @Override
    public void heard(LinkChannel channel, Message message) {
        PartnerLink link = linkOf(channel);
        if (link != null && channel.equals(link.up())) {
            counters.add(LinkCounters.Kind.HEARD);
            receiver.heard(link.partner().terms().name(), link.session(), message, channel::taken);
        } else {
            channel.taken();
        }
    }

    @Override
    public void ended(LinkChannel channel, Ending ending) {
        counters.add(ending.cause());
        PartnerLink link = linkOf(channel);
        if (link == null) {
            failed(channel, ending);
            if (handshakes.isNews(ending.text(), clock.get())) {
                String name = ending.relationship() == null ? "" : "relationship " + ending.relationship() + ": ";
                say(
                        ending.cause(),
                        name + "a connection of " + channel.partner() + " came to nothing: " + ending.text());
            }
        } else if (channel.equals(link.up())) {
            String name = link.partner().terms().name();
            link.ended(ending.cause(), clock.get());
            LOG.warn("relationship {}: the session with {} is over: {}", name, channel.partner(), ending.text());
            receiver.ended(name, link.session(), ending);
        } else {
            link.setTrying(null);
            report(link, ending);
        }
    }

    /** Who did not get as far as to say which relationship it wants is taken for every one that has its address. */
    private void failed(LinkChannel channel, Ending ending) {
        for (PartnerLink link : links.values()) {
            String name = link.partner().terms().name();
            boolean meant = ending.relationship() == null
                    ? link.partner().address().equals(channel.partner())
                    : name.equals(ending.relationship());
            if (meant && link.up() == null) {
                receiver.failed(name, ending);
            }
        }
    }

    private @Nullable PartnerLink linkOf(LinkChannel channel) {
        return links.values().stream()
                .filter(link -> channel.equals(link.up()) || channel.equals(link.trying()))
                .findAny()
                .orElse(null);
    }

    private void report(PartnerLink link, Ending ending) {
        Moment now = clock.get();
        link.failed(ending.cause(), now);
        if (link.up() == null) {
            receiver.failed(link.partner().terms().name(), ending);
        }
        if (link.up() != null || !link.isNews(ending.text(), now)) {
            return;
        }
        say(
                ending.cause(),
                "relationship " + link.partner().terms().name() + ": no session with "
                        + link.partner().address() + " yet: " + ending.text());
    }

    private static void say(Cause cause, String text) {
        switch (cause) {
            case CLOCKS -> LOG.error("CRITICAL: {}", text);
            // Of two connections at once, one comes to nothing.
            case DUPLICATE, RENEWED, STOPPED -> LOG.debug("{}", text);
            case CLOSED, LOST, LATE -> LOG.info("{}", text);
            case SILENT, NOT_AUTHENTIC, BROKEN, REFUSED -> LOG.warn("{}", text);
        }
    }

    /** Sends a message where the session of this number still is; flushed by {@link #flush}. */
    void send(String relationship, long session, Message message) {
        PartnerLink link = links.get(relationship);
        LinkChannel channel = link != null && link.session() == session ? link.up() : null;
        if (channel == null) {
            counters.add(LinkCounters.Kind.UNSENT);
            return;
        }
        counters.add(LinkCounters.Kind.SENT);
        try {
            channel.transmit(message);
        } catch (RuntimeException e) {
            // A mistake of this server: the other one must not miss a message and go on.
            LOG.error("relationship {}: a message cannot be sent", relationship, e);
            drop(relationship, session, "a message could not be sent: " + e.getMessage());
        }
    }

    void flush() {
        links.values().forEach(link -> {
            LinkChannel channel = link.up();
            if (channel != null) {
                channel.flush();
            }
        });
    }

    void drop(String relationship, long session, String reason) {
        PartnerLink link = links.get(relationship);
        LinkChannel channel = link != null && link.session() == session ? link.up() : null;
        if (channel != null && channel.session() != null) {
            channel.session().drop(reason, clock.get());
        }
    }

    /** Ends all sessions; the connections that are still to be closed. */
    List<ChannelFuture> close() {
        Moment now = clock.get();
        links.values().forEach(link -> end(link, Cause.STOPPED, "the server stops", now));
        links.clear();
        listener.listen(null, now);
        List<ChannelFuture> closing = new ArrayList<>();
        for (LinkChannel channel : List.copyOf(channels.keySet())) {
            channel.close();
            closing.add(channel.closed());
        }
        return closing;
    }
}
