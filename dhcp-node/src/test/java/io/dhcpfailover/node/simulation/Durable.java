package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.StoredRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a store said that it holds. After a crash it holds that: neither less, nor what nobody gave to it. */
final class Durable {

    /** The kind of record of a binding between partners, where it says what they agreed on, and its first bit. */
    private static final byte SHARED_KIND = 4;

    private static final int AGREEMENT = 23;
    private static final int PENDING = 1;

    private List<byte[]> stored = new ArrayList<>();

    /** Records of which a failing store may hold some. */
    private List<byte[]> tried = new ArrayList<>();

    void stored(List<byte[]> records) {
        stored.addAll(records);
        tried.clear();
    }

    void tried(List<byte[]> records) {
        tried = new ArrayList<>(records);
    }

    /** Fails where a table that was read from the store is not what was stored. */
    void check(BindingTable table) {
        BindingTable expected = new BindingTable(0);
        stored.forEach(record -> StoredRecords.replay(record, expected));
        List<byte[]> known = new ArrayList<>();
        for (int place = 0; place < table.size(); place++) {
            Binding binding = table.at(place);
            byte[] record = StoredRecords.of(binding);
            known.add(record);
            assertThat(isAllowed(binding, record, expected.find(binding.address())))
                    .as("%s came from the store, but nobody stored that", binding)
                    .isTrue();
        }
        for (int place = 0; place < expected.size(); place++) {
            Binding binding = expected.at(place);
            assertThat(table.find(binding.address()))
                    .as("%s was stored, but nothing came from the store", binding)
                    .isNotNull();
        }
        stored = known;
        tried.clear();
    }

    /** A snapshot may say that the partner has yet to be told: nobody stores that, and it does no harm. */
    private static boolean isSame(byte[] stored, byte[] found) {
        byte[] known = found.clone();
        if (found[0] == SHARED_KIND && found.length > AGREEMENT) {
            known[AGREEMENT] &= (byte) (stored[Math.min(AGREEMENT, stored.length - 1)] | ~PENDING);
        }
        return Arrays.equals(stored, known);
    }

    private boolean isAllowed(Binding binding, byte[] record, @Nullable Binding expected) {
        if (expected == null ? binding.client() == null : isSame(StoredRecords.of(expected), record)) {
            return true;
        }
        // Only a snapshot says that a lease ended: nobody stores that.
        if (expected != null
                && expected.state() != BindingState.FREE
                && binding.state() == BindingState.FREE
                && binding.since() == expected.end()) {
            return true;
        }
        // A clock step among them changes every time.
        return tried.stream().anyMatch(other -> Arrays.equals(other, record) || other.length == 9);
    }
}
