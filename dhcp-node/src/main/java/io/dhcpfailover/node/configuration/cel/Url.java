package io.dhcpfailover.node.configuration.cel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL as Kubernetes' {@code url()} reads it, which is by Go's net/url: more is let pass than by RFC 3986.
 *
 * @param hostname without port and brackets; empty where there is none
 */
record Url(String hostname) {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern ESCAPES = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*", Pattern.DOTALL);
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._:~!$&'()*+,;=%@-]*");
    private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::[0-9]*)?", Pattern.DOTALL);
    private static final Pattern NAME =
            Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:<>\"-]|[^\\x00-\\x7f]|%[89A-Fa-f][0-9A-Fa-f])*");

    /** The URL that a text says; null where it says none. */
    static @Nullable Url parse(String text) {
        if (text.isEmpty() || text.chars().anyMatch(c -> c < 0x20 || c == 0x7F)) {
            return null;
        }
        Matcher scheme = SCHEME.matcher(text);
        boolean hasScheme = scheme.matches();
        String rest = hasScheme ? scheme.group(2) : text;
        int query = rest.indexOf('?');
        rest = query < 0 ? rest : rest.substring(0, query);
        if (!rest.startsWith("/")) {
            return hasScheme ? new Url("") : null;
        }
        String authority = "";
        if (rest.startsWith("//") && (hasScheme || !rest.startsWith("///"))) {
            int slash = rest.indexOf('/', 2);
            authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
            rest = slash < 0 ? "" : rest.substring(slash);
        }
        return ESCAPES.matcher(rest).matches() ? ofAuthority(authority) : null;
    }

    private static @Nullable Url ofAuthority(String authority) {
        int at = authority.lastIndexOf('@');
        String user = authority.substring(0, Math.max(at, 0));
        Matcher host = HOST.matcher(authority.substring(at + 1));
        if (!USER.matcher(user).matches() || !ESCAPES.matcher(user).matches() || !host.matches()) {
            return null;
        }
        String name = host.group(1);
        if (name.startsWith("[")) {
            name = name.substring(1, name.length() - 1);
        }
        return NAME.matcher(name).matches() ? new Url(name) : null;
    }
}
