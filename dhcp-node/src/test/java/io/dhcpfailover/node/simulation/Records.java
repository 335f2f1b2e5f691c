package io.dhcpfailover.node.simulation;

import io.dhcpfailover.node.engine.StoredState;
import io.dhcpfailover.node.failover.RelationshipState;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.StoredRecords;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What records of a store say. */
final class Records {

    private Records() {}

    /**
     * What they come to, in their order.
     *
     * @param salt of the table of bindings
     */
    static StoredState state(List<byte[]> records, long salt) {
        StoredState state = new StoredState(new BindingTable(salt));
        records.forEach(state::replay);
        return state;
    }

    /** One by one, also those that are stored as one. */
    static List<byte[]> each(List<byte[]> records) {
        return records.stream()
                .flatMap(record -> StoredRecords.each(record).stream())
                .toList();
    }

    /** Whether a record is of one binding. */
    static boolean isOfBinding(byte[] record) {
        return record[0] != RelationshipState.KIND && StoredRecords.clockStep(record) == 0;
    }

    /** The binding of a record of one. */
    static Binding binding(byte[] record) {
        return state(List.of(record), 0).table().at(0);
    }

    /** What is kept of the relationship of a pair; null where nothing is. */
    static @Nullable RelationshipState relationship(StoredState state) {
        RelationshipState.Named named = state.relationships().get(PairSettings.RELATIONSHIP);
        return named == null ? null : named.state();
    }
}
