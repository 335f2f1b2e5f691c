package io.dhcpfailover.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.dhcpfailover.api.schema.TextSchema;
import java.util.regex.Pattern;

/**
 * The name of a DNS zone: a domain name, whose labels may have a slash, as those of reverse zones of less than 256
 * addresses do (RFC 2317).
 *
 * @param text 1 to 253 characters, in labels of 1 to 63
 */
@TextSchema(
        minLength = 1,
        maxLength = 253,
        rule = "self.matches('^([\\\\w/-]{1,63}(\\\\.|$))+$')",
        message = "must be a zone such as example.org or 0/26.2.0.192.in-addr.arpa")
public record ZoneName(@JsonValue String text) {

    private static final int LENGTH_MAX = 253;
    private static final Pattern TEXT = Pattern.compile("(?:[\\w/-]{1,63}(?:\\.|$))+");

    /** @throws IllegalArgumentException when the text is no such name */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ZoneName {
        if (text.length() > LENGTH_MAX || !TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a zone such as example.org");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
