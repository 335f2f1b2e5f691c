package io.dhcpfailover.node.engine;

import io.dhcpfailover.node.engine.RateLimiter.Rate;
import io.dhcpfailover.node.lease.Pool;
import io.dhcpfailover.node.wire.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * What one client, one circuit and one relay or link may ask for, so that a flood from one of them leaves something to
 * the others. Whoever has a lease or a reservation is never limited by what others do.
 */
final class Limits {

    /** Buckets of clients: few enough that a flood of invented clients costs no memory. */
    private static final int CLIENT_BUCKETS = 1 << 16;

    private static final int SOURCE_BUCKETS = 1 << 12;
    private static final long PER_SECOND = 3600;
    private static final long PER_MINUTE = 60;

    /** Messages of one client: a client that retries every second for a minute is within it. */
    private static final Rate MESSAGES = new Rate(30, 4 * PER_SECOND);

    /** Offers of one circuit that nobody has taken: more than the hosts behind one port that start at once. */
    private static final int OFFERS_OF_CIRCUIT_MAX = 64;

    /** Leases of new clients of one circuit. */
    private static final Rate LEASES_OF_CIRCUIT = new Rate(256, 256);

    /** Offers and leases of a relay or link, where the scope is small. */
    private static final int OF_RELAY_MIN = 64;

    private static final int OFFERS_OF_RELAY_MAX = 1 << 16;
    private static final int LEASES_OF_RELAY_MAX = 1 << 20;

    /** Addresses that one client, one circuit and one relay or link may take away from a scope by declining them. */
    private static final Rate DECLINES_OF_CLIENT = new Rate(3, 4);

    private static final Rate DECLINES_OF_CIRCUIT = new Rate(16, 16);
    private static final Rate DECLINES_OF_RELAY = new Rate(64, 64);

    /** Each costs a write to the disk. */
    private static final Rate RELEASES_OF_CIRCUIT = new Rate(256, 16 * PER_SECOND);

    private static final Rate RELEASES_OF_RELAY = new Rate(4096, 512 * PER_SECOND);

    /** Of one relay that may ask: one that lost its memory asks for all its clients at once. */
    private static final Rate LEASEQUERIES = new Rate(4096, 512 * PER_SECOND);

    private final EngineState state;
    private final long salt;
    private final RateLimiter unknownClients;
    private final RateLimiter knownClients;
    private final RateLimiter declinesOfClients;
    private final RateLimiter declines;
    private final RateLimiter releases;
    private final RateLimiter leases;
    private final RateLimiter leaseQueries;

    Limits(EngineState state, long salt) {
        this.state = state;
        this.salt = salt;
        unknownClients = new RateLimiter(CLIENT_BUCKETS, salt);
        knownClients = new RateLimiter(CLIENT_BUCKETS, salt);
        declinesOfClients = new RateLimiter(CLIENT_BUCKETS, salt);
        declines = new RateLimiter(SOURCE_BUCKETS, salt);
        releases = new RateLimiter(SOURCE_BUCKETS, salt);
        leases = new RateLimiter(SOURCE_BUCKETS, salt);
        leaseQueries = new RateLimiter(SOURCE_BUCKETS, salt);
    }

    /**
     * Why a message is not looked at; null where it is. Clients that are known do not share a limit with others, nor
     * their requests with what somebody else sends in their name from elsewhere.
     */
    @Nullable Outcome ofMessage(Exchange exchange, boolean known) {
        boolean allowed;
        if (known) {
            long kind = exchange.type() == MessageType.REQUEST ? 1 : 0;
            allowed =
                    allows(knownClients, client(exchange) ^ Hash.mix(state.relay(exchange) + kind), MESSAGES, exchange);
        } else {
            // By hardware, so that one machine with many identifiers is one.
            long hardware = Hash.of(salt, exchange.packet().chaddr().octets());
            long key = exchange.packet().chaddr().length() == 0 ? client(exchange) : hardware;
            allowed = allows(unknownClients, key, MESSAGES, exchange);
        }
        return allowed ? null : Outcome.CLIENT_LIMIT;
    }

    /** Why a client that has nothing yet is offered nothing; null where it is. */
    @Nullable Outcome ofOffer(Exchange exchange, Pool pool, int ofRelay, int ofCircuit) {
        if (exchange.relayAgentInformation() != null && ofCircuit >= OFFERS_OF_CIRCUIT_MAX) {
            return Outcome.CIRCUIT_LIMIT;
        }
        return ofRelay >= share(pool, OFFERS_OF_RELAY_MAX) ? Outcome.RELAY_LIMIT : null;
    }

    /** Why a client that has nothing yet gets no lease; null where it gets one. */
    @Nullable Outcome ofLease(Exchange exchange, Pool pool) {
        if (exchange.relayAgentInformation() != null
                && !allows(leases, state.circuit(exchange), LEASES_OF_CIRCUIT, exchange)) {
            return Outcome.CIRCUIT_LIMIT;
        }
        int share = share(pool, LEASES_OF_RELAY_MAX);
        return allows(leases, state.relay(exchange), new Rate(share, share * PER_MINUTE), exchange)
                ? null
                : Outcome.RELAY_LIMIT;
    }

    private static int share(Pool pool, int max) {
        return Math.clamp(pool.total() / 2, OF_RELAY_MIN, max);
    }

    /** Why a client may not decline its address; null where it may. */
    @Nullable Outcome ofDecline(Exchange exchange) {
        if (!declinesOfClients.allows(client(exchange), DECLINES_OF_CLIENT, exchange.now())) {
            return Outcome.CLIENT_LIMIT;
        }
        return bySource(exchange, declines, DECLINES_OF_CIRCUIT, DECLINES_OF_RELAY);
    }

    /** Why a client may not give its address back; null where it may. */
    @Nullable Outcome ofRelease(Exchange exchange) {
        return bySource(exchange, releases, RELEASES_OF_CIRCUIT, RELEASES_OF_RELAY);
    }

    private @Nullable Outcome bySource(Exchange exchange, RateLimiter limiter, Rate circuit, Rate relay) {
        if (exchange.relayAgentInformation() != null
                && !limiter.allows(state.circuit(exchange), circuit, exchange.now())) {
            return Outcome.CIRCUIT_LIMIT;
        }
        return limiter.allows(state.relay(exchange), relay, exchange.now()) ? null : Outcome.RELAY_LIMIT;
    }

    /** Why a leasequery is not answered; null where it is. */
    @Nullable Outcome ofLeaseQuery(Exchange exchange) {
        long relay = exchange.packet().giaddr().number();
        return leaseQueries.allows(relay, LEASEQUERIES, exchange.now()) ? null : Outcome.RELAY_LIMIT;
    }

    private static boolean allows(RateLimiter limiter, long key, Rate rate, Exchange exchange) {
        return exchange.isImagined()
                ? limiter.wouldAllow(key, rate, exchange.now())
                : limiter.allows(key, rate, exchange.now());
    }

    private long client(Exchange exchange) {
        return Hash.of(salt, exchange.client().octets());
    }
}
