package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.engine.Site.Answer;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client would get, and why: never anything else than what it gets when it asks. */
class ExplainTest {

    private static final String SMALL = """
            subnet: 192.0.2.0/24
            ranges: [{start: 192.0.2.10, end: 192.0.2.14}]
            leaseDuration: 10m
            server: dhcp1
            reservations:
            - {address: 192.0.2.14, macAddress: '02:00:5e:00:00:03'}
            - {address: 192.0.2.200, clientId: '00:61:62'}
            """;

    private static Question on(ClientPacket packet) {
        byte[] identifier = packet.options().get(DhcpOption.CLIENT_IDENTIFIER.code());
        return new Question(
                identifier == null ? null : ClientIdentifier.of(identifier),
                packet.chaddr(),
                packet.isRelayed() ? packet.giaddr() : null,
                new InterfaceName("lan0"),
                null);
    }

    private static Explanation explain(Site site, ClientPacket packet) {
        List<Explanation> all = site.engine.explain(on(packet), site.now);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static String text(Site site, ClientPacket packet) {
        return String.join("\n", explain(site, packet).reasons());
    }

    private static ClientPacket random(Random random) {
        boolean identified = random.nextInt(8) == 0;
        ClientPacket packet = identified
                ? client(20 + random.nextInt(3)).identified("00:61:6" + random.nextInt(4))
                : client(random.nextInt(9));
        return random.nextInt(3) == 0 ? packet.relayedBy("198.51.100.1") : packet;
    }

    /** Something that a client does, or time that passes. */
    private static void live(Site site, Random random) {
        ClientPacket packet = random(random);
        String address = (packet.isRelayed() ? "198.51.100." : "192.0.2.") + (10 + random.nextInt(6));
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                Answer offer = site.send(packet.discover());
                if (!offer.silent()) {
                    site.send(packet.select(offer.yiaddr()));
                }
            }
            case 2 -> site.send(packet.discover().requesting(address));
            case 3 -> site.send(packet.release(address));
            case 4 -> site.send(packet.decline(address));
            case 5 -> site.send(packet.reboot(address));
            default -> site.pass(random.nextInt(random.nextInt(10) == 0 ? 3000 : 20));
        }
    }

    private static String words(Outcome outcome, @Nullable DhcpPacket reply) {
        return reply == null
                ? outcome.toString()
                : outcome + " " + reply.yiaddr() + " for " + reply.options().get(DhcpOption.LEASE_TIME) + " "
                        + reply.options();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsExplainedIsWhatHappens(long seed) {
        Site site = new Site(SMALL, Site.BRANCH);
        Random random = new Random(seed);
        for (int step = 0; step < 600; step++) {
            live(site, random);
            ClientPacket packet = random(random);
            Explanation said = explain(site, packet);
            Answer done = site.send(packet.discover());
            Reply reply = done.replyOrNull();
            assertThat(words(said.outcome(), said.offer()))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(words(done.outcome(), reply == null ? null : reply.packet()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingIsChangedByIt(long seed) {
        Site asked = new Site(SMALL, Site.BRANCH);
        Site other = new Site(SMALL, Site.BRANCH);
        Random steps = new Random(seed);
        Random same = new Random(seed);
        Random questions = new Random(seed + 1);
        for (int step = 0; step < 600; step++) {
            for (int i = 0; i < 5; i++) {
                explain(asked, random(questions));
            }
            live(asked, steps);
            live(other, same);
            assertThat(asked.engine.outcomes()).as("step %d", step).isEqualTo(other.engine.outcomes());
            assertThat(asked.table.offers()).isEqualTo(other.table.offers());
            assertThat(records(asked)).isEqualTo(records(other));
        }
    }

    private static List<String> records(Site site) {
        return site.engine.records(0, 100).stream()
                .map(octets -> HexFormat.of().formatHex(octets))
                .toList();
    }

    @Test
    void aLeaseIsExplainedWithItsRenewal() {
        Site site = new Site();
        String address = site.acquire(client(1));
        site.pass(1000);
        Explanation said = explain(site, client(1));
        assertThat(said.leased()).hasToString(address);
        assertThat(said.renewal()).isEqualTo(Outcome.ACKNOWLEDGED);
        assertThat(Objects.requireNonNull(said.acknowledgement()).options().get(DhcpOption.LEASE_TIME))
                .isEqualTo(3600);
        assertThat(said.reasons()).anyMatch(reason -> reason.contains(address + " is its lease"));
    }

    @Test
    void whatAClientCallsItselfIsFoundByItsHardware() {
        Site site = new Site();
        String address = site.acquire(client(1).identified("00:61:62:63"));
        assertThat(explain(site, client(1)).leased()).hasToString(address);
        assertThat(text(site, client(1))).contains("00:61:62:63").contains("the identifier that it sends");
    }

    @Test
    void reservationsAreNamed() {
        Site site = new Site(SMALL);
        assertThat(text(site, client(3))).contains("192.0.2.14 is reserved for it");
        site.acquire(client(3));
        assertThat(explain(site, client(3)).outcome()).isEqualTo(Outcome.OFFERED);
    }

    @Test
    void whyNobodyAnswersIsSaid() {
        assertThat(text(
                        new Site(
                                all -> new Configuration(null, false, Set.of(), all.scopes(), all.relationships()),
                                Site.OFFICE),
                        client(1)))
                .contains("not authorized");
        assertThat(text(new Site(Site.OFFICE + "state: Inactive\n"), client(1))).contains("the scope is inactive");
        assertThat(text(new Site(Site.BRANCH), client(1))).contains("no scope of this server has the network");
        Site full = new Site(SMALL);
        for (int i = 10; i < 14; i++) {
            full.acquire(client(i));
        }
        assertThat(text(full, client(1))).contains("of 4 addresses that need no reservation none is free");
        Site flooded = new Site();
        for (int i = 0; i < 31; i++) {
            flooded.send(client(1).discover());
        }
        assertThat(text(flooded, client(1))).contains("more packets than one client may");
    }

    @Test
    void withoutAPlaceItIsLookedForWhereItIsKnown() {
        Site site = new Site(Site.OFFICE, Site.BRANCH);
        Question anywhere = new Question(null, client(1).chaddr(), null, null, null);
        assertThat(site.engine.explain(anywhere, site.now))
                .extracting(Explanation::scope)
                .containsExactly(new ObjectName("scope-0"), new ObjectName("scope-1"));
        site.acquire(client(1).relayedBy("198.51.100.1"));
        assertThat(site.engine.explain(anywhere, site.now))
                .extracting(Explanation::scope)
                .containsExactly(new ObjectName("scope-1"));
    }

    @Test
    void aPlaceThatIsNotThereIsRefused() {
        Site site = new Site();
        HardwareAddress hardware = client(1).chaddr();
        assertThatThrownBy(() -> site.engine.explain(
                        new Question(null, hardware, null, null, new ObjectName("attic")), site.now))
                .hasMessageContaining("no scope attic");
        assertThatThrownBy(() -> site.engine.explain(
                        new Question(null, hardware, null, new InterfaceName("eth9"), null), site.now))
                .hasMessageContaining("no interface eth9");
    }

    private static Explanation explain(PairNode node, ClientPacket packet, long now) {
        return node.engine()
                .explain(new Question(null, packet.chaddr(), null, null, new ObjectName("scope-0")), now)
                .getFirst();
    }

    @Test
    void oneServerOfAPairAnswersAndBothSayWhich() {
        ServerPair pair = ServerPair.normal();
        ClientPacket client = ServerPair.clientOf(ServerRole.Secondary, 0);
        Explanation primarys = explain(pair.primary, client, pair.now);
        Explanation secondarys = explain(pair.secondary, client, pair.now);
        assertThat(primarys.outcome()).isEqualTo(Outcome.PARTNERS_CLIENT);
        assertThat(String.join("\n", primarys.reasons())).contains("that of the Secondary, so the partner answers");
        assertThat(secondarys.outcome()).isEqualTo(Outcome.OFFERED);
        assertThat(Objects.requireNonNull(secondarys.sharing()).server()).isEqualTo(ServerRole.Secondary);
        assertThat(String.join("\n", secondarys.reasons()))
                .contains("the lease time is 300 s and not 3600 s")
                .contains("MCLT of 300 s");
        pair.part();
        Explanation alone = explain(pair.primary, client, pair.now);
        assertThat(alone.outcome()).isEqualTo(Outcome.OFFERED);
        assertThat(String.join("\n", alone.reasons())).contains("COMMUNICATIONS-INTERRUPTED: it answers every client");
    }

    @Test
    void aRenewalIsExplainedAtBothServersOfAPair() {
        ServerPair pair = ServerPair.normal();
        ClientPacket client = ServerPair.clientOf(ServerRole.Primary, 0);
        String address = ServerPair.addressOf(pair.acquire(client));
        pair.run();
        for (PairNode node : pair.nodes()) {
            Explanation said = explain(node, client, pair.now);
            assertThat(said.leased()).hasToString(address);
            assertThat(said.renewal()).isEqualTo(Outcome.ACKNOWLEDGED);
            assertThat(Objects.requireNonNull(said.acknowledgement()).options().get(DhcpOption.LEASE_TIME))
                    .isEqualTo(3600);
        }
    }
}
