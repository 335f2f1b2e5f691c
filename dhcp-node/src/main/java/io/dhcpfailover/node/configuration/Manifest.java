package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.value.ObjectName;

/**
 * An object of one of the API's kinds.
 *
 * @param name of the object
 * @param generation its metadata.generation; where a file does not say one, a number that its spec alone decides, so
 *     that another spec has another one
 * @param hash of its spec as it was written, without what is there by default: {@link
 *     io.dhcpfailover.api.node.ContentHash#ofSpec}
 * @param spec what is asked of it
 * @param <S> the type of its spec
 */
public record Manifest<S>(ObjectName name, long generation, String hash, S spec) {}
