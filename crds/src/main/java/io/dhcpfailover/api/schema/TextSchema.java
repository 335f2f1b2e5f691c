package io.dhcpfailover.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the schema says of a value that is written as text, wherever it stands. */
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
