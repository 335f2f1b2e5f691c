package io.dhcpfailover.node.simulation;

import io.dhcpfailover.node.failover.RelationshipState;
import io.dhcpfailover.node.failover.message.BindingUpdate;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.util.stream.Collectors;

/** What happens, in lines for a person who looks for a mistake. */
final class Lines {

    private Lines() {}

    static String of(DhcpPacket packet) {
        return packet.options().get(DhcpOption.MESSAGE_TYPE)
                + " of " + packet.chaddr()
                + " ciaddr " + packet.ciaddr()
                + " yiaddr " + packet.yiaddr()
                + " asks " + packet.options().get(DhcpOption.REQUESTED_ADDRESS)
                + " server " + packet.options().get(DhcpOption.SERVER_IDENTIFIER)
                + " secs " + packet.secs()
                + " for " + packet.options().get(DhcpOption.LEASE_TIME);
    }

    static String of(byte[] record) {
        if (record[0] == RelationshipState.KIND) {
            return RelationshipState.decode(record).state().toString();
        }
        long step = StoredRecords.clockStep(record);
        return step == 0 ? of(Records.binding(record)) : "a clock step of " + step + " s";
    }

    static String of(Binding binding) {
        return binding + " of " + binding.client() + " until " + time(binding.end()) + " last "
                + time(binding.lastTransaction()) + " since " + time(binding.since());
    }

    static String of(Message message) {
        return message instanceof Message.BindingUpdates updates
                ? "BNDUPD " + message.header()
                        + updates.updates().stream().map(Lines::of).collect(Collectors.joining("; ", " ", ""))
                : message.toString();
    }

    private static String of(BindingUpdate update) {
        return update.address() + " " + update.status() + " of " + update.hardwareAddress() + " until "
                + time(update.leaseExpiration()) + " potential " + time(update.potentialExpiration()) + " last "
                + time(update.clientLastTransaction()) + " since " + time(update.stateStart());
    }

    /** In seconds since the simulation began. */
    static String time(long seconds) {
        return seconds == 0 ? "never" : String.valueOf(seconds - World.START / 1000);
    }
}
