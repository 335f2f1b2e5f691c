package io.dhcpfailover.node.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.dhcpfailover.api.testing.Seeds;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.Range;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import io.dhcpfailover.node.lease.BindingTable.Client;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table against a naive one, and what it promises of full pools. */
class BindingTableTest {

    private static final long NOW = 1_800_000_000L;
    private static final List<Client> CLIENTS =
            IntStream.range(0, 15).mapToObj(RandomLeases::client).toList();

    @Test
    void whateverHappensATableIsWhatANaiveOneIs() {
        Seeds.forEach(150, random -> new Both(random).run());
    }

    /** The same done to both tables. */
    private static final class Both {

        private final RandomGenerator random;
        private final BindingTable table;
        private final NaiveTable naive = new NaiveTable();
        private List<ServedScope> scopes = List.of();
        private long now = NOW;

        Both(RandomGenerator random) {
            this.random = random;
            this.table = new BindingTable(random.nextLong());
        }

        void run() {
            serve();
            for (int i = 0; i < 150; i++) {
                // No two things at one time, so that every order is known.
                now += random.nextInt(1, 40);
                step();
                naive.check(table, CLIENTS);
            }
        }

        private void step() {
            Client client = CLIENTS.get(random.nextInt(CLIENTS.size()));
            Ipv4Address address = address();
            switch (random.nextInt(16)) {
                case 0 -> serve();
                case 1 -> shift();
                case 2, 3 -> expire();
                case 4 -> {
                    table.abandon(table.of(address), now + 500, now);
                    naive.abandon(address, now + 500, now);
                }
                case 5, 6 -> free(address);
                case 7 -> withdraw();
                case 8, 9 -> next(client);
                case 10, 11 -> offer(address, client);
                default -> bind(address, client);
            }
        }

        private Ipv4Address address() {
            Ipv4Prefix subnet = scopes.isEmpty()
                    ? Ipv4Prefix.parse("192.0.2.0/24")
                    : scopes.get(random.nextInt(scopes.size())).spec().subnet();
            return subnet.network().plus(8 + random.nextInt(22));
        }

        private void serve() {
            List<ServedScope> next = new ArrayList<>();
            for (String subnet : List.of("192.0.2.0/24", "198.51.100.0/24")) {
                String name = "scope-" + subnet.charAt(2);
                switch (random.nextInt(5)) {
                    case 0 -> {}
                    case 1, 2 -> next.add(RandomLeases.scope(random, name, subnet));
                    default ->
                        scopes.stream()
                                .filter(scope -> scope.name().toString().equals(name))
                                .forEach(next::add);
                }
            }
            scopes = next;
            table.serve(new ScopeTable(scopes));
            naive.serve(new ScopeTable(scopes));
        }

        private void shift() {
            // An offset that is no multiple of anything keeps all times apart.
            long seconds = random.nextInt(-1000, 1000);
            now += seconds;
            table.shift(seconds);
            naive.shift(seconds);
        }

        private void expire() {
            List<Ipv4Address> ended = new ArrayList<>();
            table.expire(now, binding -> ended.add(binding.address()));
            long last = 0;
            for (Ipv4Address address : ended) {
                long end = naive.of(address).end;
                assertThat(end).isBetween(last, now);
                last = end;
                naive.free(address, end);
            }
            assertThat(table.nextEnd()).isGreaterThan(now);
        }

        private void free(Ipv4Address address) {
            Binding binding = table.of(address);
            if (binding.offer() == null) {
                table.free(binding, now);
                naive.free(address, now);
            } else {
                naive.of(address);
            }
        }

        private void withdraw() {
            Offer oldest = table.oldestOffer();
            if (oldest != null) {
                assertThat(naive.known.values())
                        .filteredOn(binding -> binding.offeredTo != null)
                        .allMatch(binding -> binding.offerMade >= oldest.made());
                naive.withdraw(oldest.binding().address());
                table.withdraw(oldest);
            }
        }

        private void next(Client client) {
            if (!scopes.isEmpty()) {
                ServedScope scope = scopes.getFirst();
                Binding next = table.nextFree(table.pool(scope));
                assertThat(next == null ? null : next.address()).isEqualTo(naive.nextFree(scope));
                if (next != null) {
                    offer(next.address(), client);
                }
            }
        }

        private void offer(Ipv4Address address, Client client) {
            Binding binding = table.of(address);
            if (naive.of(address).isFree()) {
                table.offer(binding, client.identity(), 1, 2, now);
                naive.offer(address, client.identity(), now);
            } else if (!Objects.equals(naive.of(address).offeredTo, client.identity())) {
                // An offer that the client has elsewhere is over in any case.
                Offer other = table.offer(client.identity());
                if (other != null) {
                    naive.withdraw(other.binding().address());
                }
                assertThatIllegalStateException().isThrownBy(() -> table.offer(binding, client.identity(), 1, 2, now));
            }
        }

