package io.dhcpfailover.lab.kubernetes;

/**
 * Which object is meant.
 *
 * @param kind what it is
 * @param namespace where it is; empty for what is in none
 * @param name how it is called
 */
record Key(Kind kind, String namespace, String name) {}
