package io.dhcpfailover.node.configuration;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a plain scalar of YAML means to {@code kubectl}: YAML 1.1 without sexagesimal numbers and without times, so a
 * hardware address of digits stays a text.
 */
final class Scalars {

    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private Scalars() {}

    static Object decode(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> Values.NULL;
            case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> true;
            case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" -> false;
            default -> maybeNumber(text.charAt(0)) ? number(text) : text;
        };
    }

    private static boolean maybeNumber(char first) {
        return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
    }

    private static Object number(String text) {
        String plain = text.replace("_", "");
        String digits = plain.startsWith("-") || plain.startsWith("+") ? plain.substring(1) : plain;
        String sign = plain.startsWith("-") ? "-" : "";
        try {
            return Long.valueOf(sign + withoutPrefix(digits), radix(digits));
        } catch (NumberFormatException e) {
            return FLOAT.matcher(plain).matches() ? (Object) Double.valueOf(plain) : text;
        }
    }

    private static int radix(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return 10;
        }
        return switch (digits.toLowerCase(Locale.ROOT).charAt(1)) {
            case 'x' -> 16;
            case 'b' -> 2;
            default -> 8;
        };
    }

    private static String withoutPrefix(String digits) {
        if (radix(digits) == 10 || digits.isEmpty()) {
            return digits;
        }
        // 0x, 0b and 0o; a zero alone in front says octal too.
        return Character.isDigit(digits.charAt(1)) ? digits.substring(1) : digits.substring(2);
    }
}
