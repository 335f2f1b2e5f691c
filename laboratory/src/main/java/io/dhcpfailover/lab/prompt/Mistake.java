package io.dhcpfailover.lab.prompt;

/** Why a command cannot be obeyed, in a sentence for who typed it. */
final class Mistake extends Exception {

    private static final long serialVersionUID = 1;

    Mistake(String message) {
        super(message);
    }
}
