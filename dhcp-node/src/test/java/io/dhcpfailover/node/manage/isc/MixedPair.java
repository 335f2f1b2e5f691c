package io.dhcpfailover.node.manage.isc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A server of this project and an ISC dhcpd, who are partners. */
final class MixedPair implements AutoCloseable {

    /** Which of them is ours. */
    enum Role {
        PRIMARY(Seat.FIRST),
        SECONDARY(Seat.SECOND);

        final Seat own;

        Role(Seat own) {
            this.own = own;
        }
    }

    /** Much more than it takes on a machine that does much else. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final long MILLISECONDS_OF_SECOND = 1000;

    private final Lan lan;
    final OwnServer own;
    final IscServer isc;
    final Clients clients;

    /** Starts both, and waits until they are in NORMAL and have shared the addresses. */
    MixedPair(Lan lan, Role role, Plan plan, Path folder) throws Exception {
        this.lan = lan;
        own = new OwnServer(lan, role.own, plan, folder.resolve("own"));
        isc = new IscServer(lan, role.own.other(), plan, folder.resolve("isc"));
        clients = new Clients(lan);
        isc.start();
        own.start();
        awaitNormal();
    }

    Seat atOwn() {
        return own.seat();
    }

    Seat atIsc() {
        return isc.seat();
    }

    /** Nothing passes between the two any more. */
    void cutLink() throws IOException {
        lan.cutLink();
    }

    void mendLink() throws IOException {
        lan.mendLink();
    }

    void awaitNormal() {
        awaitState(own, "NORMAL");
        awaitState(isc, "NORMAL");
    }

    void awaitStates(String state) {
        awaitState(own, state);
        awaitState(isc, state);
    }

    void awaitState(FailoverServer server, String state) {
        awaitState(server, state, evidence());
    }

    static void awaitState(FailoverServer server, String state, Evidence evidence) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            assertThat(server.isAlive()).as(server.log()).isTrue();
            assertThat(server.state()).as(evidence.text()).isEqualTo(state);
        });
    }

    /** What may say why something did not happen. */
    @FunctionalInterface
    interface Evidence {
        String text();
    }

    private Evidence evidence() {
        return () -> "== ours\n" + own.log() + "\n== ISC dhcpd\n" + isc.log();
    }

    /** Times of the protocol are seconds: what happens from now on is later than what has happened. */
    static void awaitNextSecond() {
        long now = System.currentTimeMillis() / MILLISECONDS_OF_SECOND;
        await().until(() -> System.currentTimeMillis() / MILLISECONDS_OF_SECOND > now);
    }

    /** A client of this server, which the other one knows: its lease is as long as it asked. */
    Client settled(Seat seat) throws IOException {
        Client client = clients.client().start(seat);
        settle(List.of(client), seat);
        return client;
    }

    /** Renews, one after the other so that none ends meanwhile, until leases are as long as both servers know clients to want them. */
    void settle(List<Client> some, Seat at) {
        List<Client> waiting = new ArrayList<>(some);
        await("long leases of " + some)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    for (Client client : waiting) {
                        client.renew(at);
                    }
                    waiting.removeIf(client -> client.end() > System.currentTimeMillis() + Plan.LEASE * 900);
                    return waiting.isEmpty();
                });
    }

    /** The log of ISC dhcpd has nothing in it that its partner should not have caused, and it lives. */
    void assertSound() {
        assertThat(isc.isAlive()).as(isc.log()).isTrue();
        assertThat(isc.complaints()).as(isc.log()).isEmpty();
        assertThat(own.isAlive()).as(own.log()).isTrue();
        assertThat(own.log()).doesNotContain("ERROR", "\tat ");
    }

    /** Both have written that these addresses are in a state. */
    void awaitOnBoth(Set<String> addresses, String state) {
        for (FailoverServer server : List.of(own, isc)) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(server.leases())
                            .as(evidence().text())
                            .filteredOn(lease -> lease.state().equals(state))
                            .extracting(KeptLease::address)
                            .containsAll(addresses));
        }
    }

    /** What both have on their disks of the addresses of the range becomes the same, and nothing was wrong. */
    void assertEqualStores() {
        assertSound();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThat(differences()).as(evidence().text()).isEmpty());
        assertSound();
    }

    private List<String> differences() throws IOException {
        Map<String, KeptLease> theirs = byAddress(isc.leases());
        Map<String, KeptLease> ours = byAddress(own.leases());
        // An address that nobody ever had is in no file of either.
        ours.forEach((address, lease) -> theirs.putIfAbsent(address, KeptLease.of(address, "FREE", null)));
        theirs.forEach((address, lease) -> ours.putIfAbsent(address, KeptLease.of(address, "FREE", null)));
        List<String> different = new ArrayList<>();
        ours.forEach((address, lease) -> {
            if (!lease.equals(theirs.get(address))) {
                different.add("ours: " + lease + ", ISC dhcpd's: " + theirs.get(address));
            }
        });
        return different;
    }

    private static Map<String, KeptLease> byAddress(List<KeptLease> leases) {
        Map<String, KeptLease> map = new LinkedHashMap<>();
        leases.forEach(lease -> map.put(lease.address(), lease));
        return map;
    }

    @Override
    public void close() throws IOException {
        lan.mendLink();
        own.close();
        isc.close();
        clients.close();
    }
}
