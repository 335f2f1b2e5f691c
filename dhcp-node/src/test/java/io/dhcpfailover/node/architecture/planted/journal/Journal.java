package io.dhcpfailover.node.architecture.planted.journal;

/** Something that the engine must not know. */
public record Journal() {}
