package io.dhcpfailover.node.manage.pair;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import org.jspecify.annotations.Nullable;

/** A client behind a relay, which asks both servers until one answers. Guarded by the lock of its {@link PairClients}. */
final class PairClient {

    private final int number;
    private final HardwareAddress hardware;
    private final Ipv4Address relay;

    /** Null while it has no address. */
    @Nullable Ipv4Address address;

    /** Who was chosen of those that offered; null before. */
    @Nullable Ipv4Address chosen;

    /** What that one offered. */
    @Nullable Ipv4Address offered;

    /** When its lease ends, and when it asks next, in milliseconds since 1970. */
    long end;

    long asks;

    /** Since when it asks without an answer; 0 where it does not. */
    long waits;

    int xid;

    PairClient(int number, Ipv4Address relay) {
        this.number = number;
        this.hardware = HardwareAddress.of(new MacAddress(0x0200_5E00_0000L + number));
        this.relay = relay;
    }

    /** What it asks now: a DISCOVER, a REQUEST of what was offered, or a renewal. */
    DhcpPacket question(long now) {
        int secs = waits == 0 ? 0 : (int) ((now - waits) / 1000);
        if (address != null) {
            return packet(secs, address, options(MessageType.REQUEST));
        }
        if (offered != null && chosen != null) {
            return packet(
                    secs,
                    Ipv4Address.UNSPECIFIED,
                    options(MessageType.REQUEST)
                            .put(DhcpOption.SERVER_IDENTIFIER, chosen)
                            .put(DhcpOption.REQUESTED_ADDRESS, offered));
        }
        return packet(secs, Ipv4Address.UNSPECIFIED, options(MessageType.DISCOVER));
    }

    private static Options.Builder options(MessageType type) {
        return new Options.Builder()
                .put(DhcpOption.MESSAGE_TYPE, type)
                .put(DhcpOption.PARAMETER_REQUEST_LIST, new byte[] {1, 3, 6, 51});
    }

    private DhcpPacket packet(int secs, Ipv4Address ciaddr, Options.Builder options) {
        return new DhcpPacket(
                DhcpPacket.Op.BOOTREQUEST,
                1,
                xid,
                secs,
                0,
                ciaddr,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                relay,
                hardware,
                "",
                "",
                options.build());
    }

    @Override
    public String toString() {
        return "client " + number;
    }
}
