package io.dhcpfailover.node.manage;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the {@link ControlSocket} carries of the management API: the path of an operation, and its query.
 *
 * @param path as {@code NodeApi} has it
 * @param query values by name
 */
record QueryLine(String path, Map<String, String> query) {

    /** Begins a line that reads something. */
    static final String GET = "get ";

    /** Begins a line that does something. */
    static final String POST = "post ";

    /** Begins an answer that is none. */
    static final String REFUSED = "refused: ";

    /** Of a path with its query, encoded as in an address of HTTP. */
    static QueryLine of(String text) {
        int mark = text.indexOf('?');
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : mark < 0 ? new String[0] : text.substring(mark + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return new QueryLine(mark < 0 ? text : text.substring(0, mark), query);
    }

    /** What comes after a path and a slash; null where nothing does. */
    @Nullable String after(String start) {
        return path.startsWith(start + "/") ? path.substring(start.length() + 1) : null;
    }
}
