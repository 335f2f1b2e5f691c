package io.dhcpfailover.lab.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the API: its method, its path and its query.
 *
 * @param method of HTTP
 * @param path the parts between slashes
 * @param query by names
 * @param table whether the answer is to be a table
 */
record Call(String method, List<String> path, Map<String, String> query, boolean table) {

    static Call of(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        if (raw != null) {
            for (String part : raw.split("&", -1)) {
                int equals = part.indexOf('=');
                query.put(
                        decoded(equals < 0 ? part : part.substring(0, equals)),
                        equals < 0 ? "" : decoded(part.substring(equals + 1)));
            }
        }
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        return new Call(
                exchange.getRequestMethod(),
                Arrays.stream(exchange.getRequestURI().getRawPath().split("/", -1))
                        .filter(part -> !part.isEmpty())
                        .map(Call::decoded)
                        .toList(),
                query,
                accept != null && accept.contains("as=Table"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String query(String name) {
        return query.getOrDefault(name, "");
    }

    boolean isWatch() {
        return query("watch").equals("true") || query("watch").equals("1");
    }

    /**
     * Which objects are meant.
     *
     * @param kind what they are
     * @param namespace where they are; empty for everywhere
     * @param name of the one that is meant; null where all are
     * @param status whether its status alone is meant
     */
    record Target(Kind kind, String namespace, @Nullable String name, boolean status) {}

    /** What the path means. */
    Target target(Kinds kinds) throws ApiException {
        boolean core = path.getFirst().equals("api");
        int start = core ? 2 : 3;
        if (path.size() <= start || !(core || path.getFirst().equals("apis"))) {
            throw ApiException.noSuchPath();
        }
        String group = core ? "" : path.get(1);
        String version = path.get(start - 1);
        List<String> rest = path.subList(start, path.size());
        String namespace = "";
        if (rest.size() >= 3
                && rest.getFirst().equals("namespaces")
                && !rest.get(2).equals("status")) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        String plural = rest.getFirst();
        Kind kind = kinds.find(group, version, plural).orElseThrow(ApiException::noSuchPath);
        boolean status = rest.size() == 3 && rest.get(2).equals("status");
        if (rest.size() > 3 || (rest.size() == 3 && !status)) {
            throw ApiException.noSuchPath();
        }
        return new Target(kind, namespace, rest.size() > 1 ? rest.get(1) : null, status);
    }
}
