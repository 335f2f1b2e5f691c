package io.dhcpfailover.node.failover.session;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dhcpfailover.api.v1alpha1.ServerRole;

/**
 * Whatever octets come, in whichever part of a session: nothing throws, and every session ends within its time.
 * {@code JAZZER_FUZZ=1} looks for more than the build replays.
 */
class SessionFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void received(byte[] octets) {
        accepting(octets, Wire.isc(ServerRole.Secondary));
        accepting(octets, Wire.terms(ServerRole.Secondary, null));
        accepting(octets, Wire.terms(ServerRole.Secondary, Wire.SECRET));
        connecting(octets, Wire.isc(ServerRole.Primary));
        connecting(octets, Wire.terms(ServerRole.Primary, null));
        Wire linked = Wire.linked(null);
        linked.give(linked.primary, octets);
        linked.give(linked.secondary, octets);
        end(linked, linked.primary);
        end(linked, linked.secondary);
    }

    private static void accepting(byte[] octets, Terms terms) {
        Wire wire = new Wire();
        wire.secondary.awaited.add(terms);
        wire.secondary.session =
                Session.accepting(wire.secondary, Wire.nonce(2), wire.now(wire.secondary), wire.secondary);
        wire.give(wire.secondary, octets);
        end(wire, wire.secondary);
    }

    private static void connecting(byte[] octets, Terms terms) {
        Wire wire = new Wire();
        wire.primary.session = Session.connecting(terms, Wire.nonce(1), wire.now(wire.primary), wire.primary);
        wire.give(wire.primary, octets);
        end(wire, wire.primary);
    }

    private static void end(Wire wire, Wire.End end) {
        wire.pass(10_000);
        end.session().tick(wire.now(end));
        if (end.ending == null) {
            throw new AssertionError("a session without a partner goes on");
        }
    }
}
