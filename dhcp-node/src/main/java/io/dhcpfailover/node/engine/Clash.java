package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;

/**
 * An address that two clients had at a time, as two servers found out that could not hear each other: one of them was
 * declared down while it lived.
 *
 * @param relationship by name
 * @param address of both
 * @param client that had it from this server, in hexadecimal
 * @param partnersClient that had it from the partner, in hexadecimal
 * @param at when it was found out, in seconds since 1970, UTC
 */
public record Clash(String relationship, Ipv4Address address, String client, String partnersClient, long at) {}
