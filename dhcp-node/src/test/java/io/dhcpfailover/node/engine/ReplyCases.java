package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.node.engine.Site.Answer;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import java.util.List;
import java.util.stream.IntStream;

/** What a reply says, and where it goes. */
final class ReplyCases {

    private static final Destination TO_RELAY = new Destination.Unicast(Site.address("198.51.100.1"), 67);

    private ReplyCases() {}

    static Conformance cases() {
        Conformance table = new Conformance();
        destinations(table);
        contents(table);
        return table;
    }

    private static void destinations(Conformance table) {
        table.add("RFC 2131, 4.1", "a client without an address is answered at its hardware address", () -> {
            ClientPacket client = client(1);
            assertThat(new Site().send(client.discover()).reply().destination())
                    .isEqualTo(new Destination.Hardware(1, client.chaddr(), Site.address("192.0.2.10")));
        });
        table.add(
                "RFC 2131, 4.1",
                "a client that asks for it is answered by broadcast",
                () -> assertThat(new Site()
                                .send(client(1).broadcasting().discover())
                                .reply()
                                .destination())
                        .isEqualTo(new Destination.Broadcast(1)));
        table.add(
                "RFC 2131, 4.1",
                "the broadcast flag is copied into the reply",
                () -> assertThat(new Site()
                                .send(client(1).broadcasting().discover())
                                .packet()
                                .broadcast())
                        .isTrue());
        table.add(
                "RFC 2131, 4.1",
                "a relayed client is answered through its relay, on port 67",
                () -> assertThat(new Site(Site.OFFICE, Site.BRANCH)
                                .send(client(1).relayedBy("198.51.100.1").discover())
                                .reply()
                                .destination())
                        .isEqualTo(TO_RELAY));
        table.add("RFC 2131, 4.1", "a refusal is broadcast where there is no relay", () -> {
            Answer answer = new Site().send(client(1).select("198.51.100.10"));
            assertThat(answer.type()).isEqualTo(MessageType.NAK);
            assertThat(answer.reply().destination()).isEqualTo(new Destination.Broadcast(1));
        });
        table.add("RFC 2131, 4.1", "a reply leaves from the server's identifier", () -> {
            Answer answer = new Site().send(client(1).discover());
            assertThat(answer.reply().source()).isEqualTo(Site.address("192.0.2.1"));
            assertThat(answer.packet().options().get(DhcpOption.SERVER_IDENTIFIER))
                    .isEqualTo(Site.address("192.0.2.1"));
        });
        table.add("API, DhcpServer.serverAddress", "where the identifier is given, it is that on every link", () -> {
            Site site = new Site(configuration -> new Configuration(
                    Site.address("192.0.2.5"), true, configuration.leaseQueryFrom(), configuration.scopes()));
            assertThat(site.send(client(1).discover()).packet().options().get(DhcpOption.SERVER_IDENTIFIER))
                    .isEqualTo(Site.address("192.0.2.5"));
        });
        table.add("RFC 5107, 4", "where the relay names a server identifier, clients are told that one", () -> {
            Site site = new Site(Site.OFFICE, Site.BRANCH);
            ClientPacket client = client(1).relayedBy("198.51.100.1").relayAgentInformation("0b04c6336401");
            Answer offer = site.send(client.discover());
            assertThat(offer.packet().options().get(DhcpOption.SERVER_IDENTIFIER))
                    .isEqualTo(Site.address("198.51.100.1"));
            assertThat(site.send(client.select(offer.yiaddr()).server("198.51.100.1"))
                            .type())
                    .isEqualTo(MessageType.ACK);
        });
        table.add(
                "RFC 4390, 2.1", "a client without a hardware address in its packets is answered by broadcast", () -> {
                    HardwareAddress infiniband = HardwareAddress.of(32, new byte[0]);
                    assertThat(new Site()
                                    .send(ClientPacket.of(infiniband)
                                            .identified("ff:00:01:02")
                                            .discover())
                                    .reply()
                                    .destination())
                            .isEqualTo(new Destination.Broadcast(1));
                });
    }

