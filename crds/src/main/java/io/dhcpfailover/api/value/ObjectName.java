package io.dhcpfailover.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.dhcpfailover.api.schema.TextSchema;
import java.util.regex.Pattern;

/**
 * The name of a Kubernetes object: a DNS subdomain (RFC 1123) in lower case.
 *
 * @param text 1 to 253 characters
 */
@TextSchema(
        minLength = 1,
        maxLength = 253,
        rule = "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
        message = "must be the name of an object: lower case letters, digits, '-' and '.', such as dhcp1")
public record ObjectName(@JsonValue String text) implements Comparable<ObjectName> {

    private static final int LENGTH_MAX = 253;
    private static final Pattern TEXT =
            Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*");

    /** @throws IllegalArgumentException when the text is no such name */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ObjectName {
        if (text.length() > LENGTH_MAX || !TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not the name of an object such as dhcp1");
        }
    }

    @Override
    public int compareTo(ObjectName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
