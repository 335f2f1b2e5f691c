package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;
import java.util.List;
import java.util.Map;

/**
 * The whole that a server is to hold.
 *
 * @param generation of the whole, 1 or more; a server refuses one that is older than what it holds
 * @param items manifests as objects of JSON: its own DhcpServer, those of its partners with their failoverAddress, its
 *     DhcpFailoverRelationships and DhcpScopes, and the Secrets of its relationships, all of one namespace; each with
 *     the metadata.generation that the API server gave it, and its metadata.uid: an object that was deleted and created
 *     anew has another uid and counts its generations from 1
 */
@ApiType
public record ConfigurationDocument(long generation, List<Map<String, Object>> items) {

    /** Takes an absent list as an empty one. */
    public ConfigurationDocument {
        items = items == null ? List.of() : List.copyOf(items);
    }
}
