package io.dhcpfailover.lab.client;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a client was told.
 *
 * @param address its own
 * @param server who said so
 * @param duration for how long
 * @param dnsServers by their addresses
 * @param since when it asked, from which the duration counts
 */
public record Lease(
        Ipv4Address address, Ipv4Address server, Duration duration, List<Ipv4Address> dnsServers, Instant since) {

    static Lease of(DhcpPacket ack, Instant since) {
        return new Lease(
                ack.yiaddr(),
                Objects.requireNonNullElse(ack.options().get(DhcpOption.SERVER_IDENTIFIER), Ipv4Address.UNSPECIFIED),
                Duration.ofSeconds(Objects.requireNonNullElse(ack.options().get(DhcpOption.LEASE_TIME), 0L)),
                Objects.requireNonNullElse(ack.options().get(DhcpOption.DNS_SERVERS), List.<Ipv4Address>of()),
                since);
    }

    /** When it ends. */
    public Instant end() {
        return since.plus(duration);
    }

    /** When its client asks again: after half of its time, as clients do (RFC 2131, section 4.4.5). */
    public Instant renewal() {
        return since.plus(duration.dividedBy(2));
    }
}
