package io.dhcpfailover.node.manage;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * In which relationships this server was taken for down before it was started, as who starts it says: the variable
 * {@value #VARIABLE} of its environment, such as {@code dhcp2-dhcp1=2026-11-21T12:00:00Z}, with commas between several.
 */
final class DeclaredDown {

    static final String VARIABLE = "DHCP_NODE_DECLARED_DOWN";

    private DeclaredDown() {}

    /**
     * By their names, by when the server had ended, in seconds since 1970.
     *
     * @throws IllegalArgumentException when the variable says anything else: to serve regardless could give an address to
     *     two clients
     */
    static Map<String, Long> of(Map<String, String> environment) {
        Map<String, Long> times = new HashMap<>();
        String text = environment.getOrDefault(VARIABLE, "").strip();
        if (text.isEmpty()) {
            return times;
        }
        for (String entry : text.split(",", -1)) {
            int equals = entry.indexOf('=');
            try {
                times.put(
                        entry.substring(0, Math.max(0, equals)).strip(),
                        Instant.parse(entry.substring(equals + 1).strip()).getEpochSecond());
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "the variable " + VARIABLE + " says '" + entry
                                + "', which is no name of a relationship, = and a time such as 2026-11-21T12:00:00Z:"
                                + " mend or remove it",
                        e);
            }
        }
        return times;
    }
}
