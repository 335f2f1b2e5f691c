package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.LeaseEvent.Action;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What an administrator does to a lease, and the trail that leases leave. */
class LeaseAdministrationTest {

    private final List<LeaseEvent> trail = new ArrayList<>();

    private List<String> trail() {
        return trail.stream()
                .map(event -> event.action() + " " + event.address())
                .toList();
    }

    private static BindingState state(PairNode node, String address) {
        return Objects.requireNonNull(node.binding(address)).state();
    }

    @Test
    void aReleasedLeaseIsFreeForOthers() {
        Site site = new Site();
        String address = site.acquire(client(1));
        List<Effect> effects = new ArrayList<>();
        assertThat(site.engine.release(Ipv4Address.parse(address), site.now, effects::add))
                .isNull();
        assertThat(site.binding(address).state()).isEqualTo(BindingState.FREE);
        assertThat(effects).singleElement().isInstanceOf(Effect.Store.class);
        assertThat(site.send(client(2).discover().requesting(address)).yiaddr()).isEqualTo(address);
    }

    @Test
    void whatCannotBeReleasedOrResetIsRefusedWithTheReason() {
        Site site = new Site();
        Ipv4Address unknown = Ipv4Address.parse("192.0.2.99");
        assertThat(site.engine.release(unknown, site.now, effect -> {})).contains("nothing is known");
        Ipv4Address address = Ipv4Address.parse(site.acquire(client(1)));
        assertThat(site.engine.reset(address, site.now, effect -> {})).contains("ACTIVE and not ABANDONED");
        site.engine.setStorageFailing(true);
        assertThat(site.engine.release(address, site.now, effect -> {})).contains("nothing can be stored");
        site.engine.setStorageFailing(false);
        assertThat(site.engine.release(address, site.now, effect -> {})).isNull();
        assertThat(site.engine.release(address, site.now, effect -> {})).contains("FREE and no client's");
    }

    @Test
    void anAbandonedAddressIsResetAndGivenAgain() {
        Site site = new Site();
        String address = site.acquire(client(1));
        site.send(client(1).decline(address));
        assertThat(site.binding(address).state()).isEqualTo(BindingState.ABANDONED);
        assertThat(site.engine.reset(Ipv4Address.parse(address), site.now, effect -> {}))
                .isNull();
        assertThat(site.send(client(2).discover().requesting(address)).yiaddr()).isEqualTo(address);
    }

    @Test
    void aReleaseIsAgreedWithThePartner() {
        ServerPair pair = ServerPair.normal();
        String address = ServerPair.addressOf(pair.acquire(ServerPair.clientOf(ServerRole.Primary, 0)));
        pair.run();
        pair.part();
        PairNode node = pair.secondary;
        assertThat(node.engine().release(Ipv4Address.parse(address), pair.now, node.waiting::add))
                .isNull();
        pair.run();
        assertThat(state(pair.secondary, address))
                .as("the partner has not agreed")
                .isEqualTo(BindingState.RELEASED);
        assertThat(state(pair.primary, address)).isEqualTo(BindingState.ACTIVE);
        pair.join();
        pair.pass(2);
        assertThat(state(pair.primary, address)).isIn(BindingState.FREE, BindingState.BACKUP);
        assertThat(ServerPair.known(pair.primary, 0)).isEqualTo(ServerPair.known(pair.secondary, 0));
    }

    @Test
    void aResetIsAgreedWithThePartner() {
        for (ServerRole role : ServerRole.values()) {
            ServerPair pair = ServerPair.normal();
            ClientPacket client = ServerPair.clientOf(ServerRole.Primary, 0);
            String address = ServerPair.addressOf(pair.acquire(pair.primary, client));
            pair.primary.ask(client.decline(address), pair.now);
            pair.run();
            assertThat(state(pair.secondary, address)).isEqualTo(BindingState.ABANDONED);
            PairNode node = role == ServerRole.Primary ? pair.primary : pair.secondary;
            assertThat(node.engine().reset(Ipv4Address.parse(address), pair.now, node.waiting::add))
                    .isNull();
            pair.pass(2);
            assertThat(state(pair.primary, address)).isIn(BindingState.FREE, BindingState.BACKUP);
            assertThat(ServerPair.known(pair.primary, 0)).isEqualTo(ServerPair.known(pair.secondary, 0));
        }
    }

