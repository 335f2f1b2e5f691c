package io.dhcpfailover.node.configuration.cel;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions as the API server's RE2 reads them. */
public final class RegularExpressions {

    private RegularExpressions() {}

    /**
     * Reads an expression. In Java {@code $} holds before a line break at the end as well, in RE2 at the end only.
     *
     * @throws EvaluationException when it is not one
     */
    public static Pattern compile(String expression) {
        StringBuilder java = new StringBuilder(expression.length() + 2);
        boolean inClass = false;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\' && i + 1 < expression.length()) {
                java.append(c).append(expression.charAt(++i));
            } else if (c == '$' && !inClass) {
                java.append("\\z");
            } else if (c == '[' && inClass) {
                // In Java a class in a class, in RE2 a bracket.
                java.append("\\[");
            } else {
                inClass = c == '[' || (inClass && c != ']');
                java.append(c);
            }
        }
        try {
            return Pattern.compile(java.toString(), Pattern.UNIX_LINES);
        } catch (PatternSyntaxException e) {
            throw new EvaluationException("'" + expression + "' is no regular expression: " + e.getDescription());
        }
    }
}
