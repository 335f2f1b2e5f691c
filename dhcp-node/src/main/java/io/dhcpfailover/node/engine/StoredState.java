package io.dhcpfailover.node.engine;

import io.dhcpfailover.node.failover.RelationshipState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.StoredRecords;
import java.util.HashMap;
import java.util.Map;

/** What the records of a store come to: bindings, and what is kept of relationships. */
public final class StoredState {

    private final BindingTable table;
    private final Map<String, RelationshipState.Named> relationships = new HashMap<>();
    private final Map<String, StoredScopes> scopes = new HashMap<>();

    /** Of a store without records; the table is filled by them. */
    public StoredState(BindingTable table) {
        this.table = table;
    }

    /**
     * Makes the change of a record again.
     *
     * @throws IllegalArgumentException when the octets are no record of this version
     */
    public void replay(byte[] record) {
        if (record.length > 0 && record[0] == RelationshipState.KIND) {
            RelationshipState.Named named = RelationshipState.decode(record);
            relationships.put(named.name(), named);
            return;
        }
        if (record.length > 0 && record[0] == StoredScopes.KIND) {
            StoredScopes stored = StoredScopes.decode(record);
            scopes.put(stored.relationship(), stored);
            return;
        }
        StoredRecords.replay(record, table);
        long step = StoredRecords.clockStep(record);
        if (step != 0) {
            relationships.replaceAll((name, named) -> new RelationshipState.Named(
                    name, named.self(), named.state().shifted(step)));
            scopes.replaceAll((name, kept) -> kept.shifted(step));
        }
    }

    /**
     * The server was taken for down in a relationship, and is to serve nobody in it until it has met its partner, unless it
     * has since. Nothing where the store knows nothing of the relationship: then it begins like that anyway.
     *
     * @param at by when it had ended, in seconds since 1970
     */
    public void declaredDown(String relationship, long at) {
        relationships.computeIfPresent(
                relationship,
                (name, named) -> new RelationshipState.Named(
                        name, named.self(), named.state().declaredDown(at)));
    }

    /** The bindings. */
    public BindingTable table() {
        return table;
    }

    /** What is kept of each relationship, by its name. */
    public Map<String, RelationshipState.Named> relationships() {
        return Map.copyOf(relationships);
    }

    /** What the scopes of each relationship are to it, by its name. */
    Map<String, StoredScopes> scopes() {
        return Map.copyOf(scopes);
    }
}
