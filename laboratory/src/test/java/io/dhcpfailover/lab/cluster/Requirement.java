package io.dhcpfailover.lab.cluster;

import org.opentest4j.TestAbortedException;

/**
 * Something that a test needs and a machine may lack. On a person's machine the test is skipped, with a line that
 * says so; where {@code CI=true} is set it fails, so that no suite can be skipped without anybody noticing.
 */
public final class Requirement {

    private Requirement() {}

    /** The refusal to go on without what is missing; the caller throws it. */
    public static RuntimeException missing(String test, String what) {
        if ("true".equals(System.getenv("CI"))) {
            return new IllegalStateException(test + " is required where CI=true: " + what);
        }
        System.out.println("SKIPPED " + test + ": " + what);
        return new TestAbortedException(what);
    }
}
