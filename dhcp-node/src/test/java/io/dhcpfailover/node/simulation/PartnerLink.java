package io.dhcpfailover.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.node.engine.PartnerSession;
import io.dhcpfailover.node.failover.message.Decoded;
import io.dhcpfailover.node.failover.message.Dialect;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.MessageDecoder;
import io.dhcpfailover.node.failover.message.MessageEncoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The link between two servers, by whole messages: sessions in which all that is said arrives in order and late, until
 * they break. It has nothing of TCP but what servers see of it: what was on its way when a session breaks is lost,
 * either side learns of the end when it hears of it, or after three contact intervals of silence; what a short
 * interruption holds up arrives after it.
 */
final class PartnerLink {

    /** Clocks that are further apart are refused a session. */
    private static final long SKEW_MAX = 60;

    /** A clock that changes by less, in milliseconds, was not set. */
    private static final long STEP_MIN = 1_500;

    private static final int UNACKED_MAX = 64;
    private static final int SILENT_INTERVALS = 3;

    /** How often is tried again to deliver what an interruption holds up. */
    private static final long RETRY = 200;

    /** What is on its way in one direction of a session: octets of a message, or none of one that only says "here". */
    @SuppressWarnings("ArrayRecordComponent")
    private record Item(byte @Nullable [] octets, boolean last) {}

    private static final class Session {
        private final long number;
        private final long interval;
        private final int delay;
        private final Map<ServerRole, Deque<Item>> onTheWay = new EnumMap<>(ServerRole.class);

        Session(long number, long interval, int delay) {
            this.number = number;
            this.interval = interval;
            this.delay = delay;
            onTheWay.put(ServerRole.Primary, new ArrayDeque<>());
            onTheWay.put(ServerRole.Secondary, new ArrayDeque<>());
        }

        /** What this one has sent. */
        Deque<Item> from(ServerRole sender) {
            return onTheWay.getOrDefault(sender, new ArrayDeque<>());
        }
    }

    /** What one side sees of it. */
    private static final class End {
        private final PairServer server;
        private @Nullable Session session;
        private boolean began;

        /** The number of the session that the engine believes to have; 0 for none. */
        private long told;

        private long lastHeard;
        private long lastHeardSeconds;
        private boolean cut;

        End(PairServer server) {
            this.server = server;
        }
    }

    private final World world;
    private final Witness witness;
    private final Mistake mistake;
    private final End primary;
    private final End secondary;
    private long sessions;
    private int delayMax = 20;

    PartnerLink(World world, PairServer primary, PairServer secondary, Witness witness, Mistake mistake) {
        this.world = world;
        this.witness = witness;
        this.mistake = mistake;
        this.primary = new End(primary);
        this.secondary = new End(secondary);
        primary.join(this);
        secondary.join(this);
        dialAfter(100);
    }

    private End end(PairServer server) {
        return server.role() == ServerRole.Primary ? primary : secondary;
    }

    private End other(End end) {
        return end == primary ? secondary : primary;
    }

    /** The number of the session that an engine was told of last; 0 where it knows of none. */
    long session(PairServer server) {
        return end(server).told;
    }

    /** Whether both are in one session. */
    boolean isUp() {
        return primary.began && secondary.began && primary.session != null && primary.session == secondary.session;
    }

    /** Whether what a server sends does not arrive. */
    void cut(ServerRole sender, boolean cuts) {
        (sender == ServerRole.Primary ? primary : secondary).cut = cuts;
        if (cuts) {
            world.say(() -> "what " + sender + " says to its partner does not arrive");
        }
    }

    boolean isCut() {
        return primary.cut || secondary.cut;
    }

    /** What is sent in later sessions takes at most so many milliseconds. */
    void setDelay(int milliseconds) {
        delayMax = milliseconds;
    }

    /** The session ends: both sides hear of it, the one sooner than the other. */
    void reset() {
        if (isUp()) {
            world.say(() -> "the session is reset");
            end(primary, primary.session, "reset");
        }
    }

    private void dialAfter(long milliseconds) {
        world.after(milliseconds, () -> {
            dial();
            dialAfter(500 + world.random().nextInt(1500));
        });
    }

    private void dial() {
        boolean able = canTalk(primary.server) && canTalk(secondary.server) && !isCut();
        if (!able || isUp() || (primary.session != null && primary.session == secondary.session)) {
            return;
        }
        if (primary.session != null || secondary.session != null) {
            // One of them has not noticed yet that the last session is over; now it may.
            if (world.oneOf(3)) {
                end(primary, primary.session, "another one");
                end(secondary, secondary.session, "another one");
            }
            return;
        }
        long skew = skew();
        if (Math.abs(skew) > SKEW_MAX) {
            world.say(() -> "a session is refused: clocks are " + skew + " s apart");
            return;
        }
        begin();
    }

    private static boolean canTalk(PairServer server) {
        return server.runs() && !server.isFrozen();
    }

    /** The secondary's clock less the primary's, as one of them measures it. */
    private long skew() {
        return Math.floorDiv(apart(), 1000) + world.random().nextInt(2);
    }

    private long apart() {
        return secondary.server.clock().millis() - primary.server.clock().millis();
    }

