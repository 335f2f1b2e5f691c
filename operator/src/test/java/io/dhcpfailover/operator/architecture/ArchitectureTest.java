package io.dhcpfailover.operator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.dhcpfailover.api.testing.Purity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided is decided without a look outside, so that every case of it can be tried. */
class ArchitectureTest {

    private static final String ROOT = "io.dhcpfailover.operator";
    private static final String PLANTED = ROOT + ".architecture.planted";

    /** Those that decide. */
    private static final List<String> PURE =
            List.of("report", "validation", "desired", "summary", "action", "witness", "rollout");

    /** Those that look and do. */
    private static final List<String> IMPURE = List.of(
            "application",
            "certificates",
            "check",
            "execution",
            "identity",
            "node",
            "proof",
            "relationship",
            "replacement",
            "scope",
            "server",
            "view",
            "workload",
            "writing");

    private static final JavaClasses OPERATOR = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @ParameterizedTest
    @MethodSource
    void theOperatorKeepsTheRule(ArchRule rule) {
        rule.check(OPERATOR);
    }

    static Stream<ArchRule> theOperatorKeepsTheRule() {
        return rules(ROOT).stream();
    }

    @Test
    void everyPackageIsOneOrTheOther() {
        List<String> packages = OPERATOR.stream()
                .map(each -> each.getPackageName())
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1))
                .distinct()
                .toList();

        assertThat(packages)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(PURE.stream(), IMPURE.stream()).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ReadsClock", "AsksTheCluster"})
    void aPlantedMistakeIsCaught(String mistake) {
        List<String> violations = rules(PLANTED).stream()
                .map(rule -> rule.evaluate(new ClassFileImporter().importPackages(PLANTED)))
                .flatMap(result -> result.getFailureReport().getDetails().stream())
                .toList();

        assertThat(violations).anySatisfy(violation -> assertThat(violation).contains(PLANTED + ".witness." + mistake));
    }

    private static List<ArchRule> rules(String root) {
        return Purity.rules(
                PURE.stream().map(name -> root + "." + name + "..").toList(),
                Stream.concat(
                                Stream.of("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..", "io.micrometer.."),
                                IMPURE.stream().map(name -> ROOT + "." + name + ".."))
                        .toList(),
                "what is decided follows from what is passed in");
    }
}
