package io.dhcpfailover.operator.report;

import java.time.Duration;

/**
 * A length of time in a sentence for people: in its largest unit only, so that a sentence which says one changes no more
 * often than once a minute.
 */
public final class Span {

    private Span() {}

    /** Such as {@code 3m}, {@code 5h} or {@code 2d}; {@code 1m} for anything shorter. Never longer than it is. */
    public static String of(Duration length) {
        Duration time = length.abs();
        if (time.toDays() >= 1) {
            return time.toDays() + "d";
        }
        if (time.toHours() >= 1) {
            return time.toHours() + "h";
        }
        return Math.max(1, time.toMinutes()) + "m";
    }

    /** What is left of a time until it is over, never shorter than it is: {@code 57m}, {@code 2h}. */
    public static String left(Duration length) {
        Duration time = length.isNegative() ? Duration.ZERO : length;
        if (time.toMinutes() < 90) {
            return Math.max(1, time.plusSeconds(59).toMinutes()) + "m";
        }
        return time.compareTo(Duration.ofDays(2)) < 0
                ? time.plusMinutes(59).toHours() + "h"
                : time.plusHours(23).toDays() + "d";
    }
}
