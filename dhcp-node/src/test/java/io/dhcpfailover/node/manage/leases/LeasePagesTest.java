package io.dhcpfailover.node.manage.leases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.BindingView;
import io.dhcpfailover.node.lease.ClientDetails;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases page by page: all of them, once, in the order of their addresses, while the table grows. */
class LeasePagesTest {

    private static final long NOW = 1_800_000_000L;

    private final BindingTable table = new BindingTable(7);
    private final Engine engine = new Engine(table, 7);
    private final List<Integer> looked = new ArrayList<>();
    private LeasePages pages = pages(Runnable::run);

    private LeasePages pages(Consumer<Runnable> turns) {
        return new LeasePages(engine, new EngineTurns(turns));
    }

    private void lease(int address, int client, String name) {
        HardwareAddress hardware = HardwareAddress.of(new MacAddress(0x0200_5E00_0000L + client));
        Options details = new Options.Builder().put(DhcpOption.HOST_NAME, name).build();
        Binding _ = table.bind(
                table.of(new Ipv4Address(address)),
                new BindingTable.Client(ClientIdentity.of(hardware), false, hardware, ClientDetails.of(details), false),
                NOW + 3600,
                NOW);
    }

    private List<Ipv4Address> all(LeaseFilter filter, int limit) throws IOException {
        List<Ipv4Address> all = new ArrayList<>();
        Ipv4Address after = null;
        do {
            LeasePage page = pages.page(filter, after, limit);
            assertThat(page.leases()).hasSizeLessThanOrEqualTo(limit);
            page.leases().forEach(lease -> all.add(lease.address()));
            after = page.next();
        } while (after != null);
        return all;
    }

    /** Who reads all of a million leases would otherwise have them put in order a thousand times. */
    @Test
    void aFurtherPageAsksForItsOwnLeasesAloneUntilASecondHasPassed() throws IOException {
        for (int i = 0; i < 30; i++) {
            lease(0x0A00_0000 + i, i, "host");
        }
        AtomicInteger turns = new AtomicInteger();
        AtomicLong now = new AtomicLong(1);
        LeasePages counted = new LeasePages(
                engine,
                new EngineTurns(turn -> {
                    turns.incrementAndGet();
                    turn.run();
                }),
                now::get);
        Ipv4Address after = counted.page(LeaseFilter.ALL, null, 10).next();
        int first = turns.getAndSet(0);

        assertThat(counted.page(LeaseFilter.ALL, after, 10).leases()).hasSize(10);
        assertThat(turns.getAndSet(0)).isEqualTo(first - 1);

        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(counted.page(LeaseFilter.ALL, after, 10).leases()).hasSize(10);
        assertThat(turns.get()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyLeaseIsOnOnePageInTheOrderOfAddresses(long seed) throws IOException {
        Random random = new Random(seed);
        TreeSet<Ipv4Address> expected = new TreeSet<>();
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 3000; i++) {
                // Both halves of the addresses, whose numbers are signed in Java.
                int address = (random.nextBoolean() ? 0xC000_0200 : 0x0A00_0000) + random.nextInt(100_000);
                lease(address, i, "host");
                expected.add(new Ipv4Address(address));
            }
            assertThat(all(LeaseFilter.ALL, 1 + random.nextInt(LeasePages.LIMIT_MAX)))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void theEngineIsAskedForFewAtATime() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            lease(0x0A00_0000 + i, i, i % 10_000 == 9999 ? "rare" : "host");
        }
        pages = pages(turn -> {
            long before = System.nanoTime();
            turn.run();
            looked.add((int) (System.nanoTime() - before));
        });
        assertThat(all(new LeaseFilter(null, null, null, "RARE"), 10)).hasSize(2);
        assertThat(looked).as("turns of the engine").hasSizeGreaterThan(40);
        looked.clear();
        assertThat(pages.page(LeaseFilter.ALL, null, 100).leases()).hasSize(100);
        assertThat(looked).as("turns, for what is known already").hasSize(2);
    }

    @Test
    void leasesAreFilteredBySubnetStateClientAndName() throws IOException {
        lease(0xC000_020A, 1, "Printer-1");
        lease(0xC000_020B, 2, "laptop");
        lease(0xC633_640A, 1, "printer-2");
        table.free(table.of(new Ipv4Address(0xC000_020B)), NOW);
        Ipv4Prefix office = Ipv4Prefix.parse("192.0.2.0/24");
        assertThat(all(new LeaseFilter(office, null, null, null), 1)).hasSize(2);
        assertThat(all(new LeaseFilter(null, BindingState.FREE, null, null), 1))
                .extracting(Ipv4Address::toString)
                .containsExactly("192.0.2.11");
        assertThat(all(new LeaseFilter(null, null, ClientKey.parse("02:00:5e:00:00:01"), null), 1))
                .extracting(Ipv4Address::toString)
                .containsExactly("192.0.2.10", "198.51.100.10");
        assertThat(all(new LeaseFilter(null, null, ClientKey.parse("01:02:00:5e:00:00:01"), null), 1))
                .hasSize(2);
        assertThat(all(new LeaseFilter(null, null, null, "pRINTER"), 1)).hasSize(2);
        assertThat(all(new LeaseFilter(office, BindingState.ACTIVE, ClientKey.parse("02-00-5E-00-00-01"), "1"), 1))
                .hasSize(1);
    }

    @Test
    void oneIsFoundByItsAddress() throws IOException {
        lease(0xC000_020A, 1, "host");
        BindingView found = pages.find(Ipv4Address.parse("192.0.2.10"));
        assertThat(found).isNotNull().extracting(BindingView::state).isEqualTo(BindingState.ACTIVE);
        assertThat(pages.find(Ipv4Address.parse("192.0.2.11"))).isNull();
    }

    @Test
    void whatIsNoLimitAndNoClientIsRefused() {
        assertThatThrownBy(() -> pages.page(LeaseFilter.ALL, null, 0)).hasMessageContaining("limit is 0");
        assertThatThrownBy(() -> pages.page(LeaseFilter.ALL, null, 1001)).hasMessageContaining("1 to 1000");
        assertThatThrownBy(() -> ClientKey.parse("printer")).hasMessageContaining("'printer' is no client");
    }

    @Test
    void anEngineThatFailsOrEndsIsToldApart() {
        EngineTurns failing = new EngineTurns(Runnable::run);
        assertThatThrownBy(() -> failing.ask(() -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broken");
        assertThatThrownBy(() -> failing.ask(() -> {
                    throw new IllegalArgumentException("no scope attic");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no scope attic");
    }
}
