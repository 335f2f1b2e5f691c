package io.dhcpfailover.api.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Pure packages are given time, randomness and what lies outside; they have no I/O, clock, randomness or threads. */
public final class Purity {

    private static final List<String> OUTSIDE = List.of(
            "java.io..",
            "java.net..",
            "java.nio.channels..",
            "java.nio.file..",
            "java.util.concurrent..",
            "java.util.random..",
            "io.micronaut..",
            "io.netty..",
            "org.slf4j..");

    /** Only named as the interface of a class that can be serialized, which is no I/O. */
    private static final Set<String> ALLOWED = Set.of("java.io.Serializable");

    private static final Set<String> IMPURE_CLASSES = Set.of(
            "java.lang.Thread",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.Timer",
            "java.util.Scanner");

    private static final Set<String> IMPURE_METHODS =
            Set.of("currentTimeMillis", "nanoTime", "now", "random", "randomUUID", "getenv", "getProperty", "exit");

    private Purity() {}

    /**
     * What such packages keep to.
     *
     * @param pure those, such as {@code a.b..}
     * @param outside what else they may not use
     * @param because why they are pure
     */
    public static List<ArchRule> rules(List<String> pure, List<String> outside, String because) {
        String[] packages = pure.toArray(String[]::new);
        String[] forbidden = Stream.concat(OUTSIDE.stream(), outside.stream()).toArray(String[]::new);
        return List.of(
                noClasses()
                        .that()
                        .resideInAnyPackage(packages)
                        .should()
                        .dependOnClassesThat(are(resideInAnyPackage(forbidden)
                                .and(describe("not allowed", (JavaClass c) -> !ALLOWED.contains(c.getName())))
                                .or(describe("impure", (JavaClass c) -> IMPURE_CLASSES.contains(c.getName())))))
                        .because(because)
                        .allowEmptyShould(true),
                noClasses()
                        .that()
                        .resideInAnyPackage(packages)
                        .should()
                        .callMethodWhere(describe(
                                "reads a clock, randomness or the environment",
                                (JavaMethodCall call) -> impure(call.getTarget())))
                        .because(because)
                        .allowEmptyShould(true));
    }

    private static boolean impure(AccessTarget.MethodCallTarget target) {
        return IMPURE_METHODS.contains(target.getName())
                && target.getOwner().getPackageName().startsWith("java.");
    }
}
