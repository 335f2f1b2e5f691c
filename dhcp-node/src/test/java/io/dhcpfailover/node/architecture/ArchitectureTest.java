package io.dhcpfailover.node.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packages of a server keep to the order of docs/architecture.md. */
class ArchitectureTest {

    private static final String ROOT = "io.dhcpfailover.node";
    private static final String PLANTED = ROOT + ".architecture.planted";

    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @ParameterizedTest
    @MethodSource
    void theServerKeepsTheRule(ArchRule rule) {
        rule.check(SERVER);
    }

    static Stream<ArchRule> theServerKeepsTheRule() {
        return rules(ROOT);
    }

    @Test
    void everyPackageOfTheServerHasItsPlaceInTheOrder() {
        Set<String> packages = SERVER.stream()
                .map(c -> c.getPackageName().substring(ROOT.length() + 1).replaceFirst("[.].*", ""))
                .collect(Collectors.toSet());

        assertThat(packages).containsExactlyInAnyOrderElementsOf(ArchitectureRules.ORDER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wire.UsesEngine",
                "engine.UsesJournal",
                "engine.StartsThread",
                "engine.ReadsClock",
                "engine.ReadsFile"
            })
    void aPlantedMistakeIsCaught(String mistake) {
        List<String> violations = rules(PLANTED)
                .map(rule -> rule.evaluate(new ClassFileImporter().importPackages(PLANTED)))
                .flatMap(result -> result.getFailureReport().getDetails().stream())
                .toList();

        assertThat(violations).anySatisfy(violation -> assertThat(violation).contains(PLANTED + "." + mistake));
    }

    private static Stream<ArchRule> rules(String root) {
        return Stream.concat(ArchitectureRules.order(root).stream(), ArchitectureRules.purity(root).stream());
    }
}
