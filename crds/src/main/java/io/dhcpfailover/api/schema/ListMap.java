package io.dhcpfailover.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A list whose items are known by a key: {@code x-kubernetes-list-type: map}. The API server refuses two items
 * with the same key, and server-side apply merges item by item.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface ListMap {
    /** The field that is the key. */
    String value();
}
