package io.dhcpfailover.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.dhcpfailover.api.schema.Rules;
import io.dhcpfailover.api.schema.TextSchema;
import java.time.Duration;

/**
 * For how long a client may use an address: the IP Address Lease Time of RFC 2132, section 9.2.
 *
 * @param seconds 0 to 2^32 - 1, of which the last means without end (RFC 2131, section 3.3)
 */
@TextSchema(
        minLength = 2,
        maxLength = Rules.DURATION_LENGTH_MAX,
        rule = "self == 'Unlimited' || " + Rules.IS_DURATION + " && [" + Rules.SECONDS
                + "].all(s, s >= 60 && s < 4294967295)",
        message = "must be Unlimited or a duration of at least 1m, such as 8d, 12h or 1h30m")
public record LeaseDuration(long seconds) {

    /** A lease without end. */
    public static final LeaseDuration UNLIMITED = new LeaseDuration(0xFFFF_FFFFL);

    private static final String UNLIMITED_TEXT = "Unlimited";

    /** @throws IllegalArgumentException when the seconds are outside 0 to 2^32 - 1 */
    public LeaseDuration {
        if (seconds < 0 || seconds > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("a lease of " + seconds + " seconds: it has from 0 to 4294967295");
        }
    }

    /**
     * Parses a duration as {@link DurationFormat} does, or the word Unlimited.
     *
     * @throws IllegalArgumentException when the text is neither, or as long as or longer than 2^32 - 1 seconds
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static LeaseDuration parse(String text) {
        if (text.equals(UNLIMITED_TEXT)) {
            return UNLIMITED;
        }
        Duration duration = DurationFormat.parse(text);
        if (duration.getNano() != 0 || duration.getSeconds() == UNLIMITED.seconds) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a whole number of seconds below 4294967295, nor the word Unlimited");
        }
        return new LeaseDuration(duration.getSeconds());
    }

    /** Whether it is without end. */
    public boolean isUnlimited() {
        return seconds == UNLIMITED.seconds;
    }

    /** A duration, or the word Unlimited, as {@link #parse} reads it. */
    @JsonValue
    @Override
    public String toString() {
        return isUnlimited() ? UNLIMITED_TEXT : DurationFormat.print(Duration.ofSeconds(seconds));
    }
}
