package io.dhcpfailover.node.simulation;

import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.failover.RelationshipState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.StoredRecords;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What records say: bindings, and the state of the relationship. */
final class StoredState {

    /** The kind of a record of a clock step. */
    static final byte CLOCK_KIND = 2;

    private final BindingTable table;
    private @Nullable RelationshipState relationship;

    private StoredState(long salt) {
        table = new BindingTable(salt);
    }

    /** What these records say, in their order. */
    static StoredState of(List<byte[]> records, RandomGenerator random) {
        StoredState state = new StoredState(random.nextLong());
        records.forEach(state::add);
        return state;
    }

    void add(byte[] record) {
        if (record[0] == RelationshipState.KIND) {
            relationship = RelationshipState.decode(record).state();
            return;
        }
        StoredRecords.replay(record, table);
        RelationshipState known = relationship;
        if (record[0] == CLOCK_KIND && known != null) {
            relationship = known.shifted(clockStep(record));
        }
    }

    /** By how many seconds a record of that kind says that the clock was set. */
    static long clockStep(byte[] record) {
        return ByteBuffer.wrap(record).getLong(1);
    }

    BindingTable table() {
        return table;
    }

    /** Null where there is no record of it. */
    @Nullable RelationshipState relationship() {
        return relationship;
    }

    /** An engine that begins with it. */
    Engine engine(RandomGenerator random) {
        return new Engine(table, random.nextLong());
    }
}
