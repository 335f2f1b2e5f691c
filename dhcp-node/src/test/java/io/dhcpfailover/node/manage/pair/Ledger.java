package io.dhcpfailover.node.manage.pair;

import io.dhcpfailover.api.value.Ipv4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What clients were told, whoever told them: which address is whose, and until when. For several threads. */
final class Ledger {

    private record Entry(PairClient client, long end) {}

    private final Map<Ipv4Address, Entry> entries = new HashMap<>();
    private final List<String> mistakes = new ArrayList<>();
    private long acks;

    /** A client was told that an address is its own until then, in milliseconds since 1970. */
    synchronized void granted(PairClient client, Ipv4Address address, long now, long end) {
        acks++;
        Entry other = entries.put(address, new Entry(client, end));
        if (other != null && other.client != client && other.end > now) {
            mistakes.add(client + " was given " + address + ", which is that of " + other.client + " for another "
                    + (other.end - now) + " ms");
        }
    }

    /** A client knows that it has lost its address. */
    synchronized void refused(PairClient client, Ipv4Address address, boolean held) {
        Entry entry = entries.get(address);
        if (entry != null && entry.client == client) {
            entries.remove(address);
        }
        if (held) {
            mistakes.add(client + " was refused " + address + ", which was its own");
        }
    }

    synchronized void mistake(String text) {
        mistakes.add(text);
    }

    /** Addresses with two clients, and clients that lost theirs. */
    synchronized List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    synchronized long acks() {
        return acks;
    }
}
