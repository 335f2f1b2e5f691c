package io.dhcpfailover.node.failover.session;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.failover.PartnerKind;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.Octets;
import io.dhcpfailover.node.failover.message.Secrets;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two ends of a connection, with a clock for each; what one sends lies there until it is delivered. */
final class Wire {

    static final Secrets SECRET = Secrets.of("correct horse");
    static final long TIME = 1_795_235_665L;

    /** One server, and what it heard. */
    static final class End implements SessionListener, Relationships {
        final List<Terms> awaited = new ArrayList<>();
        final Set<String> linked = new HashSet<>();
        final Queue<byte[]> sent = new ArrayDeque<>();
        final List<Message> heard = new ArrayList<>();

        @Nullable Agreement agreement;

        @Nullable Ending ending;

        long skew;

        @Nullable Session session;

        @Override
        public void send(byte[] frame) {
            sent.add(frame);
        }

        @Override
        public void began(Agreement agreed) {
            if (agreement != null || ending != null) {
                throw new AssertionError("began twice, or after the end");
            }
            agreement = agreed;
        }

        @Override
        public void heard(Message message) {
            if (agreement == null || ending != null) {
                throw new AssertionError("heard outside of the session");
            }
            heard.add(message);
        }

        @Override
        public void ended(Ending end) {
            if (ending != null) {
                throw new AssertionError("ended twice");
            }
            ending = end;
        }

        @Override
        public List<Terms> awaited() {
            return awaited;
        }

        @Override
        public boolean isLinked(String relationship) {
            return linked.contains(relationship);
        }

        Session session() {
            if (session == null) {
                throw new AssertionError("there is no session");
            }
            return session;
        }

        Ending ending() {
            if (ending == null) {
                throw new AssertionError("it has not ended");
            }
            return ending;
        }
    }

    final End primary = new End();
    final End secondary = new End();
    long ticks = 1_000_000;

    static Relationship relationship(String name, ServerRole self, PartnerKind kind) {
        return new Relationship(name, self, kind, Mode.LoadBalance, 50, 5, 3600, 0, true, 3, 1000);
    }

    static Terms terms(ServerRole self, @Nullable Secrets secrets) {
        return new Terms(relationship("pair", self, PartnerKind.NATIVE), secrets);
    }

    static Terms isc(ServerRole self) {
        return new Terms(relationship("pair", self, PartnerKind.ISC), null);
    }

    static Octets nonce(int seed) {
        byte[] octets = new byte[16];
        Arrays.fill(octets, (byte) seed);
        return Octets.of(octets);
    }

    /** Both of this project, and nothing has been delivered. */
    static Wire of(Terms primaryTerms, Terms... awaited) {
        Wire wire = new Wire();
        wire.secondary.awaited.addAll(List.of(awaited));
        wire.connect(primaryTerms);
        return wire;
    }

    void connect(Terms terms) {
        secondary.session = Session.accepting(secondary, nonce(2), now(secondary), secondary);
        primary.session = Session.connecting(terms, nonce(1), now(primary), primary);
    }

    /** Both agree. */
    static Wire linked(@Nullable Secrets secrets) {
        Wire wire = of(terms(ServerRole.Primary, secrets), terms(ServerRole.Secondary, secrets));
        wire.deliver();
        return wire;
    }

    Moment now(End end) {
        return new Moment(ticks, TIME + ticks / 1000 + end.skew);
    }

    /** Delivers all that was sent, until nothing is. */
    void deliver() {
        while (!primary.sent.isEmpty() || !secondary.sent.isEmpty()) {
            deliverOne(primary, secondary);
            deliverOne(secondary, primary);
        }
    }

    private void deliverOne(End from, End to) {
        byte[] frame = from.sent.poll();
        if (frame != null) {
            give(to, frame);
        }
    }

    void give(End to, byte[] octets) {
        to.session().received(ByteBuffer.wrap(octets), now(to));
    }

    /** Time passes, and nobody looks. */
    void pass(long millis) {
        ticks += millis;
    }

    void tick() {
        primary.session().tick(now(primary));
        secondary.session().tick(now(secondary));
    }

    /** Time passes, and all that is sent is delivered. */
    void run(long millis) {
        for (long end = ticks + millis; ticks < end; ) {
            pass(100);
            tick();
            deliver();
        }
    }
}
