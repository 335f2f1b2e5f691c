package io.dhcpfailover.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the schema says of a value that is written as text, wherever it stands: on the value's type, or on an
 * annotation that says how a field's value is written. It accepts nothing that the Java type cannot read, since an
 * object that cannot be read would stop whoever watches its kind.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TextSchema {
    /** Shortest text, in characters. */
    int minLength();

    /** Longest text, in characters. */
    int maxLength();

    /** The rule in CEL that {@code self}, the text, must fulfil. */
    String rule();

    /** What a person is told whose text does not. */
    String message();
}
