package io.dhcpfailover.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.testing.Seeds;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.wire.Decoded;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.PacketDecoder;
import io.dhcpfailover.node.wire.PacketEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever clients send, the server goes on, and a store that they have filled reads back as what the server knew. */
class HostileClientsTest {

    private static final List<MessageType> TYPES = List.of(MessageType.values());

    private static final String[] SCOPES = {
        Site.OFFICE.replace("leaseDuration: 1h", "leaseDuration: 5m\nclients: Both"), Site.BRANCH
    };

    @Test
    void aStoreThatClientsHaveFilledReadsBack() {
        Set<BindingState> seen = new HashSet<>();
        Seeds.forEach(150, random -> {
            Site site = new Site(SCOPES);
            List<byte[]> records = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                if (random.nextInt(8) == 0) {
                    site.pass(random.nextInt(100));
                }
                live(site, random).effects().forEach(effect -> {
                    byte[] record = record(effect);
                    if (record != null) {
                        records.add(record);
                    }
                });
            }
            BindingTable again = new BindingTable(random.nextLong());
            records.forEach(record -> StoredRecords.replay(record, again));
            Site restarted = new Site(again, configuration -> configuration, SCOPES);
            site.pass(60);
            restarted.engine.tick(site.now);

            for (int place = 0; place < site.table.size(); place++) {
                Binding binding = site.table.at(place);
                seen.add(binding.state());
                assertSame(again.find(binding.address()), binding);
            }
            assertThat(again.size()).isLessThanOrEqualTo(site.table.size());
            assertThat(again.nextEnd()).isEqualTo(site.table.nextEnd());
        });
        assertThat(seen).contains(BindingState.ACTIVE, BindingState.FREE);
    }

    private static byte @Nullable [] record(Effect effect) {
        return switch (effect) {
            case Effect.Store store -> store.record();
            case Effect.StoreThenSend store -> store.record();
            default -> null;
        };
    }

    private static void assertSame(@Nullable Binding binding, Binding expected) {
        if (binding == null) {
            // Nobody ever had it: it was only offered.
            assertThat(expected.state()).isEqualTo(BindingState.FREE);
            assertThat(expected.client()).isNull();
            assertThat(expected.history()).isEmpty();
            return;
        }
        assertThat(binding.state()).isEqualTo(expected.state());
        assertThat(StoredRecords.of(binding)).isEqualTo(StoredRecords.of(expected));
        assertThat(binding.client()).isEqualTo(expected.client());
        assertThat(binding.hardware()).isEqualTo(expected.hardware());
        assertThat(binding.details()).isEqualTo(expected.details());
        assertThat(binding.history()).isEqualTo(expected.history());
        assertThat(expected.toString()).isNotEmpty();
    }

    /** A packet of some client, as octets come from a network; one that is taken up on its offer at times. */
    private static Site.Answer live(Site site, RandomGenerator random) {
        ClientPacket client = client(random);
        Ipv4Address address = random.nextInt(3) == 0
                ? new Ipv4Address(random.nextInt())
                : Site.address(client.isRelayed() ? "198.51.100.10" : "192.0.2.10")
                        .plus(random.nextInt(11));
        return switch (random.nextInt(9)) {
            case 0 -> send(site, client);
            case 1 -> send(site, client.type(TYPES.get(random.nextInt(TYPES.size()))));
            case 2 -> send(site, client.release(address.toString()));
            case 3 -> send(site, client.decline(address.toString()));
            case 4 -> send(site, client.renew(address.toString()));
            case 5 -> send(site, client.reboot(address.toString()));
            default -> {
                Reply offer = send(site, client.discover().requesting(address.toString()))
                        .replyOrNull();
                yield send(
                        site,
                        client.select((offer == null ? address : offer.packet().yiaddr()).toString()));
            }
        };
    }

    private static Site.Answer send(Site site, ClientPacket packet) {
        byte[] octets = PacketEncoder.encode(packet.build(), 8000);
        Decoded decoded = PacketDecoder.decode(octets);
        if (!(decoded instanceof Decoded.Packet understood)) {
            return new Site.Answer(Outcome.INCOMPLETE, List.of());
        }
        DhcpPacket arrived = understood.packet();
        Origin origin = packet.isRelayed()
                ? new Origin(1, packet.giaddr(), 67, Site.address("192.0.2.1"))
                : new Origin(1, Ipv4Address.UNSPECIFIED, 68, Ipv4Address.BROADCAST);
        List<Effect> effects = new ArrayList<>();
        Outcome outcome = site.engine.receive(arrived, origin, site.now, effects::add);
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send send) {
                assertThat(PacketEncoder.encode(
                                send.reply().packet(), send.reply().lengthMax()))
                        .isNotEmpty();
            } else if (effect instanceof Effect.StoreThenSend send) {
                assertThat(PacketEncoder.encode(
                                send.reply().packet(), send.reply().lengthMax()))
                        .isNotEmpty();
            }
        }
        return new Site.Answer(outcome, effects);
    }

    /** One of twelve clients, with whatever it says this time. */
    private static ClientPacket client(RandomGenerator random) {
        int number = random.nextInt(12);
        byte[] address = new byte[new int[] {6, 6, 0, 1, 16, 8}[number % 6]];
        if (address.length > 0) {
            address[0] = 2;
            address[address.length - 1] += (byte) number;
        }
        int type = new int[] {1, 1, 32, 0, 255, 6}[number % 6];
        ClientPacket client = ClientPacket.of(HardwareAddress.of(type, address));
        int identifier = new int[] {0, 2, 255, 255, 0, 40}[number % 6];
        if (identifier > 0) {
            byte[] octets = new byte[identifier];
            octets[identifier - 1] = (byte) number;
            client = client.with(61, octets);
        } else if (random.nextInt(20) == 0) {
            client = client.with(61, octets(random, random.nextInt(600)));
        }
        for (int code : new int[] {12, 60, 81, 82, 55, 57, 51}) {
            if (random.nextInt(3) == 0) {
                int length = code == 57 ? 2 : code == 51 ? 4 : random.nextInt(random.nextInt(10) == 0 ? 700 : 256);
                client = client.with(code, octets(random, length));
            }
        }
        return random.nextInt(3) == 0 ? client.relayedBy("198.51.100.1") : client;
    }

    private static byte[] octets(RandomGenerator random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    @Test
    void theStoreOfAClientWithoutHardwareAddressKnowsItByItsIdentifier() {
        Site site = new Site();
        ClientPacket client =
                ClientPacket.of(HardwareAddress.of(32, new byte[0])).with(61, new byte[255]);
        String address = site.acquire(client);
        BindingTable again = new BindingTable(1);

        StoredRecords.replay(StoredRecords.of(site.binding(address)), again);

        Binding binding = Objects.requireNonNull(again.find(Site.address(address)));
        assertThat(binding.hardware()).isEqualTo(HardwareAddress.of(32, new byte[0]));
        assertThat(Objects.requireNonNull(binding.client()).octets()).isEqualTo(new byte[255]);
    }
}