        private void bind(Ipv4Address address, Client client) {
            long end = random.nextInt(10) == 0 ? Binding.UNLIMITED : now + random.nextInt(1, 600);
            table.bind(table.of(address), client, end, now);
            naive.bind(address, client, end, now);
        }
    }

    /** Every address is given once and only once, however many are in use, and the last one as surely as the first. */
    @ParameterizedTest
    @ValueSource(ints = {10, 5000, 9900, 9999, 10_000})
    void everyFreeAddressIsFound(int used) {
        Seeds.forEach(3, random -> {
            ServedScope scope = RandomLeases.scope(
                    "large",
                    Ipv4Prefix.parse("10.0.0.0/16"),
                    new Range(
                            Ipv4Address.parse("10.0.1.0"),
                            Ipv4Address.parse("10.0.1.0").plus(9_999)),
                    List.of(),
                    List.of());
            BindingTable table = new BindingTable(random.nextLong());
            table.serve(new ScopeTable(List.of(scope)));
            Set<Ipv4Address> taken = new HashSet<>();
            for (int i = 0; i < used; i++) {
                taken.add(take(table, scope, i));
            }
            assertThat(taken).hasSize(used);
            // Some come back, in any order, and are given again in that order once all others were.
            List<Ipv4Address> back = new ArrayList<>();
            for (int i = 0; i < Math.min(used, 100); i++) {
                Binding binding = table.at(random.nextInt(used));
                if (binding.state() == BindingState.ACTIVE) {
                    table.free(binding, NOW);
                    back.add(binding.address());
                }
            }
            List<Ipv4Address> rest = new ArrayList<>();
            while (table.pool(scope).free() > 0) {
                rest.add(take(table, scope, 20_000 + rest.size()));
            }

            assertThat(table.nextFree(table.pool(scope))).isNull();
            assertThat(rest).hasSize(10_000 - used + back.size()).doesNotHaveDuplicates();
            assertThat(rest.subList(rest.size() - back.size(), rest.size())).isEqualTo(back);
            assertThat(rest.subList(0, rest.size() - back.size())).doesNotContainAnyElementsOf(taken);
        });
    }

    private static Ipv4Address take(BindingTable table, ServedScope scope, int number) {
        Binding next = Objects.requireNonNull(table.nextFree(table.pool(scope)));
        table.bind(next, RandomLeases.client(3 * number), Binding.UNLIMITED, NOW);
        return next.address();
    }

    /** Whoever sets a clock, no time wraps, and an order by ends stays one. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 1_900_000_000L, Long.MIN_VALUE, 1L << 32, -(1L << 32)})
    void aClockStepOfAnyLengthKeepsTimesInTheirRange(long seconds) {
        BindingTable table = new BindingTable(1);
        for (int i = 0; i < 100; i++) {
            table.bind(table.of(new Ipv4Address(i)), RandomLeases.client(3 * i), NOW + 37L * i % 100, NOW);
        }
        table.shift(seconds);

        for (int i = 0; i < 100; i++) {
            assertThat(table.at(i).end()).isEqualTo(seconds > 0 ? Binding.UNLIMITED - 1 : 1);
        }
        List<Binding> ended = new ArrayList<>();
        table.expire(Binding.UNLIMITED, ended::add);
        assertThat(ended).hasSize(100);
        assertThat(table.latest()).isBetween(0L, Binding.UNLIMITED);
    }

    @Test
    void aClientThatMovesLeavesItsOldAddressWhichIsToBeStoredToo() {
        ServedScope scope = RandomLeases.scope(
                "small",
                Ipv4Prefix.parse("192.0.2.0/24"),
                new Range(Ipv4Address.parse("192.0.2.10"), Ipv4Address.parse("192.0.2.19")),
                List.of(),
                List.of());
        BindingTable table = new BindingTable(1);
        table.serve(new ScopeTable(List.of(scope)));
        Binding first = table.of(Ipv4Address.parse("192.0.2.10"));
        Binding second = table.of(Ipv4Address.parse("192.0.2.11"));

        assertThat(table.bind(first, CLIENTS.getFirst(), NOW + 60, NOW)).isNull();
        table.free(first, NOW + 10);
        assertThat(table.bind(second, CLIENTS.getFirst(), NOW + 80, NOW + 20)).isSameAs(first);
        assertThat(first.client()).isNull();
        assertThat(first.history())
                .containsExactly(new PastLease(CLIENTS.getFirst().identity(), NOW, NOW + 10));
    }
}
