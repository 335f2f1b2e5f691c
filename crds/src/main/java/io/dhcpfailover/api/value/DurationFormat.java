package io.dhcpfailover.api.value;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a {@link Duration} is written in this API: whole numbers, each with its unit, such as 30s, 1h30m or 8d.
 * Units are d (24 hours), h, m, s and ms. Negative durations, which only a clock's skew can be, start with a minus.
 */
public final class DurationFormat {

    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|[dhms])");
    private static final Pattern TEXT = Pattern.compile("-?(?:[0-9]+(?:ms|[dhms]))+");

    private DurationFormat() {}

    /**
     * Parses a duration. Units may come in any order and repeat: they add up.
     *
     * @throws IllegalArgumentException when the text is no such duration, or is longer than 2^63 seconds
     */
    public static Duration parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration such as 30s, 5m, 1h30m or 8d");
        }
        try {
            Duration sum = Duration.ZERO;
            for (Matcher part = PART.matcher(text); part.find(); ) {
                long amount = Long.parseLong(part.group(1));
                sum = sum.plus(
                        switch (part.group(2)) {
                            case "d" -> Duration.ofDays(amount);
                            case "h" -> Duration.ofHours(amount);
                            case "m" -> Duration.ofMinutes(amount);
                            case "s" -> Duration.ofSeconds(amount);
                            default -> Duration.ofMillis(amount);
                        });
            }
            return text.startsWith("-") ? sum.negated() : sum;
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is too long a duration to count", e);
        }
    }

    /** Prints a duration with its largest units first and without those that are zero; less than 1 ms is cut off. */
    public static String print(Duration duration) {
        Duration length = duration.abs();
        StringBuilder text = new StringBuilder(duration.isNegative() ? "-" : "");
        int empty = text.length();
        append(text, length.toDays(), "d");
        append(text, length.toHoursPart(), "h");
        append(text, length.toMinutesPart(), "m");
        append(text, length.toSecondsPart(), "s");
        append(text, length.toMillisPart(), "ms");
        return text.length() == empty ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(amount).append(unit);
        }
    }
}
