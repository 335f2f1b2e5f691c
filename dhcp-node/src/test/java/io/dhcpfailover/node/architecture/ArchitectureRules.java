package io.dhcpfailover.node.architecture;

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
import java.util.stream.IntStream;

/**
 * What the packages of a server may use, for the packages below any root, so that the rules can be tried on planted
 * mistakes as well.
 */
final class ArchitectureRules {

    /** From the pure to the outside: a package may use those before it. */
    static final List<String> ORDER = List.of(
            "wire", "scope", "lease", "failover", "engine", "journal", "network", "dns", "configuration", "manage");

    /** The part of {@link #ORDER} that has no I/O, clock, randomness or threads. */
    static final List<String> PURE = ORDER.subList(0, ORDER.indexOf("engine") + 1);

    private static final String[] OUTSIDE = {
        "java.io..",
        "java.net..",
        "java.nio.channels..",
        "java.nio.file..",
        "java.util.concurrent..",
        "java.util.random..",
        "io.fabric8..",
        "io.micronaut..",
        "io.netty..",
        "org.slf4j.."
    };

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

    private ArchitectureRules() {}

    /** An arrow between packages may only point up the list. */
    static List<ArchRule> order(String root) {
        return IntStream.range(0, ORDER.size() - 1)
                .<ArchRule>mapToObj(i -> noClasses()
                        .that()
                        .resideInAPackage(root + "." + ORDER.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(ORDER.subList(i + 1, ORDER.size()).stream()
                                .map(later -> root + "." + later + "..")
                                .toArray(String[]::new))
                        .because("%s comes before %s in docs/architecture.md"
                                .formatted(ORDER.get(i), ORDER.subList(i + 1, ORDER.size())))
                        .allowEmptyShould(true))
                .toList();
    }

    /** Pure packages are given time, randomness and I/O as events; they have none of their own. */
    static List<ArchRule> purity(String root) {
        String[] pure = PURE.stream().map(name -> root + "." + name + "..").toArray(String[]::new);
        String because = "the simulation replays the pure packages from a seed";
        return List.of(
                noClasses()
                        .that()
                        .resideInAnyPackage(pure)
                        .should()
                        .dependOnClassesThat(are(resideInAnyPackage(OUTSIDE)
                                .and(describe("not allowed", (JavaClass c) -> !ALLOWED.contains(c.getName())))
                                .or(describe("impure", (JavaClass c) -> IMPURE_CLASSES.contains(c.getName())))))
                        .because(because)
                        .allowEmptyShould(true),
                noClasses()
                        .that()
                        .resideInAnyPackage(pure)
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
