package io.dhcpfailover.node.architecture.planted.wire;

import io.dhcpfailover.node.architecture.planted.engine.ReadsClock;

/** An arrow that points down the list. */
record UsesEngine(ReadsClock engine) {}
