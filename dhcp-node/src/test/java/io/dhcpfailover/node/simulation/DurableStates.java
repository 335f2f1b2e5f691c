package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.StoredState;
import io.dhcpfailover.node.failover.RelationshipState;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.lease.StoredRecords;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is durable at each server, as its records say and nobody else. After a crash a server begins with exactly that:
 * the first half of I2.
 */
final class DurableStates implements Witness {

    /**
     * A lease that a record grants.
     *
     * @param client whose it is
     * @param end when it ends, by the server's clock
     * @param stored when the record became durable, in true time
     */
    record Grant(ClientIdentity client, long end, long stored) {}

    private static final class View {
        private final Durable durable = new Durable();
        private StoredState state = Records.state(List.of(), 0);
        private List<RelationshipState> tried = new ArrayList<>();
        private final Map<Ipv4Address, Grant> grants = new HashMap<>();
        private final Map<Ipv4Address, Long> written = new HashMap<>();
    }

    private final World world;
    private final Map<ServerRole, View> views = new EnumMap<>(ServerRole.class);

    DurableStates(World world) {
        this.world = world;
        views.put(ServerRole.Primary, new View());
        views.put(ServerRole.Secondary, new View());
    }

    private View view(PairServer server) {
        return Objects.requireNonNull(views.get(server.role()));
    }

    /** The bindings of a server's store. */
    BindingTable table(PairServer server) {
        return view(server).state.table();
    }

    /** The state of the relationship in a server's store; null where there is none. */
    @Nullable RelationshipState relationship(PairServer server) {
        return Records.relationship(view(server).state, server.settings().name());
    }

    /** The lease that a server's latest record of one for this address grants; null where there is none. */
    @Nullable Grant grant(PairServer server, Ipv4Address address) {
        return view(server).grants.get(address);
    }

    /** When a record of an address became durable at a server the last time, in true time; 0 for never. */
    long written(PairServer server, Ipv4Address address) {
        return view(server).written.getOrDefault(address, 0L);
    }

    @Override
    public void stored(PairServer server, byte[] record) {
        View view = view(server);
        view.tried = new ArrayList<>();
        for (byte[] one : StoredRecords.each(record)) {
            view.state.replay(one);
            if (Records.isOfTable(one)) {
                view.durable.stored(List.of(one));
                stored(view, one);
            }
        }
    }

    private void stored(View view, byte[] record) {
        long step = StoredRecords.clockStep(record);
        if (step != 0) {
            view.grants.replaceAll((address, grant) -> new Grant(grant.client, grant.end + step, grant.stored));
            return;
        }
        Binding binding = Records.binding(record);
        ClientIdentity client = binding.client();
        view.written.put(binding.address(), world.now());
        if (binding.state() == BindingState.ACTIVE && client != null) {
            view.grants.put(binding.address(), new Grant(client, binding.end(), world.now()));
        }
    }

    @Override
    public void tried(PairServer server, List<byte[]> records) {
        View view = view(server);
        List<byte[]> bindings = new ArrayList<>();
        view.tried = new ArrayList<>();
        for (byte[] record : Records.each(records)) {
            if (record[0] == RelationshipState.KIND) {
                RelationshipState.Named named = RelationshipState.decode(record);
                if (named.name().equals(server.settings().name())) {
                    view.tried.add(named.state());
                }
            } else if (Records.isOfTable(record)) {
                bindings.add(record);
            }
        }
        view.durable.tried(bindings);
    }

    @Override
    public void wiped(PairServer server) {
        views.put(server.role(), new View());
    }

    @Override
    public void putBack(PairServer server, List<byte[]> records) {
        wiped(server);
        records.forEach(record -> stored(server, record));
    }

    @Override
    public void started(PairServer server, List<byte[]> records) {
        View view = view(server);
        StoredState found = Records.state(records, 0);
        view.durable.check(found.table());
        RelationshipState before =
                Records.relationship(view.state, server.settings().name());
        RelationshipState after = Records.relationship(found, server.settings().name());
        assertThat(Objects.equals(before, after) || view.tried.contains(after))
                .as("I2: %s stored %s, and found %s", server, before, after)
                .isTrue();
        view.state = found;
        view.tried = new ArrayList<>();
    }

    /** All addresses of its clients of which a store says anything, with what it says of who has them. */
    Map<Ipv4Address, Binding> bindings(PairServer server) {
        Map<Ipv4Address, Binding> bindings = new HashMap<>();
        BindingTable table = table(server);
        for (int i = 0; i < table.size(); i++) {
            if (server.settings().has(table.at(i).address())) {
                bindings.put(table.at(i).address(), table.at(i));
            }
        }
        return bindings;
    }
}
