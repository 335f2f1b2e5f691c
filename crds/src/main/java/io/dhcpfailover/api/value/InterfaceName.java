package io.dhcpfailover.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.dhcpfailover.api.schema.TextSchema;
import java.util.regex.Pattern;

/**
 * The name of a network interface of Linux.
 *
 * @param text 1 to 15 letters, digits, and characters of {@code _.-}, neither {@code .} nor {@code ..}
 */
@TextSchema(
        minLength = 1,
        maxLength = 15,
        rule = "self.matches('^[A-Za-z0-9_.-]+$') && self != '.' && self != '..'",
        message = "must be the name of a network interface such as eth0 or ens3.100")
public record InterfaceName(@JsonValue String text) {

    private static final Pattern TEXT = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9_.-]{1,15}");

    /** @throws IllegalArgumentException when the text is no such name */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public InterfaceName {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not the name of a network interface such as eth0");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
