package io.dhcpfailover.node.engine;

import io.dhcpfailover.node.lease.Pool;
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

    /** Messages of one client: a client that retries every second for a minute is within it. */
    private static final int CLIENT_BURST = 30;

    private static final long CLIENT_RATE = 4 * PER_SECOND;

    /** Offers of one circuit that nobody has taken: more than the hosts behind one port that start at once. */
    static final int OFFERS_OF_CIRCUIT_MAX = 64;

    /** The same of a relay or link, where the scope is small. */
    static final int OFFERS_OF_RELAY_MIN = 64;

    /** Addresses that one client, one circuit and one relay or link may take away from a scope by declining them. */
    private static final int DECLINES_OF_CLIENT = 3;

    private static final int DECLINES_OF_CIRCUIT = 16;
    private static final int DECLINES_OF_RELAY = 64;
    private static final long DECLINE_RATE = 4;

    /** Each costs a write to the disk. */
    private static final int RELEASES_OF_CIRCUIT = 256;

    private static final int RELEASES_OF_RELAY = 4096;

    private final long salt;
    private final RateLimiter unknownClients;
    private final RateLimiter knownClients;
    private final RateLimiter declinesOfClients;
    private final RateLimiter declinesOfCircuits;
    private final RateLimiter declinesOfRelays;
    private final RateLimiter releasesOfCircuits;
    private final RateLimiter releasesOfRelays;

    Limits(long salt) {
        this.salt = salt;
        unknownClients = new RateLimiter(CLIENT_BUCKETS, CLIENT_BURST, CLIENT_RATE, salt);
        knownClients = new RateLimiter(CLIENT_BUCKETS, CLIENT_BURST, CLIENT_RATE, salt);
        declinesOfClients = new RateLimiter(CLIENT_BUCKETS, DECLINES_OF_CLIENT, DECLINE_RATE, salt);
        declinesOfCircuits = new RateLimiter(SOURCE_BUCKETS, DECLINES_OF_CIRCUIT, 4 * DECLINE_RATE, salt);
        declinesOfRelays = new RateLimiter(SOURCE_BUCKETS, DECLINES_OF_RELAY, 16 * DECLINE_RATE, salt);
        releasesOfCircuits = new RateLimiter(SOURCE_BUCKETS, RELEASES_OF_CIRCUIT, 16 * PER_SECOND, salt);
        releasesOfRelays = new RateLimiter(SOURCE_BUCKETS, RELEASES_OF_RELAY, 512 * PER_SECOND, salt);
    }

    /** Why a message is not looked at; null where it is. Clients that are known do not share a limit with others. */
    @Nullable Outcome ofMessage(Exchange exchange, boolean known) {
        RateLimiter limiter = known ? knownClients : unknownClients;
        return limiter.allows(client(exchange), exchange.now()) ? null : Outcome.CLIENT_LIMIT;
    }

    /** Why a client that has nothing yet is offered nothing; null where it is. */
    @Nullable Outcome ofOffer(Exchange exchange, Pool pool, int ofRelay, int ofCircuit) {
        if (exchange.relayAgentInformation() != null && ofCircuit >= OFFERS_OF_CIRCUIT_MAX) {
            return Outcome.CIRCUIT_LIMIT;
        }
        return ofRelay >= Math.max(OFFERS_OF_RELAY_MIN, pool.total() / 2) ? Outcome.RELAY_LIMIT : null;
    }

    /** Why a client may not decline its address; null where it may. */
    @Nullable Outcome ofDecline(Exchange exchange) {
        if (!declinesOfClients.allows(client(exchange), exchange.now())) {
            return Outcome.CLIENT_LIMIT;
        }
        if (exchange.relayAgentInformation() != null
                && !declinesOfCircuits.allows(exchange.circuit(), exchange.now())) {
            return Outcome.CIRCUIT_LIMIT;
        }
        return declinesOfRelays.allows(exchange.relay(), exchange.now()) ? null : Outcome.RELAY_LIMIT;
    }

    /** Why a client may not give its address back; null where it may. */
    @Nullable Outcome ofRelease(Exchange exchange) {
        if (exchange.relayAgentInformation() != null
                && !releasesOfCircuits.allows(exchange.circuit(), exchange.now())) {
            return Outcome.CIRCUIT_LIMIT;
        }
        return releasesOfRelays.allows(exchange.relay(), exchange.now()) ? null : Outcome.RELAY_LIMIT;
    }

    private long client(Exchange exchange) {
        return Hash.of(salt, exchange.client().octets());
    }
}
