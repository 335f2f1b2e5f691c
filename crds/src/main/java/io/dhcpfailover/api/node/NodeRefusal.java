package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;

/**
 * Why a server does not do what it was asked: the body of every answer with a status of 400 or more, but for those to a
 * configuration that was put, which are a {@link ConfigurationAnswer}.
 *
 * @param message what is wrong, and what to do
 */
@ApiType
public record NodeRefusal(String message) {}
