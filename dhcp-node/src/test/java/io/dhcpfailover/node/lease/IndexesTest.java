package io.dhcpfailover.node.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.testing.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The indexes of a table against scans. */
class IndexesTest {

    @Test
    void aClientIndexFindsWhatWasAddedAndNotRemoved() {
        Seeds.forEach(300, random -> {
            ClientIndex index = ClientIndex.byIdentity(random.nextLong());
            List<Binding> bindings =
                    IntStream.range(0, 150).mapToObj(Binding::new).toList();
            Set<Binding> added = new HashSet<>();
            // Few keys make chains, many make clusters of slots; one octet more or less makes another key.
            int keys = 1 << random.nextInt(1, 9);
            for (int i = 0; i < 600; i++) {
                Binding binding = bindings.get(random.nextInt(bindings.size()));
                if (added.remove(binding)) {
                    index.remove(binding);
                    binding.client = null;
                } else {
                    binding.client = key(random, keys);
                    index.add(binding);
                    if (binding.client != null) {
                        added.add(binding);
                    }
                }
            }
            for (int i = 0; i < 2 * keys; i++) {
                byte[] key = key(i % keys, i < keys ? 2 : 3);
                assertThat(chain(index, key))
                        .containsExactlyInAnyOrderElementsOf(added.stream()
                                .filter(binding -> Arrays.equals(binding.client, key))
                                .toList());
            }
        });
    }

    private static byte[] key(RandomGenerator random, int keys) {
        return key(random.nextInt(keys), random.nextInt(2, 4));
    }

    private static byte[] key(int number, int length) {
        byte[] key = new byte[length];
        key[0] = (byte) (number >> 8);
        key[1] = (byte) number;
        return key;
    }

    private static List<Binding> chain(ClientIndex index, byte[] key) {
        List<Binding> chain = new ArrayList<>();
        for (Binding at = index.first(key); at != null; at = at.nextOfClient) {
            chain.add(at);
        }
        return chain;
    }

    @Test
    void whatHasNoKeyIsNotInAnIndex() {
        ClientIndex index = ClientIndex.byIdentity(1);
        Binding binding = new Binding(1);

        index.add(binding);
        index.remove(binding);

        assertThat(index.first(new byte[0])).isNull();
    }

    /** All clients of a link without hardware addresses have one key and each leaves without a scan. */
    @Test
    void removingFromALongChainIsNoScan() {
        Counting index = new Counting();
        List<Binding> bindings = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Binding binding = new Binding(i);
            binding.client = new byte[] {32};
            bindings.add(binding);
            index.add(binding);
        }
        index.steps = 0;
        bindings.forEach(index::remove);

        assertThat(index.steps).isLessThan(10 * bindings.size());
        assertThat(index.first(new byte[] {32})).isNull();
    }

    /** The server answers nobody while an index grows. */
    @Test
    void noSingleBindingMakesAllOthersMove() {
        Counting index = new Counting();
        int most = 0;
        for (int i = 0; i < 200_000; i++) {
            Binding binding = new Binding(i);
            binding.client = ByteBuffer.allocate(4).putInt(i).array();
            index.keys = 0;
            index.add(binding);
            most = Math.max(most, index.keys);
        }

        assertThat(most).isLessThan(2000);
    }

    /** Counts how often it goes from one binding to another. */
    private static final class Counting extends ClientIndex {

        private final ClientIndex real = ClientIndex.byIdentity(0);
        private int steps;
        private int keys;

        Counting() {
            super(7);
        }

        @Override
        byte[] key(Binding binding) {
            keys++;
            return Objects.requireNonNull(real.key(binding));
        }

        @Override
        @Nullable Binding next(Binding binding) {
            steps++;
            return real.next(binding);
        }

        @Override
        void setNext(Binding binding, @Nullable Binding next) {
            real.setNext(binding, next);
        }

        @Override
        @Nullable Binding previous(Binding binding) {
            steps++;
            return real.previous(binding);
        }

        @Override
        void setPrevious(Binding binding, @Nullable Binding previous) {
            real.setPrevious(binding, previous);
        }
    }

    @Test
    void anEndHeapHasTheOneThatEndsFirst() {
        Seeds.forEach(300, random -> {
            EndHeap heap = new EndHeap();
            List<Binding> bindings =
                    IntStream.range(0, 200).mapToObj(Binding::new).toList();
            Set<Binding> in = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                Binding binding = bindings.get(random.nextInt(bindings.size()));
                if (random.nextInt(3) == 0) {
                    heap.remove(binding);
                    in.remove(binding);
                } else {
                    // Ends beyond 2038 are numbers above 2^31.
                    binding.end = random.nextInt(-50, 50);
                    heap.put(binding);
                    in.add(binding);
                }
                assertThat(heap.first() == null).isEqualTo(in.isEmpty());
            }
            long last = 0;
            for (Binding first = heap.first(); first != null; first = heap.first()) {
                assertThat(first.end()).isGreaterThanOrEqualTo(last);
                assertThat(first.end())
                        .isEqualTo(in.stream()
                                .min(Comparator.comparingLong(Binding::end))
                                .orElseThrow()
                                .end());
                last = first.end();
                heap.remove(first);
                assertThat(in.remove(first)).isTrue();
                assertThat(first.heapIndex).isEqualTo(Binding.NOT_IN_HEAP);
            }
            assertThat(in).isEmpty();
        });
    }

    @Test
    void anAddressIndexKeepsItsPlaces() {
        Seeds.forEach(50, random -> {
            AddressIndex index = new AddressIndex();
            List<Binding> bindings = new ArrayList<>();
            int stride = 1 << random.nextInt(20);
            for (int i = 0; i < 2000; i++) {
                Binding binding = new Binding(i * stride);
                if (index.find(binding.address) == null) {
                    index.add(binding);
                    bindings.add(binding);
                }
            }
            assertThat(index.size()).isEqualTo(bindings.size());
            for (int i = 0; i < bindings.size(); i++) {
                assertThat(index.at(i)).isSameAs(bindings.get(i));
                assertThat(index.find(bindings.get(i).address)).isSameAs(bindings.get(i));
            }
            assertThat(index.find(-1)).isNull();
        });
    }
}
