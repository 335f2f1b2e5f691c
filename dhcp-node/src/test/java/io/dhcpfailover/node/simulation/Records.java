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

    private static final byte BINDING_KIND = 1;
    private static final byte SHARED_BINDING_KIND = 4;

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

    /** Whether a record is of bindings, or of the clock by which their times are. */
    static boolean isOfTable(byte[] record) {
        return isOfBinding(record) || StoredRecords.clockStep(record) != 0;
    }

    /** Whether a record is of one binding. */
    static boolean isOfBinding(byte[] record) {
        return record[0] == BINDING_KIND || record[0] == SHARED_BINDING_KIND;
    }

    /** The binding of a record of one. */
    static Binding binding(byte[] record) {
        return state(List.of(record), 0).table().at(0);
    }

    /** What is kept of the relationship of this name; null where nothing is. */
    static @Nullable RelationshipState relationship(StoredState state, String name) {
        RelationshipState.Named named = state.relationships().get(name);
        return named == null ? null : named.state();
    }
}
