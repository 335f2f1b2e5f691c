package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.engine.Site.Answer;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.MessageType;
import java.util.List;

/** REQUEST in its four states. */
final class RequestCases {

    private RequestCases() {}

    static Conformance cases() {
        Conformance table = new Conformance();
        selecting(table);
        rebooting(table);
        renewing(table);
        rebinding(table);
        return table;
    }

    private static void selecting(Conformance table) {
        table.add("RFC 2131, 4.3.2", "SELECTING: an offer that is taken is granted, once it is stored", () -> {
            Site site = new Site();
            site.send(client(1).discover());
            Answer answer = site.send(client(1).select("192.0.2.10"));
            assertThat(answer.type()).isEqualTo(MessageType.ACK);
            assertThat(answer.effects()).hasOnlyElementsOfType(Effect.StoreThenSend.class);
            assertThat(answer.stored()).isEqualTo(1);
        });
        table.add(
                "RFC 2131, 3.1", "SELECTING: another server's offer is taken: silence, and the address is free", () -> {
                    Site site = new Site();
                    site.send(client(1).discover());
                    Answer answer = site.send(client(1).select("192.0.2.77").server("192.0.2.2"));
                    assertThat(answer.outcome()).isEqualTo(Outcome.OTHER_SERVER);
                    assertThat(answer.silent()).isTrue();
                    assertThat(site.table.offers()).isZero();
                });
        table.add("RFC 2131, 4.3.2", "SELECTING: an address that another client has is refused", () -> {
            Site site = new Site();
            site.acquire(client(1));
            assertThat(site.send(client(2).select("192.0.2.10")).type()).isEqualTo(MessageType.NAK);
        });
        table.add("RFC 2131, 4.3.2", "SELECTING: an address that is offered to another client is refused", () -> {
            Site site = new Site();
            site.send(client(1).discover());
            assertThat(site.send(client(2).select("192.0.2.10")).type()).isEqualTo(MessageType.NAK);
        });
        table.add(
                "RFC 2131, 4.3.2",
                "SELECTING: an address of another network is refused",
                () -> assertThat(new Site()
                                .send(client(1).select("198.51.100.10"))
                                .type())
                        .isEqualTo(MessageType.NAK));
        table.add("RFC 2131, 4.3.2", "SELECTING: an offer that ran out is granted while the address is free", () -> {
            Site site = new Site();
            site.send(client(1).discover());
            site.pass(60);
            assertThat(site.send(client(1).select("192.0.2.10")).type()).isEqualTo(MessageType.ACK);
        });
        table.add("RFC 2131, 4.3.2", "SELECTING: a client cannot collect a second address", () -> {
            Site site = new Site();
            site.acquire(client(1));
            assertThat(site.send(client(1).select("192.0.2.15")).type()).isEqualTo(MessageType.NAK);
            assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.ACTIVE);
        });
        table.add("RFC 2131, 3.1", "SELECTING: a repeated request is answered again, and not stored again", () -> {
            Site site = new Site();
            site.acquire(client(1));
            Answer answer = site.send(client(1).select("192.0.2.10"));
            assertThat(answer.type()).isEqualTo(MessageType.ACK);
            assertThat(answer.stored()).isZero();
            assertThat(answer.effects()).hasOnlyElementsOfType(Effect.StoreThenSend.class);
        });
        table.add(
                "RFC 2131, 4.3.2",
                "a request without server, requested address and address says nothing",
                () -> assertThat(new Site()
                                .send(client(1).type(MessageType.REQUEST))
                                .outcome())
                        .isEqualTo(Outcome.INCOMPLETE));
        table.add("I2", "while the store fails nothing is promised, and nothing is refused", () -> {
            Site site = new Site();
            site.send(client(1).discover());
            site.engine.setStorageFailing(true);
            assertThat(site.send(client(1).select("192.0.2.10")).outcome()).isEqualTo(Outcome.STORAGE_FAILING);
            assertThat(site.send(client(1).select("192.0.2.99")).silent()).isTrue();
            site.engine.setStorageFailing(false);
            assertThat(site.send(client(1).select("192.0.2.10")).type()).isEqualTo(MessageType.ACK);
        });
    }

    private static void rebooting(Conformance table) {
        table.add("RFC 2131, 4.3.2", "INIT-REBOOT: a client with a lease is granted its address", () -> {
            Site site = new Site();
            site.acquire(client(1));
            Answer answer = site.send(client(1).reboot("192.0.2.10"));
            assertThat(answer.type()).isEqualTo(MessageType.ACK);
            assertThat(answer.yiaddr()).isEqualTo("192.0.2.10");
        });
        table.add("RFC 2131, 4.3.2", "INIT-REBOOT: a client that nothing is known of is not answered", () -> {
            Answer answer = new Site().send(client(1).reboot("192.0.2.10"));
            assertThat(answer.outcome()).isEqualTo(Outcome.UNKNOWN_CLIENT);
            assertThat(answer.silent()).isTrue();
        });
        table.add("RFC 2131, 4.3.2", "INIT-REBOOT: unknown, with an address of somebody else: not answered", () -> {
            Site site = new Site();
            site.acquire(client(1));
            assertThat(site.send(client(2).reboot("192.0.2.10")).silent()).isTrue();
        });
        table.add(
                "RFC 2131, 4.3.2",
                "INIT-REBOOT: an address of another network is refused",
                () -> assertThat(new Site()
                                .send(client(1).reboot("198.51.100.10"))
                                .type())
                        .isEqualTo(MessageType.NAK));
        table.add("RFC 2131, 4.3.2", "INIT-REBOOT: behind a relay, an address of another network is refused", () -> {
            Answer answer = new Site(Site.OFFICE, Site.BRANCH)
                    .send(client(1).relayedBy("198.51.100.1").reboot("192.0.2.10"));
            assertThat(answer.type()).isEqualTo(MessageType.NAK);
            assertThat(answer.reply().destination())
                    .isEqualTo(new Destination.Unicast(Site.address("198.51.100.1"), 67));
            assertThat(answer.packet().broadcast()).isTrue();
        });
        table.add("RFC 2131, 4.3.2", "INIT-REBOOT: a client with another address is refused", () -> {
            Site site = new Site();
            site.acquire(client(1));
            assertThat(site.send(client(1).reboot("192.0.2.15")).type()).isEqualTo(MessageType.NAK);
        });
        table.add(
                "RFC 2131, 4.3.2", "INIT-REBOOT: a lease that ended is granted again while the address is free", () -> {
                    Site site = new Site();
                    site.acquire(client(1));
                    site.pass(7200);
                    assertThat(site.send(client(1).reboot("192.0.2.10")).type()).isEqualTo(MessageType.ACK);
                });
        table.add("RFC 2131, 4.3.2", "INIT-REBOOT: a client with a reservation is granted it", () -> {
            Site site =
                    new Site(Site.OFFICE + "reservations: [{address: 192.0.2.200, macAddress: '02:00:5e:00:00:01'}]\n");
            assertThat(site.send(client(1).reboot("192.0.2.200")).type()).isEqualTo(MessageType.ACK);
        });
        table.add(
                "RFC 2131, 4.3.2",
                "INIT-REBOOT: on a link that is in no scope nobody is answered",
                () -> assertThat(new Site()
                                .send(client(1).relayedBy("203.0.113.1").reboot("203.0.113.5"))
                                .silent())
                        .isTrue());
    }

    private static void renewing(Conformance table) {
        table.add("RFC 2131, 4.3.2", "RENEWING: the lease begins anew", () -> {
            Site site = new Site();
            site.acquire(client(1));
            site.pass(1800);
            Answer answer = site.unicast(client(1).renew("192.0.2.10"));
            assertThat(answer.type()).isEqualTo(MessageType.ACK);
            assertThat(answer.packet().options().get(DhcpOption.LEASE_TIME)).isEqualTo(3600);
            assertThat(answer.stored()).isEqualTo(1);
            assertThat(site.binding("192.0.2.10").end()).isEqualTo(site.now + 3600);
        });
        table.add("RFC 2131, 4.1", "RENEWING: the answer goes to the client's address", () -> {
            Site site = new Site();
            site.acquire(client(1));
            Answer answer = site.unicast(client(1).renew("192.0.2.10"));
            assertThat(answer.reply().destination()).isEqualTo(new Destination.Unicast(Site.address("192.0.2.10"), 68));
            assertThat(answer.packet().ciaddr()).isEqualTo(Site.address("192.0.2.10"));
        });
        table.add("RFC 2131, 4.3.2", "RENEWING: an address that another client has is refused", () -> {
            Site site = new Site();
            site.acquire(client(1));
            assertThat(site.unicast(client(2).renew("192.0.2.10")).type()).isEqualTo(MessageType.NAK);
        });
        table.add(
                "RFC 2131, 4.3.2",
                "RENEWING: a lease that is not in the store is granted while it is free",
                () -> assertThat(new Site()
                                .unicast(client(1).renew("192.0.2.15"))
                                .type())
                        .isEqualTo(MessageType.ACK));
        table.add("RFC 2131, 4.3.2", "RENEWING: an address that has been excluded since is refused", () -> {
            Site site = new Site();
            site.acquire(client(1));
            site.configure(
                    configuration -> configuration,
                    Site.OFFICE + "exclusions: [{start: 192.0.2.10, end: 192.0.2.10}]\n");
            assertThat(site.unicast(client(1).renew("192.0.2.10")).type()).isEqualTo(MessageType.NAK);
            assertThat(site.acquire(client(1))).isEqualTo("192.0.2.11");
        });
        table.add("RFC 2131, 4.3.2", "RENEWING: a client with a new reservation is refused its old address", () -> {
            Site site = new Site();
            site.acquire(client(1));
            site.configure(
                    configuration -> configuration,
                    Site.OFFICE + "reservations: [{address: 192.0.2.200, macAddress: '02:00:5e:00:00:01'}]\n");
            assertThat(site.unicast(client(1).renew("192.0.2.10")).type()).isEqualTo(MessageType.NAK);
            assertThat(site.acquire(client(1))).isEqualTo("192.0.2.200");
            assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.FREE);
        });
        table.add("RFC 2131, 4.3.2", "RENEWING: an abandoned address is refused", () -> {
            Site site = new Site();
            site.acquire(client(1));
            site.send(client(1).decline("192.0.2.10"));
            assertThat(site.unicast(client(1).renew("192.0.2.10")).type()).isEqualTo(MessageType.NAK);
        });
        table.add(
                "RFC 2131, 4.3.2",
                "RENEWING: an address in no scope is another server's matter",
                () -> assertThat(new Site()
                                .unicast(client(1).renew("203.0.113.9"))
                                .outcome())
                        .isEqualTo(Outcome.NO_SCOPE));
        table.add("RFC 2131, 4.1", "RENEWING: a client behind a router hears of a refusal by unicast", () -> {
            Site site = new Site(Site.OFFICE, Site.BRANCH);
            Answer answer = site.unicast(client(1).renew("198.51.100.99"));
            assertThat(answer.type()).isEqualTo(MessageType.NAK);
            assertThat(answer.reply().destination())
                    .isEqualTo(new Destination.Unicast(Site.address("198.51.100.99"), 68));
        });
    }

    private static void rebinding(Conformance table) {
        table.add("RFC 2131, 4.3.2", "REBINDING: the lease begins anew", () -> {
            Site site = new Site();
            site.acquire(client(1));
            site.pass(3200);
            assertThat(site.send(client(1).renew("192.0.2.10")).type()).isEqualTo(MessageType.ACK);
        });
        table.add(
                "RFC 2131, 4.3.2",
                "REBINDING: an address of another network is refused",
                () -> assertThat(new Site()
                                .send(client(1).renew("198.51.100.10"))
                                .type())
                        .isEqualTo(MessageType.NAK));
        table.add(
                "RFC 2131, 4.3.2",
                "REBINDING: an unknown client outside of the pool is another server's",
                () -> assertThat(new Site().send(client(1).renew("192.0.2.99")).outcome())
                        .isEqualTo(Outcome.UNKNOWN_CLIENT));
        table.add("RFC 2131, 4.3.2", "REBINDING: a known client whose address another has is refused", () -> {
            Site site = new Site();
            site.acquire(client(1));
            site.acquire(client(2));
            assertThat(site.send(client(1).renew("192.0.2.11")).type()).isEqualTo(MessageType.NAK);
        });
        table.add("RFC 2131, 4.3.2", "REBINDING: a scope that is not served here may be served elsewhere", () -> {
            Site site = new Site(Site.OFFICE, Site.BRANCH.replace("198.51.100", "203.0.113") + "state: Inactive\n");
            site.engine.setLinks(List.of(
                    new Link(1, Site.LAN.name(), List.of(Site.address("192.0.2.1"), Site.address("203.0.113.1")))));
            assertThat(site.send(client(1).renew("203.0.113.10")).outcome()).isEqualTo(Outcome.SCOPE_INACTIVE);
            assertThat(site.send(client(1).reboot("203.0.113.10")).silent()).isTrue();
        });
        table.add("RFC 2131, 4.3.2", "REBINDING: through a relay, the answer goes to the relay", () -> {
            Site site = new Site(Site.OFFICE, Site.BRANCH);
            site.acquire(client(1).relayedBy("198.51.100.1"));
            Answer answer = site.send(client(1).relayedBy("198.51.100.1").renew("198.51.100.10"));
            assertThat(answer.type()).isEqualTo(MessageType.ACK);
            assertThat(answer.reply().destination())
                    .isEqualTo(new Destination.Unicast(Site.address("198.51.100.1"), 67));
        });
        table.add(
                "RFC 2131, 4.4.5",
                "a lease that nobody prolongs ends, and ten seconds later its address is free",
                () -> {
                    Site site = new Site();
                    site.acquire(client(1));
                    site.pass(3600 + 9);
                    assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.ACTIVE);
                    site.pass(1);
                    assertThat(site.binding("192.0.2.10").state()).isEqualTo(BindingState.FREE);
                });
    }
}
