package io.dhcpfailover.lab.host;

import java.util.Objects;

/** A node: its name, its address, and whether it has power. */
final class Machine {

    private final String name;
    private final String address;
    private volatile boolean powered = true;

    Machine(String name, String address) {
        this.name = Objects.requireNonNull(name);
        this.address = address;
    }

    String name() {
        return name;
    }

    String address() {
        return address;
    }

    boolean isPowered() {
        return powered;
    }

    void setPowered(boolean powered) {
        this.powered = powered;
    }
}
