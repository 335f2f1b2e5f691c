package io.dhcpfailover.node.manage.clients;

import static io.dhcpfailover.node.manage.clients.Kind.ACK;
import static io.dhcpfailover.node.manage.clients.Kind.DECLINE;
import static io.dhcpfailover.node.manage.clients.Kind.DISCOVER;
import static io.dhcpfailover.node.manage.clients.Kind.INIT_REBOOT;
import static io.dhcpfailover.node.manage.clients.Kind.OFFER;
import static io.dhcpfailover.node.manage.clients.Kind.REBINDING;
import static io.dhcpfailover.node.manage.clients.Kind.RELEASE;
import static io.dhcpfailover.node.manage.clients.Kind.RENEWING;
import static io.dhcpfailover.node.manage.clients.Kind.SELECTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.network.testing.Namespaces;
import io.dhcpfailover.node.wire.DhcpOption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The clients that Debian has, each by itself and behind ISC's relay, and the real server: what they say to each other
 * on the wire in every state of RFC 2131, figure 5.
 *
 * <p>What is not as the standard has it: udhcpc keeps nothing over a reboot, so that it asks by DISCOVER for the address
 * that its {@code -r} names, and is never in INIT-REBOOT. dhcpcd declines without a server identifier where it finds the
 * conflict after a reboot. ISC's relay takes what clients send through its machine to the server for its own as well, so
 * that these are answered twice.
 */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClientsOnTheWireTest {

    private static final Ipv4Address SERVER = Ipv4Address.parse("10.80.0.1");

    /** Of tests that wait for a minute to pass: it passes during the others. */
    private static final int LATE = Order.DEFAULT + 1;

    /** Of what ends the server. */
    private static final int LAST = Order.DEFAULT + 2;

    @RegisterExtension
    private static final Namespaces NAMESPACES =
            new Namespaces("bridge", "busybox", "dhclient", "dhcpcd", "dhcrelay", "tcpdump");

    private @Nullable Site site;

    @BeforeAll
    @Timeout(180)
    void begin(@TempDir Path folder) throws IOException, InterruptedException {
        Site begun = new Site(NAMESPACES, folder);
        site = begun;
        begun.run();
    }

    private Site site() {
        return Objects.requireNonNull(site);
    }

    List<Station> thatStay() {
        return site().stations(Story.STAYS);
    }

    @ParameterizedTest
    @MethodSource("thatStay")
    void isGrantedAnAddressOfItsLinkForTwoMinutes(Station station) {
        List<Message> said = station.awaitConversation(DISCOVER, OFFER, SELECTING, ACK);

        Ipv4Address offered = first(said, OFFER).packet().yiaddr();
        assertThat(station.place.isOfItsRange(offered)).as(offered.toString()).isTrue();
        Message request = first(said, SELECTING);
        assertThat(request.option(DhcpOption.REQUESTED_ADDRESS)).isEqualTo(offered);
        assertThat(request.option(DhcpOption.SERVER_IDENTIFIER)).isEqualTo(SERVER);
        Message ack = first(said, ACK);
        assertThat(ack.packet().yiaddr()).isEqualTo(offered);
        assertThat(ack.from()).isEqualTo(station.place.router());
        assertThat(ack.option(DhcpOption.SERVER_IDENTIFIER)).isEqualTo(SERVER);
        assertThat(ack.option(DhcpOption.LEASE_TIME)).isEqualTo(120);
        assertThat(ack.option(DhcpOption.RENEWAL_TIME)).isEqualTo(60);
        assertThat(ack.option(DhcpOption.REBINDING_TIME)).isEqualTo(105);
    }

    @ParameterizedTest
    @MethodSource("thatStay")
    @Order(LATE)
    void renewsItsTwoMinutesAtT1ByUnicast(Station station) {
        List<Message> said = station.awaitConversation(DISCOVER, OFFER, SELECTING, ACK, RENEWING, ACK);

        Message request = first(said, RENEWING);
        assertThat(seconds(first(said, ACK), request))
                .as("dhclient is early by up to a quarter of T1, dhcpcd late by the time in which it looks for others")
                .isBetween(station.program == ClientProgram.DHCLIENT ? 44.0 : 59.0, 80.0);
        assertThat(request.from()).isEqualTo(station.address());
        assertThat(request.to()).isEqualTo(SERVER);
        Message ack = first(after(said, request), ACK);
        assertThat(ack.from()).as("no relay is between them").isEqualTo(SERVER);
        assertThat(ack.to()).isEqualTo(station.address());
        assertThat(ack.packet().yiaddr()).isEqualTo(station.address());
        assertThat(ack.option(DhcpOption.LEASE_TIME)).isEqualTo(120);
    }

    List<Station> thatLoseTheirWay() {
        return site().stations(Story.LOSES_ITS_WAY);
    }

    @ParameterizedTest
    @MethodSource("thatLoseTheirWay")
    @Order(LATE)
    void rebindsByBroadcastWhereTheServerIsNotReached(Station station) {
        List<Message> said = station.awaitConversation(DISCOVER, OFFER, SELECTING, ACK, RENEWING, REBINDING, ACK);

        assertThat(first(said, ACK).option(DhcpOption.LEASE_TIME)).isEqualTo(60);
        Message request = first(said, REBINDING);
        assertThat(said.subList(said.indexOf(first(said, RENEWING)), said.indexOf(request)))
                .as("nobody answers what it sends to the server alone")
                .extracting(Message::kind)
                .containsOnly(RENEWING);
        assertThat(seconds(first(said, ACK), request))
                .as("T2 is 52 seconds; udhcpc knows none, and begins before it")
                .isBetween(station.program == ClientProgram.UDHCPC ? 30.0 : 51.0, 66.0);
        assertThat(request.from()).isEqualTo(station.address());
        Message ack = first(after(said, request), ACK);
        assertThat(ack.from()).isEqualTo(station.place.router());
        assertThat(ack.to()).isEqualTo(station.address());
        assertThat(ack.packet().yiaddr()).isEqualTo(station.address());
        assertThat(ack.option(DhcpOption.LEASE_TIME)).isEqualTo(60);
    }

    List<Station> thatReboot() {
        return site().stations(Story.REBOOTS);
    }

    @ParameterizedTest
    @MethodSource("thatReboot")
    void getsItsAddressBackAfterAReboot(Station station) {
        Ipv4Address before = station.address();
        List<Message> said = station.awaitConversation(asksForItsAddress(station));

        assertThat(said.getFirst().option(DhcpOption.REQUESTED_ADDRESS)).isEqualTo(before);
        assertThat(first(said, ACK).packet().yiaddr()).isEqualTo(before);
        assertThat(station.awaitAddress()).isEqualTo(before);
    }

    List<Station> thatFindAnIntruder() {
        return site().stations(Story.FINDS_AN_INTRUDER);
    }

    @ParameterizedTest
    @MethodSource("thatFindAnIntruder")
    void declinesAnAddressThatAnotherMachineHasAndIsGrantedADifferentOne(Station station) {
        Ipv4Address taken = station.address();
        Kind[] kinds = Stream.of(
                        Stream.of(asksForItsAddress(station)),
                        Stream.of(DECLINE),
                        Stream.of(DISCOVER, OFFER, SELECTING, ACK))
                .flatMap(Function.identity())
                .toArray(Kind[]::new);
        List<Message> said = station.awaitConversation(kinds);

        assertThat(first(said, ACK).packet().yiaddr()).isEqualTo(taken);
        Message decline = first(said, DECLINE);
        assertThat(decline.option(DhcpOption.REQUESTED_ADDRESS)).isEqualTo(taken);
        assertThat(decline.packet().options().get(DhcpOption.SERVER_IDENTIFIER)).isIn(null, SERVER);
        Ipv4Address granted = first(after(said, decline), ACK).packet().yiaddr();
        assertThat(granted).isNotEqualTo(taken);
        assertThat(station.awaitAddress()).isEqualTo(granted);
    }

    /** How a client begins that remembers its address. */
    private static Kind[] asksForItsAddress(Station station) {
        return station.program == ClientProgram.UDHCPC
                ? new Kind[] {DISCOVER, OFFER, SELECTING, ACK}
                : new Kind[] {INIT_REBOOT, ACK};
    }

    List<Station> thatLeave() {
        return site().stations(Story.LEAVES);
    }

    @ParameterizedTest
    @MethodSource("thatLeave")
    void givesItsAddressBackByUnicast(Station station) {
        Message release = station.awaitConversation(RELEASE).getFirst();

        assertThat(release.packet().ciaddr()).isEqualTo(station.address());
        assertThat(release.to()).isEqualTo(SERVER);
        assertThat(release.option(DhcpOption.SERVER_IDENTIFIER)).isEqualTo(SERVER);
    }

    @Test
    @Order(LAST)
    void theJournalIsWhatTheWireWas() throws Exception {
        Map<Ipv4Address, Binding> leases =
                site().end().stream().collect(Collectors.toMap(Binding::address, Function.identity()));

        for (Station station : site().stations()) {
            // What listens to the wire may be behind on a machine that is busy.
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> isAsOnTheWire(station, leases));
        }
        assertThat(leases.values())
                .filteredOn(lease -> lease.state() == BindingState.ABANDONED)
                .extracting(Binding::address)
                .containsExactlyInAnyOrderElementsOf(site().intruders());
    }

    private static void isAsOnTheWire(Station station, Map<Ipv4Address, Binding> leases) throws IOException {
        Message last = station.lastAck();
        Binding lease = Objects.requireNonNull(leases.get(last.packet().yiaddr()), station.toString());
        assertThat(lease.hardware()).isEqualTo(last.packet().chaddr());
        if (station.story == Story.LEAVES) {
            assertThat(lease.state()).as(station.toString()).isEqualTo(BindingState.FREE);
        } else {
            assertThat(lease.state()).as(station.toString()).isEqualTo(BindingState.ACTIVE);
            assertThat(lease.end())
                    .as(station.toString())
                    .isCloseTo(last.time().toSeconds() + last.option(DhcpOption.LEASE_TIME), within(2L));
        }
    }

    private static Message first(List<Message> messages, Kind kind) {
        return messages.stream()
                .filter(message -> message.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " in " + messages));
    }

    private static List<Message> after(List<Message> messages, Message message) {
        return messages.subList(messages.indexOf(message) + 1, messages.size());
    }

    private static double seconds(Message from, Message to) {
        return to.time().minus(from.time()).toMillis() / 1000.0;
    }
}