    @Test
    void whoServesNobodyChangesNothing() {
        ServerPair pair = ServerPair.normal();
        String address = ServerPair.addressOf(pair.acquire(ServerPair.clientOf(ServerRole.Primary, 0)));
        pair.run();
        pair.apart = true;
        pair.kill(pair.secondary);
        pair.restart(pair.secondary);
        PairNode node = pair.secondary;
        assertThat(node.state().name()).isEqualTo("STARTUP");
        assertThat(node.engine().release(Ipv4Address.parse(address), pair.now, node.waiting::add))
                .contains("answers no client of dhcp2-dhcp1 now");
    }

    @Test
    void aLeaseLeavesATrail() {
        Site site = new Site(Site.OFFICE, Site.BRANCH);
        site.engine.onLeaseEvents(trail::addAll);
        ClientPacket client = client(1).relayedBy("198.51.100.1").identified("00:61:62");
        String address = site.acquire(client);
        site.pass(600);
        site.send(client.renew(address), new Origin(1, client.giaddr(), 67, Site.address("192.0.2.1")));
        site.pass(7200);
        site.acquire(client);
        site.send(client.release(address));
        site.acquire(client);
        site.send(client.decline(address));
        site.engine.reset(Ipv4Address.parse(address), site.now, effect -> {});
        site.acquire(client.requesting(address));
        site.engine.release(Ipv4Address.parse(address), site.now, effect -> {});
        assertThat(trail).as("before the turn of the engine is over").isEmpty();
        site.engine.flush(site.now, effect -> {});
        assertThat(trail())
                .containsExactly(
                        "ASSIGNED " + address,
                        "RENEWED " + address,
                        "EXPIRED " + address,
                        "ASSIGNED " + address,
                        "RELEASED " + address,
                        "ASSIGNED " + address,
                        "DECLINED " + address,
                        "ADMINISTRATOR_RESET " + address,
                        "ASSIGNED " + address,
                        "ADMINISTRATOR_RELEASED " + address);
        LeaseEvent first = trail.getFirst();
        assertThat(first.scope()).hasToString("scope-1");
        assertThat(first.relay()).hasToString("198.51.100.1");
        assertThat(first.client()).hasToString("00:61:62");
        assertThat(first.hardware()).hasToString("02:00:5e:00:00:01");
        assertThat(first.end()).isEqualTo(first.time() + 1800);
    }

    /** A million leases that end in one tick are not a million events in memory. */
    @Test
    void manyEventsOfOneTurnAreToldInParts() {
        LeaseTrail gathering = new LeaseTrail();
        List<Integer> sizes = new ArrayList<>();
        gathering.listen(events -> sizes.add(events.size()));
        Binding binding = new BindingTable(1).of(Ipv4Address.parse("192.0.2.10"));
        for (int i = 0; i < 3000; i++) {
            gathering.happened(Action.EXPIRED, binding, i);
        }
        gathering.flush();
        gathering.flush();
        assertThat(sizes).containsExactly(1024, 1024, 952);
    }

    @Test
    void whatThePartnerDoesIsOnTheTrailOfBoth() {
        ServerPair pair = ServerPair.normal();
        ClientPacket client = ServerPair.clientOf(ServerRole.Primary, 0);
        List<LeaseEvent> secondarys = new ArrayList<>();
        pair.primary.engine().onLeaseEvents(trail::addAll);
        pair.secondary.engine().onLeaseEvents(secondarys::addAll);
        String address = ServerPair.addressOf(pair.acquire(pair.primary, client));
        pair.run();
        pair.primary.ask(client.release(address).server(pair.primary.address.toString()), pair.now);
        pair.pass(2);
        assertThat(trail).extracting(LeaseEvent::action).containsExactly(Action.ASSIGNED, Action.RELEASED);
        assertThat(secondarys)
                .extracting(LeaseEvent::action)
                .containsExactly(Action.PARTNER_ASSIGNED, Action.PARTNER_ENDED);
        assertThat(secondarys).allMatch(event -> event.address().toString().equals(address));
        assertThat(secondarys).allMatch(event -> Objects.equals(event.hardware(), client.chaddr()));
    }
}
