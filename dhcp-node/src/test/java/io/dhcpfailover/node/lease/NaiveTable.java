package io.dhcpfailover.node.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.lease.BindingTable.Client;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a {@link BindingTable} promises, by scans of maps. Checks a table against it. */
final class NaiveTable {

    /** What is known of one address. */
    static final class Known {
        BindingState state = BindingState.FREE;

        @Nullable Client client;

        @Nullable ClientIdentity offeredTo;

        boolean wasNext;
        long offerMade;
        long start;
        long end;
        long since;
        long lastTransaction;
        List<PastLease> history = new ArrayList<>();

        boolean isFree() {
            return state == BindingState.FREE && offeredTo == null;
        }

        boolean isOf(ClientIdentity identity) {
            return client != null && client.identity().equals(identity);
        }

        private void remember(long now) {
            if (client != null && start != 0) {
                long ended = state == BindingState.ACTIVE ? Math.min(end, now) : since;
                history.addFirst(new PastLease(client.identity(), start, ended));
                history = new ArrayList<>(history.subList(0, Math.min(3, history.size())));
            }
        }
    }

    /** In the order in which they became known. */
    final Map<Ipv4Address, Known> known = new LinkedHashMap<>();

    /** Addresses of each scope that were used and are free, the one to be given first in front. */
    private final Map<ServedScope, List<Ipv4Address>> free = new HashMap<>();

    private ScopeTable scopes = new ScopeTable(List.of());

    void serve(ScopeTable served) {
        scopes = served;
        free.keySet().retainAll(served.scopes());
        for (ServedScope scope : served.scopes()) {
            free.computeIfAbsent(
                    scope,
                    fresh -> new ArrayList<>(known.keySet().stream()
                            .filter(address ->
                                    gives(scope, address) && of(address).isFree())
                            .sorted(Comparator.comparingLong(address -> of(address).since))
                            .toList()));
        }
    }

    static boolean gives(ServedScope scope, Ipv4Address address) {
        return scope.pool().contains(address) && !scope.isReserved(address);
    }

    private @Nullable List<Ipv4Address> list(Ipv4Address address) {
        ServedScope scope = scopes.ofAddress(address);
        return scope == null || !gives(scope, address) ? null : free.get(scope);
    }

    private void changed(Ipv4Address address, boolean first) {
        List<Ipv4Address> list = list(address);
        if (list != null) {
            list.remove(address);
            if (of(address).isFree()) {
                list.add(first ? 0 : list.size(), address);
            }
        }
    }

    Known of(Ipv4Address address) {
        Known found = known.get(address);
        if (found == null) {
            found = new Known();
            known.put(address, found);
            changed(address, false);
        }
        return found;
    }

    void bind(Ipv4Address address, Client client, long end, long now) {
        Known binding = of(address);
        binding.offeredTo = null;
        if (!binding.isOf(client.identity())) {
            ServedScope scope = scopes.ofAddress(address);
            Known old = scope == null ? null : known.get(find(client.identity(), scope));
            if (old != null && old.state == BindingState.FREE) {
                old.remember(now);
                old.client = null;
            }
            binding.remember(now);
            binding.start = now;
            binding.since = now;
        } else if (binding.state != BindingState.ACTIVE) {
            binding.start = now;
            binding.since = now;
        }
        binding.client = client;
        binding.state = BindingState.ACTIVE;
        binding.end = end;
        binding.lastTransaction = now;
        changed(address, false);
    }

    void free(Ipv4Address address, long now) {
        of(address).state = BindingState.FREE;
        of(address).since = now;
        changed(address, false);
    }

    void abandon(Ipv4Address address, long until, long now) {
        Known binding = of(address);
        binding.remember(now);
        binding.client = null;
        binding.offeredTo = null;
        binding.state = BindingState.ABANDONED;
        binding.start = 0;
        binding.end = until;
        binding.since = now;
        changed(address, false);
    }

    void offer(Ipv4Address address, ClientIdentity client, long now) {
        known.forEach((other, binding) -> {
            if (Objects.equals(binding.offeredTo, client)) {
                withdraw(other);
            }
        });
        List<Ipv4Address> list = list(address);
        Known offered = of(address);
        offered.wasNext = offered.since == 0 || (list != null && list.indexOf(address) == 0);
        offered.offeredTo = client;
        of(address).offerMade = now;
        changed(address, false);
    }

    void withdraw(Ipv4Address address) {
        of(address).offeredTo = null;
        changed(address, of(address).wasNext);
    }

    void shift(long seconds) {
        known.values().forEach(binding -> {
            binding.start = shifted(binding.start, seconds);
            binding.since = shifted(binding.since, seconds);
            binding.lastTransaction = shifted(binding.lastTransaction, seconds);
            binding.end = binding.end == Binding.UNLIMITED ? binding.end : shifted(binding.end, seconds);
            binding.offerMade += seconds;
        });
    }

    private static long shifted(long time, long seconds) {
        return time == 0 ? 0 : Math.clamp(time + seconds, 1, Binding.UNLIMITED - 1);
    }

