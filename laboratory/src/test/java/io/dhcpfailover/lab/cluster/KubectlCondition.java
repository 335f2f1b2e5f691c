package io.dhcpfailover.lab.cluster;

import io.dhcpfailover.api.testing.Requirement;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that needs kubectl on the path. */
public final class KubectlCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        boolean found = Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        return found
                ? ConditionEvaluationResult.enabled("there is kubectl")
                : Requirement.missing(context.getRequiredTestClass().getSimpleName(), "it needs kubectl on the path");
    }
}
