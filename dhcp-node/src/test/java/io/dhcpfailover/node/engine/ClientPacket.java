package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A packet as a client writes it; each change gives another one. */
record ClientPacket(
        HardwareAddress chaddr,
        int hops,
        int flags,
        Ipv4Address ciaddr,
        Ipv4Address giaddr,
        Map<Integer, byte[]> options) {

    private static final String SERVER = "192.0.2.1";

    /** A client with the hardware address 02:00:5e:00:00:00 plus a number. */
    static ClientPacket client(int number) {
        return of(HardwareAddress.of(new MacAddress(0x0200_5E00_0000L + number)));
    }

    static ClientPacket of(HardwareAddress chaddr) {
        return new ClientPacket(chaddr, 0, 0, Ipv4Address.UNSPECIFIED, Ipv4Address.UNSPECIFIED, Map.of());
    }

    private ClientPacket with(Ipv4Address ciaddr, Ipv4Address giaddr, Map<Integer, byte[]> options) {
        return new ClientPacket(chaddr, hops, flags, ciaddr, giaddr, options);
    }

    ClientPacket with(int code, byte @Nullable [] value) {
        Map<Integer, byte[]> changed = new LinkedHashMap<>(options);
        changed.remove(code);
        if (value != null) {
            changed.put(code, value);
        }
        return with(ciaddr, giaddr, changed);
    }

    <T> ClientPacket with(DhcpOption<T> option, T value) {
        return with(
                option.code(), new Options.Builder().put(option, value).build().octets(option.code()));
    }

    ClientPacket identified(String identifier) {
        return with(DhcpOption.CLIENT_IDENTIFIER, ClientIdentifier.parse(identifier));
    }

    ClientPacket asking(int... codes) {
        byte[] list = new byte[codes.length];
        for (int i = 0; i < codes.length; i++) {
            list[i] = (byte) codes[i];
        }
        return with(DhcpOption.PARAMETER_REQUEST_LIST, list);
    }

    ClientPacket broadcasting() {
        return new ClientPacket(chaddr, hops, DhcpPacket.BROADCAST_FLAG, ciaddr, giaddr, options);
    }

    ClientPacket hops(int count) {
        return new ClientPacket(chaddr, count, flags, ciaddr, giaddr, options);
    }

    ClientPacket at(String address) {
        return with(Ipv4Address.parse(address), giaddr, options);
    }

    ClientPacket relayedBy(String relay) {
        return with(ciaddr, Ipv4Address.parse(relay), options);
    }

    /** With relay agent information in hexadecimal. */
    ClientPacket relayAgentInformation(String octets) {
        return with(DhcpOption.RELAY_AGENT_INFORMATION.code(), HexFormat.of().parseHex(octets));
    }

    ClientPacket type(MessageType type) {
        return with(DhcpOption.MESSAGE_TYPE, type);
    }

    ClientPacket server(String address) {
        return with(DhcpOption.SERVER_IDENTIFIER, Ipv4Address.parse(address));
    }

    ClientPacket requesting(String address) {
        return with(DhcpOption.REQUESTED_ADDRESS, Ipv4Address.parse(address));
    }

    ClientPacket discover() {
        return type(MessageType.DISCOVER);
    }

    /** REQUEST of a client that takes an offer. */
    ClientPacket select(String address) {
        return type(MessageType.REQUEST).server(SERVER).requesting(address);
    }

    /** REQUEST of a client that restarts. */
    ClientPacket reboot(String address) {
        return type(MessageType.REQUEST).requesting(address);
    }

    /** REQUEST of a client that prolongs its lease. */
    ClientPacket renew(String address) {
        return type(MessageType.REQUEST).at(address);
    }

    ClientPacket release(String address) {
        return type(MessageType.RELEASE).server(SERVER).at(address);
    }

    ClientPacket decline(String address) {
        return type(MessageType.DECLINE).server(SERVER).requesting(address);
    }

    ClientPacket inform(String address) {
        return type(MessageType.INFORM).at(address);
    }

    boolean isRelayed() {
        return !giaddr.equals(Ipv4Address.UNSPECIFIED);
    }

    DhcpPacket build() {
        Options.Builder built = new Options.Builder();
        options.forEach(built::put);
        return new DhcpPacket(
                DhcpPacket.Op.BOOTREQUEST,
                hops,
                0x1234_5678,
                3,
                flags,
                ciaddr,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                giaddr,
                chaddr,
                "",
                "",
                built.build());
    }
}
