package io.dhcpfailover.node.engine;

import java.util.ArrayList;
import java.util.List;

/** A part of the conformance table: what a standard says, and a check at packet level that the server does it. */
final class Conformance {

    /** A check; fails with an assertion. */
    @FunctionalInterface
    interface Check {
        void run();
    }

    /**
     * A line of the table.
     *
     * @param section of a standard
     * @param promise what the server does, as a sentence
     */
    record Case(String section, String promise, Check check) {}

    private final List<Case> cases = new ArrayList<>();

    /** Adds a line. */
    Conformance add(String section, String promise, Check check) {
        cases.add(new Case(section, promise, check));
        return this;
    }

    List<Case> cases() {
        return List.copyOf(cases);
    }
}
