package io.dhcpfailover.lab.lan;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Something that a client was told, or noticed.
 *
 * @param at when
 * @param what in the client's own words, in capitals: BOUND, RENEW, EXPIRE and so on
 * @param address that it has now; empty for none
 * @param server that said so, by its identifier; empty where nobody did
 * @param leaseSeconds for how long
 */
public record ClientEvent(Instant at, String what, String address, String server, long leaseSeconds) {

    private static final List<String> ANSWERS = List.of("BOUND", "RENEW", "REBIND", "REBOOT");

    /** The event of this line of a client's file. */
    static ClientEvent parse(String line) {
        String[] words = line.split(" ", -1);
        return new ClientEvent(
                Instant.ofEpochMilli(Long.parseLong(words[0])),
                words[1].toUpperCase(Locale.ROOT),
                words[2].equals("-") ? "" : words[2],
                words[3].equals("-") ? "" : words[3],
                Long.parseLong(words[4]));
    }

    /** Whether a server gave it an address, or let it keep the one it has. */
    public boolean isAnswer() {
        return ANSWERS.contains(what);
    }
}
