package io.dhcpfailover.node.simulation;

import io.dhcpfailover.node.engine.Outcome;
import io.dhcpfailover.node.engine.Reply;
import io.dhcpfailover.node.failover.FailoverEvent;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.util.List;
import java.util.function.Consumer;

/** Several witnesses, each of which sees everything, in the order given. */
record Witnesses(List<Witness> all) implements Witness {

    private void each(Consumer<Witness> what) {
        all.forEach(what);
    }

    @Override
    public void started(PairServer server, List<byte[]> records) {
        each(witness -> witness.started(server, records));
    }

    @Override
    public void stopped(PairServer server) {
        each(witness -> witness.stopped(server));
    }

    @Override
    public void stored(PairServer server, byte[] record) {
        each(witness -> witness.stored(server, record));
    }

    @Override
    public void tried(PairServer server, List<byte[]> records) {
        each(witness -> witness.tried(server, records));
    }

    @Override
    public void wiped(PairServer server) {
        each(witness -> witness.wiped(server));
    }

    @Override
    public void putBack(PairServer server, List<byte[]> records) {
        each(witness -> witness.putBack(server, records));
    }

    @Override
    public void clockSet(PairServer server, long seconds) {
        each(witness -> witness.clockSet(server, seconds));
    }

    @Override
    public void happened(PairServer server, FailoverEvent event) {
        each(witness -> witness.happened(server, event));
    }

    @Override
    public void configured(PairServer server, PairSettings settings) {
        each(witness -> witness.configured(server, settings));
    }

    @Override
    public void received(PairServer server, DhcpPacket packet, Outcome outcome) {
        each(witness -> witness.received(server, packet, outcome));
    }

    @Override
    public void replied(PairServer server, Reply reply) {
        each(witness -> witness.replied(server, reply));
    }

    @Override
    public void began(PairServer server) {
        each(witness -> witness.began(server));
    }

    @Override
    public void ended(PairServer server) {
        each(witness -> witness.ended(server));
    }

    @Override
    public void said(PairServer server, long session, Message message) {
        each(witness -> witness.said(server, session, message));
    }

    @Override
    public void heard(PairServer server, long session, Message message) {
        each(witness -> witness.heard(server, session, message));
    }
}