    /** Addresses of a scope that a client has or had, the one that counts first. */
    private List<Ipv4Address> all(ClientIdentity client, ServedScope scope) {
        return known.keySet().stream()
                .filter(address ->
                        scope.spec().subnet().contains(address) && of(address).isOf(client))
                .sorted(Comparator.<Ipv4Address, Boolean>comparing(address -> of(address).state != BindingState.ACTIVE)
                        .thenComparingLong(address -> -of(address).lastTransaction))
                .toList();
    }

    @Nullable Ipv4Address find(ClientIdentity client, ServedScope scope) {
        List<Ipv4Address> all = all(client, scope);
        return all.isEmpty() ? null : all.getFirst();
    }

    /**
     * The address that is to be given next: one that was only ever offered, the lowest that nobody had, or the one that
     * has been free for longest.
     */
    @Nullable Ipv4Address nextFree(ServedScope scope) {
        List<Ipv4Address> list = Objects.requireNonNull(free.get(scope));
        if (!list.isEmpty() && of(list.getFirst()).since == 0) {
            return list.getFirst();
        }
        for (int place = 0; place < scope.pool().size(); place++) {
            Ipv4Address address = scope.pool().addressAt(place);
            if (!known.containsKey(address) && !scope.isReserved(address)) {
                return address;
            }
        }
        return list.isEmpty() ? null : list.getFirst();
    }

    Pool.Statistics statistics(ServedScope scope) {
        int[] counts = new int[5];
        for (int place = 0; place < scope.pool().size(); place++) {
            Ipv4Address address = scope.pool().addressAt(place);
            if (!scope.isReserved(address)) {
                counts[0]++;
                Known binding = known.get(address);
                if (binding == null || binding.isFree()) {
                    counts[1]++;
                } else if (binding.state == BindingState.FREE) {
                    counts[2]++;
                } else {
                    counts[binding.state == BindingState.ACTIVE ? 3 : 4]++;
                }
            }
        }
        return new Pool.Statistics(counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    long nextEnd() {
        return known.values().stream()
                .filter(binding -> binding.state != BindingState.FREE && binding.end != Binding.UNLIMITED)
                .mapToLong(binding -> binding.end)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Fails where the table is not the same, seen by addresses, by these clients, and by pools. */
    void check(BindingTable table, List<Client> clients) {
        assertThat(table.size()).isEqualTo(known.size());
        int place = 0;
        for (Ipv4Address address : known.keySet()) {
            assertThat(table.at(place++)).isSameAs(table.find(address));
            checkBinding(Objects.requireNonNull(table.find(address)), of(address));
        }
        for (Client client : clients) {
            for (ServedScope scope : scopes.scopes()) {
                Binding found = table.find(client.identity(), scope);
                Ipv4Address expected = find(client.identity(), scope);
                assertThat(found == null ? null : found.address()).isEqualTo(expected);
            }
            assertThat(table.all(client.identity()))
                    .extracting(Binding::address)
                    .containsExactlyInAnyOrderElementsOf(known.keySet().stream()
                            .filter(address -> of(address).isOf(client.identity()))
                            .toList());
            assertThat(table.all(client.hardware()))
                    .extracting(Binding::address)
                    .containsExactlyInAnyOrderElementsOf(known.keySet().stream()
                            .filter(address -> hasHardware(of(address), client))
                            .toList());
        }
        for (ServedScope scope : scopes.scopes()) {
            assertThat(table.pool(scope).statistics()).isEqualTo(statistics(scope));
            assertThat(freeList(table.pool(scope))).isEqualTo(free.get(scope));
        }
        assertThat(table.nextEnd()).isEqualTo(nextEnd());
        assertThat(table.offers()).isEqualTo((int) known.values().stream()
                .filter(binding -> binding.offeredTo != null)
                .count());
    }

    private static boolean hasHardware(Known binding, Client client) {
        return binding.client != null && binding.client.hardware().equals(client.hardware());
    }

    private static List<Ipv4Address> freeList(Pool pool) {
        List<Ipv4Address> list = new ArrayList<>();
        for (Binding at = pool.oldestFree(); at != null; at = at.nextFree) {
            list.add(at.address());
        }
        return list;
    }

    private static void checkBinding(Binding binding, Known expected) {
        Client client = expected.client;
        assertThat(binding.state()).isEqualTo(expected.state);
        assertThat(binding.client()).isEqualTo(client == null ? null : client.identity());
        assertThat(binding.hardware()).isEqualTo(client == null ? null : client.hardware());
        assertThat(binding.identified()).isEqualTo(client != null && client.identified());
        assertThat(binding.bootp()).isEqualTo(client != null && client.bootp());
        assertThat(binding.start()).isEqualTo(expected.start);
        assertThat(binding.end()).isEqualTo(expected.end);
        assertThat(binding.since()).isEqualTo(expected.since);
        assertThat(binding.lastTransaction()).isEqualTo(expected.lastTransaction);
        assertThat(binding.history()).isEqualTo(expected.history);
        Offer offer = binding.offer();
        assertThat(offer == null ? null : offer.client()).isEqualTo(expected.offeredTo);
        assertThat(offer == null ? 0 : offer.made()).isEqualTo(offer == null ? 0 : expected.offerMade);
    }
}
