package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.engine.Site.Answer;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import java.util.List;
import java.util.Set;

/** INFORM, BOOTP, leasequery, and packets that nobody should send. */
final class OtherCases {

    private static final String BOOTP = Site.OFFICE + "clients: Both\n";

    private OtherCases() {}

    static Conformance cases() {
        Conformance table = new Conformance();
        inform(table);
        bootp(table);
        leaseQuery(table);
        unsound(table);
        return table;
    }

    private static void inform(Conformance table) {
        table.add("RFC 2131, 4.3.5", "INFORM: options without an address and without a lease", () -> {
            Answer answer = new Site().send(client(1).inform("192.0.2.100"));
            assertThat(answer.type()).isEqualTo(MessageType.ACK);
            assertThat(answer.yiaddr()).isEqualTo("0.0.0.0");
            assertThat(answer.packet().options().has(DhcpOption.LEASE_TIME)).isFalse();
            assertThat(answer.packet().options().has(DhcpOption.DNS_SERVERS)).isTrue();
            assertThat(answer.stored()).isZero();
        });
        table.add("RFC 2131, 4.3.5", "INFORM: the answer goes to the client's address, through a relay as well", () -> {
            assertThat(new Site().send(client(1).inform("192.0.2.100")).reply().destination())
                    .isEqualTo(new Destination.Unicast(Site.address("192.0.2.100"), 68));
            assertThat(new Site(Site.OFFICE, Site.BRANCH)
                            .send(client(1).relayedBy("198.51.100.1").inform("198.51.100.99"))
                            .reply()
                            .destination())
                    .isEqualTo(new Destination.Unicast(Site.address("198.51.100.99"), 68));
        });
        table.add(
                "RFC 2131, 4.3.5",
                "INFORM: without an address, behind a relay, there is nobody to answer",
                () -> assertThat(new Site(Site.OFFICE, Site.BRANCH)
                                .send(client(1).type(MessageType.INFORM).relayedBy("198.51.100.1"))
                                .outcome())
                        .isEqualTo(Outcome.INCOMPLETE));
        table.add(
                "RFC 2131, 4.3.5",
                "INFORM: an address in no scope is not answered",
                () -> assertThat(
                                new Site().send(client(1).inform("203.0.113.1")).outcome())
                        .isEqualTo(Outcome.NO_SCOPE));
    }

