package io.dhcpfailover.node.lease;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Offers that nobody has taken yet, by client and from the oldest to the newest. */
final class Offers {

    private final Map<ClientIdentity, Offer> byClient = new HashMap<>();
    private final Map<Long, Integer> bySource = new HashMap<>();
    private @Nullable Offer oldest;
    private @Nullable Offer newest;

    @Nullable Offer of(ClientIdentity client) {
        return byClient.get(client);
    }

    @Nullable Offer oldest() {
        return oldest;
    }

    int size() {
        return byClient.size();
    }

    int ofSource(long source) {
        return bySource.getOrDefault(source, 0);
    }

    void add(Offer offer) {
        byClient.put(offer.client, offer);
        bySource.merge(offer.relay, 1, Integer::sum);
        bySource.merge(offer.circuit, 1, Integer::sum);
        append(offer);
    }

    void remove(Offer offer) {
        byClient.remove(offer.client);
        leave(offer.relay);
        leave(offer.circuit);
        unlink(offer);
    }

    private void leave(long source) {
        bySource.computeIfPresent(source, (key, count) -> count == 1 ? null : count - 1);
    }

    void repeat(Offer offer, long now) {
        offer.made = now;
        unlink(offer);
        append(offer);
    }

    void shift(long seconds) {
        for (Offer offer = oldest; offer != null; offer = offer.newer) {
            offer.made += seconds;
        }
    }

    private void append(Offer offer) {
        offer.older = newest;
        offer.newer = null;
        if (newest == null) {
            oldest = offer;
        } else {
            newest.newer = offer;
        }
        newest = offer;
    }

    private void unlink(Offer offer) {
        if (offer.older == null) {
            oldest = offer.newer;
        } else {
            offer.older.newer = offer.newer;
        }
        if (offer.newer == null) {
            newest = offer.older;
        } else {
            offer.newer.older = offer.older;
        }
        offer.older = null;
        offer.newer = null;
    }
}
