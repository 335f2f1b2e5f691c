package io.dhcpfailover.node.manage.isc;

import io.dhcpfailover.node.manage.isc.MixedPair.Role;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Two networks, in which the same happens at the same time, since most of it is waiting: in one our server is the primary
 * of ISC dhcpd, in the other the secondary. Register it in a static field.
 */
final class Lans implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

    private final Map<Role, Namespaces> namespaces = new EnumMap<>(Role.class);
    private final Map<Role, Lan> lans = new EnumMap<>(Role.class);

    /** What happens to a pair in NORMAL. */
    @FunctionalInterface
    interface Story {
        void tell(MixedPair pair) throws Exception;
    }

    Lans(String... programs) {
        for (Role role : Role.values()) {
            namespaces.put(role, new Namespaces(programs));
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Objects.requireNonNull(namespaces.get(Role.PRIMARY)).evaluateExecutionCondition(context);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        for (Map.Entry<Role, Namespaces> entry : namespaces.entrySet()) {
            entry.getValue().beforeAll(context);
            lans.put(entry.getKey(), new Lan(entry.getValue()));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        namespaces.values().forEach(each -> each.afterAll(context));
    }

    /** Tells a story of a new pair in each network, and what went wrong in either. */
    void inBothRoles(Plan plan, Path folder, Story story) throws Exception {
        Map<Role, FutureTask<Void>> tasks = new EnumMap<>(Role.class);
        lans.forEach((role, lan) -> {
            FutureTask<Void> task = new FutureTask<>(() -> {
                try (MixedPair pair = new MixedPair(lan, role, plan, folder.resolve(role.name()))) {
                    story.tell(pair);
                }
                return null;
            });
            tasks.put(role, task);
            Thread.ofPlatform().name("our server as " + role).start(task);
        });
        AssertionError failed = null;
        for (Map.Entry<Role, FutureTask<Void>> entry : tasks.entrySet()) {
            try {
                entry.getValue().get();
            } catch (ExecutionException e) {
                AssertionError error = new AssertionError("our server as " + entry.getKey(), e.getCause());
                if (failed == null) {
                    failed = error;
                } else {
                    failed.addSuppressed(error);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
