package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Link;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sockets are open. For the network's thread.
 *
 * <p>Two kinds serve an interface. The one that is bound to it receives: what was sent to everyone as well as what was
 * sent to the server, and it alone knows by which interface that came. Whatever it sends leaves by that interface,
 * which is right for everyone on the link only. So for each address of the server a second one sends, which is
 * bound to that address and goes where routing says. It would take the packets that are sent to its address from the
 * first, since Linux prefers the socket bound to an address; connected to something that never sends, it gets none.
 */
final class OpenSockets {

    private static final Logger LOG = LoggerFactory.getLogger(OpenSockets.class);

    private final SocketOpener opener;
    private final Binding binding;
    private final Receiver receiver;
    private final Counters counters;
    private final Map<Integer, Link> links = new HashMap<>();
    private final Map<Integer, Channel> byLink = new HashMap<>();
    private final Map<Ipv4Address, Channel> byAddress = new HashMap<>();
    private final Set<Ipv4Address> withoutSender = new HashSet<>();

    OpenSockets(EventLoop loop, Binding binding, Receiver receiver, Counters counters) {
        this.opener = new SocketOpener(loop, binding);
        this.binding = binding;
        this.receiver = receiver;
        this.counters = counters;
    }

    List<ClientSockets.Unserved> serve(Collection<Link> wanted) {
        Map<Integer, Link> before = Map.copyOf(links);
        links.clear();
        wanted.forEach(link -> links.put(link.index(), link));
        byLink.entrySet().removeIf(open -> {
            Link now = links.get(open.getKey());
            Link was = before.get(open.getKey());
            // An index can come back with another name, which is another interface.
            boolean gone = now == null || was == null || !now.name().equals(was.name());
            return gone && closed(open.getValue());
        });
        return binding.byInterface() ? serveInterfaces() : serveAddresses();
    }

    private List<ClientSockets.Unserved> serveInterfaces() {
        List<ClientSockets.Unserved> unserved = new ArrayList<>();
        List<Link> missing = links.values().stream()
                .filter(link -> !byLink.containsKey(link.index()))
                .toList();
        if (!missing.isEmpty()) {
            // A socket is bound to its interface without SO_REUSEADDR, so that another server on the port is noticed;
            // and this server's own senders would be in the way.
            byAddress.values().removeIf(this::closed);
        }
        for (Link link : missing) {
            try {
                byLink.put(link.index(), opener.onInterface(link, handler(link)));
            } catch (NetworkException e) {
                unserved.add(new ClientSockets.Unserved(link, e.getMessage()));
                links.remove(link.index());
            }
        }
        closeSendersOtherThan(addresses());
        // Only while senders are bound to the same port; from then on no other server can take a share of the packets.
        reuseAddress(true);
        for (Link link : links.values()) {
            link.addresses().forEach(address -> openSender(link, address));
        }
        reuseAddress(false);
        return unserved;
    }

    private void openSender(Link link, Ipv4Address address) {
        if (byAddress.containsKey(address)) {
            return;
        }
        try {
            byAddress.put(address, opener.sender(link, address, handler(link)));
            withoutSender.remove(address);
        } catch (NetworkException e) {
            if (withoutSender.add(address)) {
                LOG.warn(
                        "Replies from {} reach only what is on the link of {}: {}",
                        address,
                        link.name(),
                        e.getMessage());
            }
        }
    }

    private List<ClientSockets.Unserved> serveAddresses() {
        List<ClientSockets.Unserved> unserved = new ArrayList<>();
        closeSendersOtherThan(addresses());
        for (Link link : List.copyOf(links.values())) {
            for (Ipv4Address address : link.addresses()) {
                if (!byAddress.containsKey(address)) {
                    try {
                        byAddress.put(address, opener.onAddress(link, address, handler(link)));
                    } catch (NetworkException e) {
                        unserved.add(new ClientSockets.Unserved(link, e.getMessage()));
                        continue;
                    }
                }
                byLink.putIfAbsent(link.index(), byAddress.get(address));
            }
        }
        return unserved;
    }

    private PacketHandler handler(Link link) {
        return new PacketHandler(link, receiver, counters);
    }

    private Set<Ipv4Address> addresses() {
        Set<Ipv4Address> addresses = new HashSet<>();
        links.values().forEach(link -> addresses.addAll(link.addresses()));
        return addresses;
    }

    private void closeSendersOtherThan(Set<Ipv4Address> kept) {
        byAddress.entrySet().removeIf(open -> !kept.contains(open.getKey()) && closed(open.getValue()));
    }

    private void reuseAddress(boolean reuse) {
        byLink.values().forEach(channel -> channel.config().setOption(ChannelOption.SO_REUSEADDR, reuse));
    }

    private boolean closed(Channel channel) {
        ChannelFuture _ = channel.close();
        return true;
    }

    /** The socket that reaches everyone on a link; null where that is not served. */
    @Nullable Channel byLink(int link) {
        return byLink.get(link);
    }

    /** The socket that sends from one of the server's addresses to anywhere; null where it has no such address. */
    @Nullable Channel bySource(Ipv4Address source) {
        Channel sender = byAddress.get(source);
        if (sender != null) {
            return sender;
        }
        for (Link link : links.values()) {
            if (link.addresses().contains(source)) {
                return byLink.get(link.index());
            }
        }
        return null;
    }
}
