package io.dhcpfailover.node.manage.clients;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.time.Duration;

/**
 * A message that was seen on a link.
 *
 * @param time since 1970
 * @param from the address that it was sent from
 * @param to the address that it was sent to
 * @param packet what it says
 */
record Message(Duration time, Ipv4Address from, Ipv4Address to, DhcpPacket packet) {

    Kind kind() {
        return Kind.of(packet, to);
    }

    <T> T option(DhcpOption<T> option) {
        T value = packet.options().get(option);
        if (value == null) {
            throw new AssertionError(this + " has no option " + option.code());
        }
        return value;
    }

    @Override
    public String toString() {
        return "%d.%03d %s %s>%s ciaddr=%s yiaddr=%s xid=%08x"
                .formatted(
                        time.toSeconds(),
                        time.toMillisPart(),
                        kind(),
                        from,
                        to,
                        packet.ciaddr(),
                        packet.yiaddr(),
                        packet.xid());
    }
}