    private static void bootp(Conformance table) {
        table.add(
                "RFC 1534, 2",
                "BOOTP: a scope for DHCP does not answer",
                () -> assertThat(new Site().send(client(1)).outcome()).isEqualTo(Outcome.WRONG_PROTOCOL));
        table.add("RFC 1534, 2", "BOOTP: an address for good, stored before the answer, without DHCP options", () -> {
            Site site = new Site(BOOTP);
            Answer answer = site.send(client(1));
            assertThat(answer.outcome()).isEqualTo(Outcome.BOOTP_ANSWERED);
            assertThat(answer.yiaddr()).isEqualTo("192.0.2.10");
            assertThat(answer.packet().options().has(DhcpOption.MESSAGE_TYPE)).isFalse();
            assertThat(answer.packet().options().has(DhcpOption.ROUTERS)).isTrue();
            assertThat(answer.effects()).hasOnlyElementsOfType(Effect.StoreThenSend.class);
            assertThat(site.binding("192.0.2.10").end()).isEqualTo(Binding.UNLIMITED);
        });
        table.add("RFC 951, 7.3", "BOOTP: who knows its address is told what to boot, and given nothing", () -> {
            Site site = new Site(BOOTP);
            Answer answer = site.send(client(1).at("192.0.2.50"));
            assertThat(answer.outcome()).isEqualTo(Outcome.BOOTP_ANSWERED);
            assertThat(answer.yiaddr()).isEqualTo("0.0.0.0");
            assertThat(answer.stored()).isZero();
        });
        table.add("RFC 951, 7.3", "BOOTP: a client that gets a reservation leaves the address that it had", () -> {
            Site site = new Site(BOOTP);
            site.send(client(1));
            site.configure(
                    configuration -> configuration,
                    BOOTP + "reservations: [{address: 192.0.2.200, macAddress: '02:00:5e:00:00:01'}]\n");
            Answer answer = site.send(client(1));
            assertThat(answer.yiaddr()).isEqualTo("192.0.2.200");
            assertThat(answer.stored()).isEqualTo(2);
            assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.FREE);
        });
        table.add("RFC 951, 7.3", "BOOTP: who asks again gets the same address", () -> {
            Site site = new Site(BOOTP);
            site.send(client(1));
            site.send(client(2));
            assertThat(site.send(client(2)).yiaddr()).isEqualTo("192.0.2.11");
        });
        table.add(
                "API, DhcpScope.clients",
                "a scope for BOOTP does not answer DHCP",
                () -> assertThat(new Site(Site.OFFICE + "clients: BOOTP\n")
                                .send(client(1).discover())
                                .outcome())
                        .isEqualTo(Outcome.WRONG_PROTOCOL));
    }

    private static Site queried() {
        Site site = new Site(configuration ->
                new Configuration(null, true, Set.of(Site.address("192.0.2.2")), configuration.scopes()));
        site.acquire(client(1).identified("00:61"));
        return site;
    }

    private static Answer query(Site site, ClientPacket query) {
        return site.send(query.type(MessageType.LEASEQUERY).relayedBy("192.0.2.2"));
    }

    private static void leaseQuery(Conformance table) {
        ClientPacket nobody = ClientPacket.of(HardwareAddress.of(0, new byte[0]));
        table.add("RFC 4388, 6.4.2", "leasequery by address: the client that has it, and for how long yet", () -> {
            Site site = queried();
            site.pass(600);
            Answer answer = query(site, nobody.at("192.0.2.10"));
            assertThat(answer.type()).isEqualTo(MessageType.LEASEACTIVE);
            assertThat(answer.packet().chaddr()).isEqualTo(client(1).chaddr());
            assertThat(answer.packet().options().get(DhcpOption.LEASE_TIME)).isEqualTo(3000);
            assertThat(answer.packet().options().get(DhcpOption.RENEWAL_TIME)).isEqualTo(1200);
            assertThat(answer.packet().options().get(DhcpOption.CLIENT_LAST_TRANSACTION_TIME))
                    .isEqualTo(600);
            assertThat(answer.packet().options().octets(61)).containsExactly(0, 0x61);
        });
        table.add(
                "RFC 4388, 6.4.2",
                "leasequery by hardware address",
                () -> assertThat(query(queried(), client(1)).packet().ciaddr()).isEqualTo(Site.address("192.0.2.10")));
        table.add(
                "RFC 4388, 6.4.2",
                "leasequery by client identifier",
                () -> assertThat(query(queried(), nobody.identified("00:61"))
                                .packet()
                                .ciaddr())
                        .isEqualTo(Site.address("192.0.2.10")));
        table.add("RFC 4388, 6.4.2", "leasequery of a client with two addresses: both", () -> {
            Site site = new Site(
                    configuration ->
                            new Configuration(null, true, Set.of(Site.address("192.0.2.2")), configuration.scopes()),
                    Site.OFFICE,
                    Site.BRANCH);
            site.acquire(client(1));
            site.pass(10);
            site.acquire(client(1).relayedBy("198.51.100.1"));
            Answer answer = query(site, client(1));
            assertThat(answer.packet().ciaddr()).isEqualTo(Site.address("198.51.100.10"));
            assertThat(answer.packet().options().get(DhcpOption.ASSOCIATED_ADDRESSES))
                    .isEqualTo(List.of(Site.address("198.51.100.10"), Site.address("192.0.2.10")));
        });
        table.add(
                "RFC 4388, 6.4.1",
                "leasequery of an address that nobody has: unassigned",
                () -> assertThat(query(queried(), nobody.at("192.0.2.11")).type())
                        .isEqualTo(MessageType.LEASEUNASSIGNED));
        table.add("RFC 4388, 6.4.1", "leasequery of an address of no scope, or of an unknown client: unknown", () -> {
            assertThat(query(queried(), nobody.at("203.0.113.1")).type()).isEqualTo(MessageType.LEASEUNKNOWN);
            assertThat(query(queried(), client(5)).type()).isEqualTo(MessageType.LEASEUNKNOWN);
        });
        table.add(
                "RFC 4388, 6.4.2",
                "leasequery: what the relay said of the client is told, after a renewal as well",
                () -> {
                    Site site = new Site(
                            configuration -> new Configuration(
                                    null, true, Set.of(Site.address("192.0.2.2")), configuration.scopes()),
                            Site.OFFICE,
                            Site.BRANCH);
                    site.acquire(client(1).relayedBy("198.51.100.1").relayAgentInformation("010155"));
                    site.unicast(client(1).renew("198.51.100.10"));
                    assertThat(query(site, nobody.at("198.51.100.10"))
                                    .packet()
                                    .options()
                                    .octets(82))
                            .containsExactly(1, 1, 0x55);
                });
        table.add("RFC 4388, 7", "leasequery from whoever is not listed is not answered", () -> {
            Answer answer = queried()
                    .send(nobody.at("192.0.2.10").type(MessageType.LEASEQUERY).relayedBy("192.0.2.3"));
            assertThat(answer.outcome()).isEqualTo(Outcome.LEASEQUERY_NOT_ALLOWED);
            assertThat(answer.silent()).isTrue();
        });
        table.add(
                "RFC 4388, 6.3",
                "leasequery without giaddr is not answered",
                () -> assertThat(queried()
                                .send(nobody.at("192.0.2.10").type(MessageType.LEASEQUERY))
                                .outcome())
                        .isEqualTo(Outcome.INCOMPLETE));
    }

    private static void unsound(Conformance table) {
        table.add("RFC 2131, 4.3", "messages that only servers send are not answered", () -> {
            for (MessageType type : List.of(MessageType.OFFER, MessageType.ACK, MessageType.NAK)) {
                assertThat(new Site().send(client(1).type(type)).outcome()).isEqualTo(Outcome.NOT_FOR_SERVERS);
            }
        });
        table.add(
                "RFC 1542, 4.1.1",
                "a packet that passed more than 16 relays is dropped",
                () -> assertThat(new Site().send(client(1).hops(17).discover()).outcome())
                        .isEqualTo(Outcome.TOO_MANY_HOPS));
        table.add(
                "RFC 2131, 4.1",
                "a relay with the server's own address is a loop",
                () -> assertThat(new Site()
                                .send(client(1).relayedBy("192.0.2.1").discover())
                                .outcome())
                        .isEqualTo(Outcome.BAD_RELAY_ADDRESS));
        table.add("RFC 2131, 4.1", "a relay with an address that no host has is dropped", () -> {
            for (String relay : List.of("224.0.0.1", "255.255.255.255", "127.0.0.1", "0.0.0.1", "240.0.0.1")) {
                assertThat(new Site()
                                .send(client(1).relayedBy(relay).discover())
                                .outcome())
                        .isEqualTo(Outcome.BAD_RELAY_ADDRESS);
            }
        });
        table.add("RFC 1122, 3.2.1.3", "a relay on loopback is heard where the server is asked on loopback", () -> {
            ClientPacket relayed = client(1)
                    .relayedBy("127.0.0.9")
                    // Link selection (RFC 3527): its clients are on the scope's subnet.
                    .relayAgentInformation("0504C0000200")
                    .discover();
            Origin loopback = new Origin(1, Site.address("127.0.0.9"), 67, Site.address("127.0.0.1"));
            assertThat(new Site().send(relayed, loopback).type()).isEqualTo(MessageType.OFFER);
        });
        table.add("RFC 2131, 2", "a hardware address of zeros, or of a group, is no client's", () -> {
            assertThat(new Site()
                            .send(ClientPacket.of(HardwareAddress.of(new MacAddress(0)))
                                    .discover())
                            .outcome())
                    .isEqualTo(Outcome.BAD_HARDWARE_ADDRESS);
            assertThat(new Site()
                            .send(ClientPacket.of(HardwareAddress.of(MacAddress.parse("01:00:5e:00:00:01")))
                                    .discover())
                            .outcome())
                    .isEqualTo(Outcome.BAD_HARDWARE_ADDRESS);
        });
        table.add(
                "RFC 4390, 2.1",
                "neither hardware address nor identifier: nobody could be meant",
                () -> assertThat(new Site()
                                .send(ClientPacket.of(HardwareAddress.of(32, new byte[0]))
                                        .discover())
                                .outcome())
                        .isEqualTo(Outcome.BAD_HARDWARE_ADDRESS));
        table.add("RFC 2131, 4.4", "a clock that is set neither ends nor prolongs a lease", () -> {
            for (long step : new long[] {86_400, -86_400, 3_599, 1_000_000_000L}) {
                Site site = new Site();
                site.acquire(client(1));
                site.pass(1000);
                site.now += step;
                site.engine.clockStepped(step, effect -> {});
                site.pass(2609);
                assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.ACTIVE);
                site.pass(1);
                assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.FREE);
            }
        });
        table.add("API, DhcpScope", "a scope that changes while it is served keeps its leases", () -> {
            Site site = new Site();
            site.acquire(client(1));
            site.configure(configuration -> configuration, Site.OFFICE.replace("example.org", "example.net"));
            Answer answer = site.unicast(client(1).renew("192.0.2.10"));
            assertThat(answer.packet().options().get(DhcpOption.DOMAIN_NAME)).isEqualTo("example.net");
            assertThat(site.acquire(client(2))).isEqualTo("192.0.2.11");
        });
    }
}
