package io.dhcpfailover.node.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dhcpfailover.api.testing.Seeds;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.lease.BindingTable.Client;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table was is what its records make again, and octets that are no record are refused. */
class StoredRecordsTest {

    private static final long NOW = 1_800_000_000L;

    @Test
    void aTableIsMadeAgainFieldByField() {
        Seeds.forEach(200, random -> {
            BindingTable table = table(random);
            BindingTable again = new BindingTable(random.nextLong());
            for (int i = 0; i < table.size(); i++) {
                StoredRecords.replay(StoredRecords.of(table.at(i)), again);
            }
            assertThat(again.size()).isEqualTo(table.size());
            for (int i = 0; i < table.size(); i++) {
                assertSame(again.at(i), table.at(i));
                ClientIdentity client = table.at(i).client();
                if (client != null) {
                    assertThat(again.all(client))
                            .extracting(Binding::address)
                            .containsExactlyInAnyOrderElementsOf(table.all(client).stream()
                                    .map(Binding::address)
                                    .toList());
                }
            }
            assertThat(again.nextEnd()).isEqualTo(table.nextEnd());
            assertThat(again.latest()).isEqualTo(table.latest());
        });
    }

    /** A table of ten addresses, each of which a few clients of any kind had. */
    private static BindingTable table(RandomGenerator random) {
        BindingTable table = new BindingTable(random.nextLong());
        long now = NOW;
        for (int i = 0; i < 40; i++) {
            now += random.nextInt(100);
            Binding binding = table.of(new Ipv4Address(0x0A00_0001 + random.nextInt(10)));
            switch (random.nextInt(6)) {
                case 0 -> table.free(binding, now);
                case 1 -> table.abandon(binding, now + 86_400, now);
                default -> {
                    Client client = RandomLeases.anyClient(random);
                    table.bind(binding, client, random.nextInt(4) == 0 ? Binding.UNLIMITED : now + 600, now);
                }
            }
        }
        return table;
    }

    private static void assertSame(Binding binding, Binding expected) {
        assertThat(binding.address()).isEqualTo(expected.address());
        assertThat(binding.state()).isEqualTo(expected.state());
        assertThat(binding.client()).isEqualTo(expected.client());
        assertThat(binding.hardware()).isEqualTo(expected.hardware());
        assertThat(binding.identified()).isEqualTo(expected.identified());
        assertThat(binding.bootp()).isEqualTo(expected.bootp());
        assertThat(binding.details()).isEqualTo(expected.details());
        assertThat(binding.history()).isEqualTo(expected.history());
        assertThat(binding.start()).isEqualTo(expected.start());
        assertThat(binding.end()).isEqualTo(expected.end());
        assertThat(binding.since()).isEqualTo(expected.since());
        assertThat(binding.lastTransaction()).isEqualTo(expected.lastTransaction());
    }

    @Test
    void aRecordThatWasCutOrExtendedIsRefused() {
        Seeds.forEach(20, random -> {
            byte[] record = record(random);
            for (int length = 0; length < record.length; length++) {
                byte[] cut = Arrays.copyOf(record, length);
                assertThatIllegalArgumentException()
                        .as("%d of %d octets", length, record.length)
                        .isThrownBy(() -> StoredRecords.replay(cut, new BindingTable(1)));
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> StoredRecords.replay(Arrays.copyOf(record, record.length + 1), new BindingTable(1)));
        });
    }

    /** Whatever octet is changed, there is a refusal, or a binding of which everything can be asked. */
    @Test
    void aRecordWithAnotherOctetIsRefusedOrGivesABindingThatWorks() {
        Seeds.forEach(15, random -> {
            byte[] record = record(random);
            for (int place = 0; place < record.length; place++) {
                byte[] changed = record.clone();
                changed[place] ^= (byte) random.nextInt(1, 256);
                useOrRefuse(changed);
            }
            byte[] several = record.clone();
            for (int i = 0; i < 4; i++) {
                several[random.nextInt(several.length)] = (byte) random.nextInt(256);
            }
            useOrRefuse(several);
        });
    }

    private static byte[] record(RandomGenerator random) {
        BindingTable table = table(random);
        return StoredRecords.of(table.at(random.nextInt(table.size())));
    }

    private static void useOrRefuse(byte[] record) {
        BindingTable table = new BindingTable(1);
        try {
            StoredRecords.replay(record, table);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("record");
            return;
        }
        if (table.size() == 0) {
            return;
        }
        Binding binding = table.at(0);
        assertThat(StoredRecords.of(binding)).hasSameSizeAs(record);
        assertThat(binding.toString()).isNotEmpty();
        assertThat(binding.history())
                .allSatisfy(past -> assertThat(past.toString()).isNotEmpty());
        assertThat(binding.details().toString()).isNotEmpty();
        assertThat(binding.details().value(82))
                .satisfiesAnyOf(
                        value -> assertThat(value).isNull(),
                        value -> assertThat(value).isNotNull());
        ClientIdentity client = binding.client();
        assertThat(binding.hardware() == null).isEqualTo(client == null);
        if (client != null) {
            assertThat(table.all(client)).containsExactly(binding);
            assertThat(table.all(Objects.requireNonNull(binding.hardware()))).containsExactly(binding);
        }
        // And it can be used on: ended, given to somebody, and given up.
        table.expire(Binding.UNLIMITED, ended -> {});
        table.bind(binding, RandomLeases.client(1), NOW + 60, NOW);
        table.abandon(binding, NOW + 120, NOW + 60);
        assertThat(table.nextEnd()).isEqualTo(NOW + 120);
        StoredRecords.replay(StoredRecords.of(binding), new BindingTable(1));
    }

    @Test
    void aClockStepIsMadeAgain() {
        BindingTable table = new BindingTable(1);
        table.bind(table.of(new Ipv4Address(1)), RandomLeases.client(1), NOW + 60, NOW);

        StoredRecords.replay(StoredRecords.ofClockStep(-500), table);

        assertThat(table.at(0).end()).isEqualTo(NOW - 440);
        assertThat(table.latest()).isEqualTo(NOW - 500);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
                    nothing,                            ''
                    a kind that a newer version wrote,  03
                    a clock step that was cut,          0200000000000000
                    a clock step that goes on,          02000000000000000000
                    """)
    void octetsThatAreNoRecordAreRefused(String name, String hex) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredRecords.replay(HexFormat.of().parseHex(hex), new BindingTable(1)));
    }

    /** The format is on disks: who changes it gives the record another kind. */
    @Test
    void theFormatIsThisOne() {
        BindingTable table = new BindingTable(1);
        Binding binding = table.of(Ipv4Address.parse("192.0.2.10"));
        table.bind(binding, RandomLeases.client(0), 4_102_444_800L, NOW);
        table.bind(binding, RandomLeases.client(1), 4_102_444_800L, NOW + 1);

        assertThat(HexFormat.of().formatHex(StoredRecords.of(binding)))
                .isEqualTo("01" + "c000020a" + "02" + "01" + "6b49d201" + "f4865700" + "6b49d201" + "6b49d201"
                        + "0003" + "000001" + "0007" + "0102005e000001" + "0000"
                        + "0010" + "6b49d200" + "6b49d201" + "07" + "0102005e000000");
    }
}
