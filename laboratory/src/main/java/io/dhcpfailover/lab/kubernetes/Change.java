package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an object.
 *
 * @param version of the whole store, by which changes are in order
 * @param key which object
 * @param before what it was; null where it was not there
 * @param after what it is; null where it is not there any more
 */
record Change(
        long version,
        Key key,
        @Nullable ObjectNode before,
        @Nullable ObjectNode after) {}
