package io.dhcpfailover.lab.lan;

import io.dhcpfailover.api.testing.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link Lan} whose program {@value #PROGRAM} names. Where there is none, tests are skipped with the
 * reason, or fail where {@code CI=true}.
 */
public final class LanExtension implements ExecutionCondition, ParameterResolver {

    /** The environment variable with the path of the program. */
    static final String PROGRAM = "DHCP_FAILOVER_LAN";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return program() == null
                ? Requirement.missing(
                        context.getRequiredTestClass().getSimpleName(),
                        "it needs nodes and clients on one LAN: set " + PROGRAM + " to a program that knows them")
                : ConditionEvaluationResult.enabled("there is a LAN");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lan.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Path program = program();
        if (program == null) {
            throw new IllegalStateException(PROGRAM + " is not set");
        }
        try {
            return new Lan(program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(program + " was interrupted", e);
        }
    }

    private static @Nullable Path program() {
        String program = System.getenv(PROGRAM);
        return program != null && Files.isExecutable(Path.of(program)) ? Path.of(program) : null;
    }
}
