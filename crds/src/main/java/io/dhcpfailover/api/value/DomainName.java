package io.dhcpfailover.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.dhcpfailover.api.schema.TextSchema;
import java.util.regex.Pattern;

/**
 * A domain name (RFC 1035, section 2.3.1) or a host name, with or without the dot at its end. Underscores, which
 * names of hosts do not have and names of services do, are allowed.
 *
 * @param text 1 to 253 characters, in labels of 1 to 63
 */
@TextSchema(
        minLength = 1,
        maxLength = 253,
        rule = "self.matches('^([\\\\w-]{1,63}(\\\\.|$))+$')",
        message = "must be a domain name such as example.org")
public record DomainName(@JsonValue String text) {

    private static final int LENGTH_MAX = 253;
    private static final Pattern TEXT = Pattern.compile("(?:[\\w-]{1,63}(?:\\.|$))+");

    /** @throws IllegalArgumentException when the text is no such name */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DomainName {
        if (text.length() > LENGTH_MAX || !TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a domain name such as example.org");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
