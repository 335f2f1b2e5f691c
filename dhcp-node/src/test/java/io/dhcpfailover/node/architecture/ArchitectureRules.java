package io.dhcpfailover.node.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import io.dhcpfailover.api.testing.Purity;
import java.util.List;
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
        return Purity.rules(
                PURE.stream().map(name -> root + "." + name + "..").toList(),
                List.of("io.fabric8.."),
                "the simulation replays the pure packages from a seed");
    }
}
