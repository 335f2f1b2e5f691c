package io.dhcpfailover.node.architecture.planted.engine;

/** Time that is not passed in. */
public record ReadsClock() {
    long time() {
        return System.currentTimeMillis();
    }
}
