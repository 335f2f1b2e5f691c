package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.engine.Site.Answer;
import io.dhcpfailover.node.lease.BindingState;
import java.util.stream.IntStream;

/** RELEASE, DECLINE, and what keeps them and offers from being a weapon. */
final class ReturnCases {

    private static final String WIDE = Site.OFFICE.replace("192.0.2.19", "192.0.2.250");

    private ReturnCases() {}

    static Conformance cases() {
        Conformance table = new Conformance();
        table.add("RFC 2131, 4.3.4", "RELEASE: the address is free, which is stored and not answered", () -> {
            Site site = new Site();
            site.acquire(client(1));
            Answer answer = site.unicast(client(1).release("192.0.2.10"));
            assertThat(answer.silent()).isTrue();
            assertThat(answer.stored()).isEqualTo(1);
            assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.FREE);
        });
        table.add("RFC 2131, 4.3.4", "RELEASE: who comes back gets the same address", () -> {
            Site site = new Site();
            site.acquire(client(1));
            site.acquire(client(2));
            site.unicast(client(2).release("192.0.2.11"));
            assertThat(site.acquire(client(2))).isEqualTo("192.0.2.11");
        });
        table.add("RFC 2131, 4.3.4", "RELEASE of another client's address does nothing", () -> {
            Site site = new Site();
            site.acquire(client(1));
            assertThat(site.unicast(client(2).release("192.0.2.10")).outcome()).isEqualTo(Outcome.NOT_ITS_ADDRESS);
            assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.ACTIVE);
        });
        table.add("RFC 2131, 4.3.4", "RELEASE for another server does nothing", () -> {
            Site site = new Site();
            site.acquire(client(1));
            assertThat(site.unicast(client(1).release("192.0.2.10").server("192.0.2.2"))
                            .outcome())
                    .isEqualTo(Outcome.OTHER_SERVER);
            assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.ACTIVE);
        });
        table.add("RFC 2131, table 5", "RELEASE without a server identifier does nothing", () -> {
            Site site = new Site();
            site.acquire(client(1));
            assertThat(site.unicast(client(1).release("192.0.2.10").with(54, null))
                            .outcome())
                    .isEqualTo(Outcome.INCOMPLETE);
        });
        table.add("RFC 2131, 4.3.3", "DECLINE: the address is given to nobody for a day", () -> {
            Site site = new Site();
            site.acquire(client(1));
            Answer answer = site.send(client(1).decline("192.0.2.10"));
            assertThat(answer.silent()).isTrue();
            assertThat(answer.stored()).isEqualTo(1);
            assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.ABANDONED);
            assertThat(site.acquire(client(1))).isEqualTo("192.0.2.11");
            site.pass(Returns.ABANDONED_SECONDS + Engine.GRACE_SECONDS);
            assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.FREE);
        });
        table.add("RFC 2131, 4.3.3", "DECLINE of another client's address does nothing", () -> {
            Site site = new Site();
            site.acquire(client(1));
            assertThat(site.send(client(2).decline("192.0.2.10")).outcome()).isEqualTo(Outcome.NOT_ITS_ADDRESS);
        });
        table.add(
                "RFC 2131, 4.3.3",
                "DECLINE of an address that nobody has does nothing",
                () -> assertThat(
                                new Site().send(client(2).decline("192.0.2.10")).outcome())
                        .isEqualTo(Outcome.NOT_ITS_ADDRESS));
        table.add("RFC 2131, 4.3.3", "DECLINE for another server does nothing", () -> {
            Site site = new Site();
            site.acquire(client(1));
            assertThat(site.send(client(1).decline("192.0.2.10").server("192.0.2.2"))
                            .outcome())
                    .isEqualTo(Outcome.OTHER_SERVER);
        });
        table.add("RFC 2131, 4.3.3", "DECLINE counts without a server identifier, as dhcpcd sends it", () -> {
            Site site = new Site();
            site.acquire(client(1));
            assertThat(site.send(client(1).decline("192.0.2.10").with(54, null)).outcome())
                    .isEqualTo(Outcome.DECLINED);
            assertThat(site.acquire(client(1))).isEqualTo("192.0.2.11");
        });
        table.add("RFC 2131, 4.3.3", "DECLINE of a reserved address leaves it to its client", () -> {
            Site site =
                    new Site(Site.OFFICE + "reservations: [{address: 192.0.2.200, macAddress: '02:00:5e:00:00:01'}]\n");
            site.acquire(client(1));
            assertThat(site.send(client(1).decline("192.0.2.200")).outcome()).isEqualTo(Outcome.DECLINED);
            assertThat(site.acquire(client(1))).isEqualTo("192.0.2.200");
        });
        table.add("RFC 2131, 7", "a client that declines all it gets takes three addresses away, not all", () -> {
            Site site = new Site(WIDE);
            for (int i = 0; i < 5; i++) {
                String address = site.acquire(client(1));
                site.send(client(1).decline(address));
                site.pass(60);
            }
            assertThat(abandoned(site, "192.0.2.")).isEqualTo(3);
        });
        table.add("RFC 3046, 5", "clients of one circuit that decline take sixteen addresses away, not all", () -> {
            Site site = new Site(WIDE, Site.BRANCH.replace("198.51.100.19", "198.51.100.250"));
            IntStream.range(1, 60).forEach(i -> {
                ClientPacket attacker = client(i).relayedBy("198.51.100.1").relayAgentInformation("010155");
                site.send(attacker.decline(site.acquire(attacker)));
            });
            assertThat(abandoned(site, "198.51.100.")).isEqualTo(16);
        });
        table.add("RFC 2131, 7", "invented clients on a link hold half of a scope's addresses, not all", () -> {
            Site site = new Site(WIDE);
            for (int i = 1; i < 1000; i++) {
                site.send(client(i).discover());
            }
            assertThat(site.table.offers()).isEqualTo(241 / 2);
            assertThat(site.send(client(9999).relayedBy("192.0.2.2").discover()).outcome())
                    .isEqualTo(Outcome.OFFERED);
        });
        table.add(
                "RFC 3046, 5",
                "invented clients of a circuit hold 64 addresses, and another circuit has its own",
                () -> {
                    Site site = new Site(Site.OFFICE, Site.BRANCH.replace("198.51.100.19", "198.51.100.250"));
                    for (int i = 1; i < 200; i++) {
                        site.send(client(i)
                                .relayedBy("198.51.100.1")
                                .relayAgentInformation("010155")
                                .discover());
                    }
                    assertThat(site.table.offers()).isEqualTo(64);
                    assertThat(site.send(client(999)
                                            .relayedBy("198.51.100.1")
                                            .relayAgentInformation("010156")
                                            .discover())
                                    .outcome())
                            .isEqualTo(Outcome.OFFERED);
                });
        table.add(
                "RFC 2131, 7",
                "invented clients that ask without an offer get half of a scope at once, not all",
                () -> {
                    Site site = new Site(WIDE);
                    for (int i = 10; i <= 250; i++) {
                        site.send(client(i).select("192.0.2." + i));
                    }
                    assertThat(site.engine.outcomes().get(Outcome.ACKNOWLEDGED)).isEqualTo(241 / 2);
                    site.pass(60);
                    assertThat(site.acquire(client(998))).isNotEmpty();
                });
        table.add("RFC 2131, 7", "invented relays of a scope share what one of them may", () -> {
            Site site = new Site(WIDE);
            for (int i = 1; i < 200; i++) {
                site.send(client(i).relayedBy("192.0.2." + (i + 10)).discover());
            }
            assertThat(site.table.offers()).isEqualTo(241 / 2);
        });
        table.add("RFC 2131, 7", "where a tenth of a scope is abandoned, more of it returns after a minute", () -> {
            Site site = new Site();
            for (int i = 1; i <= 5; i++) {
                site.send(client(i).decline(site.acquire(client(i))));
            }
            assertThat(abandoned(site, "192.0.2.")).isEqualTo(5);
            site.pass(Returns.ABANDONED_SECONDS_OF_MANY + Engine.GRACE_SECONDS);
            assertThat(abandoned(site, "192.0.2.")).isEqualTo(4);
        });
        table.add("RFC 2131, 7", "offers to invented clients do not use up addresses that nobody ever had", () -> {
            Site site = new Site(WIDE);
            for (int i = 1; i < 100; i++) {
                site.send(client(i).discover());
                site.pass(30);
            }
            assertThat(site.table.size()).isEqualTo(1);
        });
        table.add(
                "RFC 2131, 7", "what is sent in a client's name from elsewhere does not keep its lease from it", () -> {
                    Site site = new Site(Site.OFFICE, Site.BRANCH);
                    site.acquire(client(1));
                    for (int i = 0; i < 100; i++) {
                        site.send(client(1).relayedBy("198.51.100.1").discover());
                        site.unicast(client(1).inform("192.0.2.10"));
                    }
                    assertThat(site.unicast(client(1).renew("192.0.2.10")).outcome())
                            .isEqualTo(Outcome.ACKNOWLEDGED);
                });
        table.add("RFC 2131, 7", "a flood of invented clients keeps no lease from being prolonged", () -> {
            Site site = new Site();
            site.acquire(client(1));
            for (int i = 100; i < 100_000; i++) {
                site.send(client(i).discover());
            }
            assertThat(site.unicast(client(1).renew("192.0.2.10")).outcome()).isEqualTo(Outcome.ACKNOWLEDGED);
        });
        table.add("RFC 2131, 4.1", "a client that sends without pause is not answered for a while", () -> {
            Site site = new Site();
            for (int i = 0; i < 30; i++) {
                assertThat(site.send(client(1).discover()).outcome()).isEqualTo(Outcome.OFFERED);
            }
            assertThat(site.send(client(1).discover()).outcome()).isEqualTo(Outcome.CLIENT_LIMIT);
            site.pass(2);
            assertThat(site.send(client(1).discover()).outcome()).isEqualTo(Outcome.OFFERED);
        });
        return table;
    }

    private static long abandoned(Site site, String network) {
        return IntStream.rangeClosed(10, 250)
                .mapToObj(i -> site.table.find(Site.address(network + i)))
                .filter(binding -> binding != null && binding.state() == BindingState.ABANDONED)
                .count();
    }
}
