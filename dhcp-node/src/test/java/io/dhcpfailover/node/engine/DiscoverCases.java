package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Site.Answer;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.MessageType;

/** DISCOVER: which address, for whom, and for how long. */
final class DiscoverCases {

    private static final String RESERVING = """
            subnet: 192.0.2.0/24
            ranges: [{start: 192.0.2.10, end: 192.0.2.12}]
            exclusions: [{start: 192.0.2.11, end: 192.0.2.11}]
            server: dhcp1
            reservations:
            - {address: 192.0.2.12, macAddress: '02:00:5e:00:00:01'}
            - {address: 192.0.2.200, clientId: '00:61:62', hostname: printer}
            """;
    private static final String PROBING = Site.OFFICE + "conflictDetection: {attempts: 2, timeout: 500ms}\n";

    private DiscoverCases() {}

    static Conformance cases() {
        Conformance table = new Conformance();
        table.add("RFC 2131, 4.3.1", "a new client is offered an address of the pool", () -> {
            Answer answer = new Site().send(client(1).discover());
            assertThat(answer.type()).isEqualTo(MessageType.OFFER);
            assertThat(answer.yiaddr()).isEqualTo("192.0.2.10");
        });
        table.add(
                "RFC 2131, 4.3.1",
                "an offer is not written to disk",
                () -> assertThat(new Site().send(client(1).discover()).stored()).isZero());
        table.add("RFC 2131, 3.1", "two clients are offered different addresses", () -> {
            Site site = new Site();
            String one = site.send(client(1).discover()).yiaddr();
            assertThat(site.send(client(2).discover()).yiaddr()).isNotEqualTo(one);
        });
        table.add("RFC 2131, 4.3.1", "a client that repeats itself is offered the same address", () -> {
            Site site = new Site();
            String one = site.send(client(1).discover()).yiaddr();
            assertThat(site.send(client(1).discover()).yiaddr()).isEqualTo(one);
        });
        table.add("RFC 2131, 4.3.1", "a client with a lease is offered its address, whatever it asks for", () -> {
            Site site = new Site();
            String own = site.acquire(client(1));
            assertThat(site.send(client(1).discover().requesting("192.0.2.15")).yiaddr())
                    .isEqualTo(own);
        });
        table.add("RFC 2131, 4.3.1", "a client whose lease ended is offered the same address while it is free", () -> {
            Site site = new Site();
            site.acquire(client(1));
            String own = site.acquire(client(2));
            site.pass(7200);
            assertThat(site.send(client(2).discover()).yiaddr()).isEqualTo(own);
        });
        table.add(
                "RFC 2131, 4.3.1",
                "a requested address is offered where it is free",
                () -> assertThat(new Site()
                                .send(client(1).discover().requesting("192.0.2.15"))
                                .yiaddr())
                        .isEqualTo("192.0.2.15"));
        table.add("RFC 2131, 4.3.1", "a requested address of somebody else is not offered", () -> {
            Site site = new Site();
            String taken = site.acquire(client(1));
            assertThat(site.send(client(2).discover().requesting(taken)).yiaddr())
                    .isNotEqualTo(taken);
        });
        table.add(
                "RFC 2131, 4.3.1",
                "a requested address outside of the pool is not offered",
                () -> assertThat(new Site()
                                .send(client(1).discover().requesting("192.0.2.99"))
                                .yiaddr())
                        .isEqualTo("192.0.2.10"));
        table.add("RFC 2131, 2.2", "the address that has been free for longest is given next", () -> {
            Site site = new Site();
            for (int i = 1; i <= 10; i++) {
                site.acquire(client(i));
            }
            site.send(client(7).release("192.0.2.16"));
            site.pass(10);
            site.send(client(3).release("192.0.2.12"));
            assertThat(site.send(client(99).discover()).yiaddr()).isEqualTo("192.0.2.16");
        });
        table.add("RFC 2131, 4.3.1", "a server without a free address is silent", () -> {
            Site site = new Site();
            for (int i = 1; i <= 10; i++) {
                site.acquire(client(i));
            }
            Answer answer = site.send(client(11).discover());
            assertThat(answer.outcome()).isEqualTo(Outcome.NO_FREE_ADDRESS);
            assertThat(answer.silent()).isTrue();
        });
        table.add("RFC 2131, 4.2", "a client is known by its identifier before its hardware address", () -> {
            Site site = new Site();
            String one = site.acquire(client(1).identified("00:61"));
            assertThat(site.acquire(client(1).identified("00:62"))).isNotEqualTo(one);
            assertThat(site.acquire(client(2).identified("00:61"))).isEqualTo(one);
        });
        table.add("RFC 2132, 9.14", "an identifier of a hardware address is the client of that hardware", () -> {
            Site site = new Site();
            String one = site.acquire(client(1));
            assertThat(site.acquire(client(1).identified("01:02:00:5e:00:00:01")))
                    .isEqualTo(one);
        });
        table.add("RFC 4361, 6.3", "an identifier of IAID and DUID is one client on whatever interface", () -> {
            Site site = new Site();
            String duid = "ff:00:00:00:01:00:03:00:01:02:00:5e:00:00:01";
            assertThat(site.acquire(client(8).identified(duid)))
                    .isEqualTo(site.acquire(client(9).identified(duid)));
        });
        table.add(
                "RFC 2131, 4.3.1",
                "a reservation by hardware address is offered to its client",
                () -> assertThat(new Site(RESERVING).send(client(1).discover()).yiaddr())
                        .isEqualTo("192.0.2.12"));
        table.add("RFC 2131, 4.3.1", "a reservation by identifier is offered, also outside of the ranges", () -> {
            Answer answer =
                    new Site(RESERVING).send(client(5).identified("00:61:62").discover());
            assertThat(answer.yiaddr()).isEqualTo("192.0.2.200");
            assertThat(answer.packet().options().get(DhcpOption.HOST_NAME)).isEqualTo("printer");
        });
        table.add("RFC 2131, 4.2", "a machine has its reservation under every identifier that it sends", () -> {
            Site site = new Site(RESERVING);
            assertThat(site.acquire(client(1))).isEqualTo("192.0.2.12");
            assertThat(site.acquire(client(1).identified("ff:00:00:00:01:00:01:02:03")))
                    .isEqualTo("192.0.2.12");
        });
        table.add("RFC 2131, 4.3.1", "neither a reserved nor an excluded address is given to others", () -> {
            Site site = new Site(RESERVING);
            assertThat(site.acquire(client(7))).isEqualTo("192.0.2.10");
            assertThat(site.send(client(8).discover()).outcome()).isEqualTo(Outcome.NO_FREE_ADDRESS);
            assertThat(site.send(client(8).discover().requesting("192.0.2.11")).silent())
                    .isTrue();
            assertThat(site.send(client(8).discover().requesting("192.0.2.12")).silent())
                    .isTrue();
        });
        table.add(
                "RFC 2131, 4.3.1",
                "while another client has it, the owner of a reservation gets one of the pool",
                () -> {
                    Site site = new Site();
                    assertThat(site.acquire(client(2).discover().requesting("192.0.2.12")))
                            .isEqualTo("192.0.2.12");
                    site.configure(configuration -> configuration, RESERVING);
                    assertThat(site.acquire(client(1))).isEqualTo("192.0.2.10");
                });
        table.add("RFC 2131, 4.3.1", "a client may ask for a shorter lease, and not for a longer one", () -> {
            Site site = new Site();
            assertThat(leaseTime(site.send(client(1).discover().with(DhcpOption.LEASE_TIME, 600L))))
                    .isEqualTo(600);
            assertThat(leaseTime(site.send(client(2).discover().with(DhcpOption.LEASE_TIME, 99_999L))))
                    .isEqualTo(3600);
        });
        table.add("RFC 2131, 3.3", "a lease without end is 2^32 - 1 and has no T1 and T2", () -> {
            Site site = new Site(Site.OFFICE.replace("1h", "Unlimited"));
            Answer answer = site.send(client(1).discover());
            assertThat(leaseTime(answer)).isEqualTo(0xFFFF_FFFFL);
            assertThat(answer.packet().options().has(DhcpOption.RENEWAL_TIME)).isFalse();
            site.acquire(client(1));
            site.pass(1_000_000_000L);
            assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.ACTIVE);
        });
        table.add("RFC 2131, 4.4.5", "T1 is half of the lease and T2 seven eighths", () -> {
            Answer answer = new Site().send(client(1).discover());
            assertThat(answer.packet().options().get(DhcpOption.RENEWAL_TIME)).isEqualTo(1800);
            assertThat(answer.packet().options().get(DhcpOption.REBINDING_TIME)).isEqualTo(3150);
        });
        table.add("RFC 2131, 4.3.1", "an offer that nobody takes is held for 30 seconds and not longer", () -> {
            Site site = new Site();
            site.send(client(1).discover());
            site.pass(29);
            assertThat(site.table.offers()).isEqualTo(1);
            site.pass(1);
            assertThat(site.table.offers()).isZero();
        });
        table.add(
                "RFC 2131, 4.3.1", "an offer of ten seconds goes to another client where nothing else is free", () -> {
                    Site site = new Site(Site.OFFICE.replace("192.0.2.19", "192.0.2.10"));
                    site.send(client(1).discover());
                    site.pass(9);
                    assertThat(site.send(client(2).discover()).silent()).isTrue();
                    site.pass(1);
                    assertThat(site.send(client(2).discover()).yiaddr()).isEqualTo("192.0.2.10");
                });
        table.add("RFC 2131, 2.2", "an address is offered after an echo of it stayed without an answer", () -> {
            Site site = new Site(PROBING);
            Answer answer = site.send(client(1).discover());
            assertThat(answer.silent()).isTrue();
            assertThat(answer.effects()).hasOnlyElementsOfType(Effect.Probe.class);
            assertThat(site.probed("192.0.2.10", false).yiaddr()).isEqualTo("192.0.2.10");
        });
        table.add("RFC 2131, 2.2", "an address that answers an echo is abandoned, and another one is tried", () -> {
            Site site = new Site(PROBING);
            site.send(client(1).discover());
            Answer answer = site.probed("192.0.2.10", true);
            assertThat(answer.stored()).isEqualTo(1);
            assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.ABANDONED);
            assertThat(site.probed("192.0.2.11", false).yiaddr()).isEqualTo("192.0.2.11");
        });
        table.add("RFC 2131, 2.2", "other clients are answered while an address is probed", () -> {
            Site site = new Site(PROBING);
            site.send(client(1).discover());
            site.send(client(2).discover());
            assertThat(site.probed("192.0.2.11", false).yiaddr()).isEqualTo("192.0.2.11");
            assertThat(site.probed("192.0.2.10", false).yiaddr()).isEqualTo("192.0.2.10");
        });
        table.add("RFC 2131, 2.2", "the address of a client with a lease is not probed", () -> {
            Site site = new Site(PROBING);
            site.send(client(1).discover());
            site.probed("192.0.2.10", false);
            site.send(client(1).select("192.0.2.10"));
            assertThat(site.send(client(1).discover()).type()).isEqualTo(MessageType.OFFER);
        });
        table.add("RFC 2131, 2.2", "an echo that was sent for one client says nothing to another", () -> {
            Site site = new Site(PROBING.replace("192.0.2.19", "192.0.2.10"));
            site.send(client(1).discover());
            site.pass(12);
            assertThat(site.send(client(2).discover()).outcome()).isEqualTo(Outcome.NO_FREE_ADDRESS);
            assertThat(site.probed("192.0.2.10", false).packet().chaddr())
                    .isEqualTo(client(1).chaddr());
        });
        table.add("RFC 2131, 2.2", "an abandoned address returns after a day", () -> {
            Site site = new Site(PROBING);
            site.send(client(1).discover());
            site.probed("192.0.2.10", true);
            site.pass(Returns.ABANDONED_SECONDS + Engine.GRACE_SECONDS);
            assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.FREE);
        });
        table.add(
                "RFC 2131, 4.3.1",
                "a relayed client gets an address of its relay's subnet",
                () -> assertThat(new Site(Site.OFFICE, Site.BRANCH)
                                .send(client(1).relayedBy("198.51.100.1").discover())
                                .yiaddr())
                        .isEqualTo("198.51.100.10"));
        table.add(
                "RFC 3527, 3",
                "link selection goes before the relay's address",
                () -> assertThat(new Site(Site.OFFICE, Site.BRANCH)
                                .send(client(1)
                                        .relayedBy("192.0.2.2")
                                        .relayAgentInformation("0504c6336400")
                                        .discover())
                                .yiaddr())
                        .isEqualTo("198.51.100.10"));
        table.add(
                "RFC 3011, 3", "where the relay is in no scope, the client selects its subnet, and is told so", () -> {
                    Answer answer = new Site(Site.OFFICE, Site.BRANCH)
                            .send(client(1)
                                    .relayedBy("203.0.113.1")
                                    .with(DhcpOption.SUBNET_SELECTION, Ipv4Address.parse("198.51.100.0"))
                                    .discover());
                    assertThat(answer.yiaddr()).isEqualTo("198.51.100.10");
                    assertThat(answer.packet().options().get(DhcpOption.SUBNET_SELECTION))
                            .isEqualTo(Ipv4Address.parse("198.51.100.0"));
                });
        table.add(
                "RFC 3011, 5",
                "a client behind a relay of a scope cannot select another scope",
                () -> assertThat(new Site(Site.OFFICE, Site.BRANCH)
                                .send(client(1)
                                        .relayedBy("192.0.2.2")
                                        .with(DhcpOption.SUBNET_SELECTION, Ipv4Address.parse("198.51.100.0"))
                                        .discover())
                                .yiaddr())
                        .isEqualTo("192.0.2.10"));
        table.add("RFC 3046, 2.1", "relay agent information of a client without a relay is ignored", () -> {
            Answer answer = new Site(Site.OFFICE, Site.BRANCH)
                    .send(client(1).relayAgentInformation("0504c6336400").discover());
            assertThat(answer.yiaddr()).isEqualTo("192.0.2.10");
            assertThat(answer.packet().options().has(DhcpOption.RELAY_AGENT_INFORMATION))
                    .isFalse();
        });
        table.add(
                "RFC 2131, 4.3.1",
                "a client whose link is in no scope is not answered",
                () -> assertThat(new Site()
                                .send(client(1).relayedBy("203.0.113.1").discover())
                                .outcome())
                        .isEqualTo(Outcome.NO_SCOPE));
        table.add(
                "API, DhcpScope.state",
                "an inactive scope answers nobody",
                () -> assertThat(new Site(Site.OFFICE + "state: Inactive\n")
                                .send(client(1).discover())
                                .outcome())
                        .isEqualTo(Outcome.SCOPE_INACTIVE));
        table.add("API, DhcpServer.authorized", "a server that is not authorized answers nobody", () -> {
            Site site = new Site(configuration -> new Configuration(
                    configuration.serverAddress(), false, configuration.leaseQueryFrom(), configuration.scopes()));
            assertThat(site.send(client(1).discover()).outcome()).isEqualTo(Outcome.NOT_AUTHORIZED);
        });
        table.add("RFC 2563, 2.3", "without a free address, a client may be told not to give itself one", () -> {
            Site site = new Site(Site.OFFICE
                    .replace("192.0.2.19", "192.0.2.10")
                    .replace("domainName", "autoConfigure: false, domainName"));
            site.acquire(client(1));
            Answer answer = site.send(client(2).discover().with(DhcpOption.AUTO_CONFIGURE, true));
            assertThat(answer.yiaddr()).isEqualTo("0.0.0.0");
            assertThat(answer.packet().options().get(DhcpOption.AUTO_CONFIGURE)).isFalse();
        });
        return table;
    }

    private static long leaseTime(Answer answer) {
        Long time = answer.packet().options().get(DhcpOption.LEASE_TIME);
        return time == null ? -1 : time;
    }
}