    private static void contents(Conformance table) {
        table.add("RFC 2131, table 3", "a reply has the request's xid and chaddr, no hops and no secs", () -> {
            Answer answer = new Site(Site.OFFICE, Site.BRANCH)
                    .send(client(1).hops(3).relayedBy("198.51.100.1").discover());
            assertThat(answer.packet().xid()).isEqualTo(0x1234_5678);
            assertThat(answer.packet().chaddr()).isEqualTo(client(1).chaddr());
            assertThat(answer.packet().hops()).isZero();
            assertThat(answer.packet().secs()).isZero();
            assertThat(answer.packet().giaddr()).isEqualTo(Site.address("198.51.100.1"));
        });
        table.add(
                "RFC 2131, 4.3.1",
                "options come in the order in which the client asks for them",
                () -> assertThat(
                                codes(new Site().send(client(1).asking(15, 6, 3).discover())))
                        .containsExactly(53, 54, 51, 58, 59, 1, 15, 6, 3));
        table.add(
                "RFC 2131, 4.3.1",
                "an option that the client does not ask for is not sent",
                () -> assertThat(codes(new Site().send(client(1).asking(3).discover())))
                        .contains(3)
                        .doesNotContain(6, 15));
        table.add(
                "RFC 2131, 4.3.1",
                "a client that asks for nothing is told everything",
                () -> assertThat(codes(new Site().send(client(1).discover()))).contains(1, 3, 6, 15));
        table.add(
                "RFC 6842, 3",
                "the client identifier is echoed in an offer",
                () -> assertThat(new Site()
                                .send(client(1).identified("00:61").discover())
                                .packet()
                                .options()
                                .get(DhcpOption.CLIENT_IDENTIFIER))
                        .isEqualTo(ClientIdentifier.parse("00:61")));
        table.add(
                "RFC 6842, 3",
                "the client identifier is echoed in a refusal",
                () -> assertThat(new Site()
                                .send(client(1).identified("00:61").select("198.51.100.10"))
                                .packet()
                                .options()
                                .get(DhcpOption.CLIENT_IDENTIFIER))
                        .isEqualTo(ClientIdentifier.parse("00:61")));
        table.add(
                "RFC 3046, 2.2",
                "relay agent information is echoed",
                () -> assertThat(new Site(Site.OFFICE, Site.BRANCH)
                                .send(client(1)
                                        .relayedBy("198.51.100.1")
                                        .relayAgentInformation("010155")
                                        .discover())
                                .packet()
                                .options()
                                .octets(82))
                        .containsExactly(1, 1, 0x55));
        table.add("RFC 2131, 4.3.2", "a refusal has no address and no lease, and says why", () -> {
            Answer answer = new Site().send(client(1).select("198.51.100.10"));
            assertThat(codes(answer)).containsExactly(53, 54, 56);
            assertThat(answer.yiaddr()).isEqualTo("0.0.0.0");
            assertThat(answer.packet().ciaddr().toString()).isEqualTo("0.0.0.0");
        });
        table.add("RFC 2132, 9.10", "a reply is no longer than the client takes, headers counted", () -> {
            Site site = new Site();
            assertThat(site.send(client(1).discover()).reply().lengthMax()).isEqualTo(548);
            assertThat(lengthMax(site, 1200)).isEqualTo(1172);
            assertThat(lengthMax(site, 1)).isEqualTo(548);
            assertThat(lengthMax(site, 65_535)).isEqualTo(1472);
        });
        table.add("RFC 8925, 3.3", "IPv6-only preferred goes only to clients that ask for it", () -> {
            String scope = Site.OFFICE.replace("domainName", "ipv6OnlyPreferred: 30m, domainName");
            assertThat(codes(new Site(scope).send(client(1).discover()))).doesNotContain(108);
            assertThat(codes(new Site(scope).send(client(1).asking(108).discover())))
                    .contains(108);
        });
        table.add(
                "RFC 8910, 2.1",
                "the captive portal is told to clients that ask",
                () -> assertThat(codes(new Site(Site.OFFICE.replace(
                                        "domainName", "captivePortal: 'https://a.example/', domainName"))
                                .send(client(1).asking(114).discover())))
                        .contains(114));
        table.add(
                "RFC 3442",
                "classless routes are told to clients that ask",
                () -> assertThat(codes(new Site(Site.OFFICE.replace(
                                        "domainName",
                                        "classlessRoutes: [{destination: 10.0.0.0/8, router: 192.0.2.9}], domainName"))
                                .send(client(1).asking(121, 3).discover())))
                        .contains(121, 3));
        table.add(
                "RFC 3397",
                "the search list is told to clients that ask",
                () -> assertThat(codes(
                                new Site(Site.OFFICE.replace("domainName", "domainSearch: [a.example], domainName"))
                                        .send(client(1).asking(119).discover())))
                        .contains(119));
        table.add(
                "RFC 2132, 9.4 and 9.5",
                "boot server and file are in the fields of a client that asks for no option",
                () -> {
                    Site site = new Site(Site.OFFICE.replace(
                            "domainName", "bootServer: 192.0.2.7, bootFile: pxelinux.0, tftpServer: boot, domainName"));
                    Answer answer = site.send(client(1).asking(1, 3).discover());
                    assertThat(answer.packet().siaddr()).isEqualTo(Site.address("192.0.2.7"));
                    assertThat(answer.packet().file()).isEqualTo("pxelinux.0");
                    assertThat(answer.packet().sname()).isEqualTo("boot");
                    assertThat(codes(site.send(client(2).asking(67).discover())))
                            .contains(67);
                });
        table.add(
                "RFC 2131, 4.3.1",
                "what a reservation says goes before what its scope says",
                () -> assertThat(new Site(Site.OFFICE
                                        + "reservations: [{address: 192.0.2.200, macAddress: '02:00:5e:00:00:01',"
                                        + " options: {domainName: printers.example}}]\n")
                                .send(client(1).discover())
                                .packet()
                                .options()
                                .get(DhcpOption.DOMAIN_NAME))
                        .isEqualTo("printers.example"));
    }

    private static int lengthMax(Site site, int size) {
        return site.send(client(1).with(DhcpOption.MAXIMUM_MESSAGE_SIZE, size).discover())
                .reply()
                .lengthMax();
    }

    private static List<Integer> codes(Answer answer) {
        Options options = answer.packet().options();
        return IntStream.range(0, options.size()).mapToObj(options::code).toList();
    }
}
