package io.dhcpfailover.lab.exercise;

/** A step did not show what it should. */
final class Unexpected extends Exception {

    private static final long serialVersionUID = 1;

    Unexpected(String message) {
        super(message);
    }
}