    private void begin() {
        long interval = Math.min(
                primary.server.settings().contactMillis(),
                secondary.server.settings().contactMillis());
        Session session = new Session(++sessions, interval, 1 + world.random().nextInt(delayMax));
        long skew = Math.clamp(-skew(), -SKEW_MAX, SKEW_MAX);
        long exact = apart();
        primary.session = session;
        secondary.session = session;
        // The secondary's CONNECTACK is what tells the primary, before anything else that it says.
        world.after(session.delay, () -> {
            if (Math.abs(apart() - exact) > STEP_MIN) {
                end(primary, session, "a clock was set while it began");
            } else {
                began(primary, session, Math.clamp(skew(), -SKEW_MAX, SKEW_MAX));
            }
        });
        began(secondary, session, skew);
    }

    private void began(End end, Session session, long skew) {
        end.server.submit(running -> {
            if (end.session != session) {
                return;
            }
            end.began = true;
            end.told = session.number;
            heardNow(end);
            world.say(
                    () -> end.server + " has session " + session.number + ", its partner's clock " + skew + " s ahead");
            witness.began(end.server);
            running.sessionBegan(
                    end.server.settings().name(),
                    mistake.session(new PartnerSession(Dialect.NATIVE, UNACKED_MAX, skew)),
                    end.server.clock().seconds(),
                    end.server::effect);
            world.after(session.interval, () -> beat(end, session));
        });
    }

    private void heardNow(End end) {
        end.lastHeard = world.now();
        end.lastHeardSeconds = end.server.clock().seconds();
    }

    /** Says that it is there, and looks whether the other one is. */
    private void beat(End end, Session session) {
        end.server.submit(running -> {
            if (end.session != session) {
                return;
            }
            if (world.now() - end.lastHeard > SILENT_INTERVALS * session.interval) {
                end(end, session, "silence");
                return;
            }
            if (Math.abs(skew()) > SKEW_MAX + 1) {
                end(end, session, "clocks are too far apart");
                return;
            }
            put(end, session, new Item(null, false));
            world.after(session.interval, () -> beat(end, session));
        });
    }

    /** A server says something in a session; it is dropped where that is over. */
    void send(PairServer server, long number, Message message) {
        End from = end(server);
        Session session = from.session;
        if (session == null || session.number != number) {
            world.say(() -> server + " drops " + Lines.of(message) + " of a session that is over");
            return;
        }
        world.say(() -> server + " says " + Lines.of(message));
        witness.said(server, number, message);
        mistake.pass(
                server.role(),
                number,
                message,
                on -> put(from, session, item(on)),
                back -> put(other(from), session, item(back)));
    }

    private static Item item(Message message) {
        return new Item(MessageEncoder.encode(message, Dialect.NATIVE), false);
    }

    private void put(End from, Session session, Item item) {
        Deque<Item> queue = session.from(from.server.role());
        queue.add(item);
        if (queue.size() == 1) {
            deliverAfter(session.delay, from, session);
        }
    }

    private void deliverAfter(long milliseconds, End from, Session session) {
        world.after(milliseconds, () -> {
            Deque<Item> queue = session.from(from.server.role());
            if (queue.isEmpty()) {
                return;
            }
            if (from.cut) {
                deliverAfter(RETRY, from, session);
                return;
            }
            Item first = queue.remove();
            arrive(other(from), session, first);
            if (!queue.isEmpty()) {
                deliverAfter(world.random().nextInt(3), from, session);
            }
        });
    }

    private void arrive(End end, Session session, Item item) {
        end.server.submit(running -> {
            if (end.session != session || !end.began) {
                return;
            }
            heardNow(end);
            if (item.last) {
                end(end, session, "the other side has closed it");
            } else if (item.octets != null) {
                Decoded decoded = MessageDecoder.decode(item.octets, Dialect.NATIVE);
                assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
                Message message = ((Decoded.Accepted) decoded).message();
                witness.heard(end.server, session.number, message);
                running.heard(
                        end.server.settings().name(),
                        message,
                        end.server.clock().seconds(),
                        end.server::effect);
            }
        });
    }

    /** An engine wants no more of a session. */
    void drop(PairServer server, long number, String reason) {
        End end = end(server);
        if (end.session != null && end.session.number == number) {
            end(end, end.session, "dropped: " + reason);
        }
    }

    /** A process has ended, or its machine: only the former is heard by the other side. */
    void processEnded(PairServer server, boolean power) {
        End end = end(server);
        Session session = end.session;
        end.session = null;
        end.began = false;
        end.told = 0;
        if (session != null) {
            if (power) {
                session.from(server.role()).clear();
            } else {
                put(end, session, new Item(null, true));
            }
        }
    }

    private void end(End end, @Nullable Session session, String reason) {
        if (session == null || end.session != session) {
            return;
        }
        world.say(() -> end.server + " loses session " + session.number + ": " + reason);
        boolean began = end.began;
        end.session = null;
        end.began = false;
        put(end, session, new Item(null, true));
        if (began) {
            long lastHeard = end.lastHeardSeconds;
            end.server.submit(running -> {
                witness.ended(end.server);
                end.told = 0;
                if (!mistake.sessionsEndUnnoticed()) {
                    running.sessionEnded(
                            end.server.settings().name(),
                            lastHeard,
                            end.server.clock().seconds(),
                            end.server::effect);
                }
            });
        }
    }
}
