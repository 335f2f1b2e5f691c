package io.dhcpfailover.operator.application;

import io.micronaut.runtime.Micronaut;

/** Runs the operator in a process of its own. */
public final class Main {

    private Main() {}

    /** Runs until it is told to end. */
    public static void main(String[] arguments) {
        Micronaut.build(arguments).mainClass(Main.class).banner(false).start();
    }
}
