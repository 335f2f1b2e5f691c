package io.dhcpfailover.api.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/**
 * Something that a test needs and a machine may lack. On a person's machine the test is skipped, with a line that
 * says so; where {@code CI=true} is set it fails, so that no suite can be skipped without anybody noticing.
 */
public final class Requirement {

    private Requirement() {}

    /**
     * The answer of an execution condition where something is missing.
     *
     * @throws IllegalStateException where {@code CI=true}
     */
    public static ConditionEvaluationResult missing(String test, String what) {
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(test + " is required where CI=true: " + what);
        }
        System.out.println("SKIPPED " + test + ": " + what);
        return ConditionEvaluationResult.disabled(what);
    }
}
