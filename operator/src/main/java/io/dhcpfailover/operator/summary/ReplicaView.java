package io.dhcpfailover.operator.summary;

import org.jspecify.annotations.Nullable;

/**
 * What one server is to serve of a scope.
 *
 * @param server the server
 * @param hash of what it is to serve, as ContentHash makes it
 * @param generation of the scope that this is
 * @param refused why the server refused that, by its own word; null where it did not
 * @param awaited what it waits for before it gets that; null for nothing
 */
public record ReplicaView(
        ServerView server,
        String hash,
        long generation,
        @Nullable String refused,
        @Nullable String awaited) {}
