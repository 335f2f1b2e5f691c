package io.dhcpfailover.lab.program;

import io.dhcpfailover.api.testing.Requirement;
import java.io.IOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that mounts in a namespace of its own, which root may. */
public final class MountCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        try {
            int status =
                    new ProcessBuilder("unshare", "--mount", "true").start().waitFor();
            if (status == 0) {
                return ConditionEvaluationResult.enabled("there are mount namespaces");
            }
        } catch (IOException e) {
            return Requirement.missing(context.getDisplayName(), "it needs unshare: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Requirement.missing(context.getDisplayName(), "it mounts, which root may");
    }
}
