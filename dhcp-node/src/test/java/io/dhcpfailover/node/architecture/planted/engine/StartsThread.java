package io.dhcpfailover.node.architecture.planted.engine;

/** A thread of its own. */
final class StartsThread extends Thread {}
