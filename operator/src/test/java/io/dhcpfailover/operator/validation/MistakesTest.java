package io.dhcpfailover.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.dhcpfailover.api.testing.ManifestCase;
import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.Condition.Status;
import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.Conditions;
import io.dhcpfailover.operator.report.EventReason;
import io.dhcpfailover.operator.report.ObjectEvent;
import io.dhcpfailover.operator.report.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of mistakes: what was applied, which condition and event came, and what went on being served. */
class MistakesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    static List<MistakeCase> cases() {
        return MistakeCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whoIsToBlameIsToldAndWhatRunsGoesOn(MistakeCase mistake) {
        Map<String, Judgement<?>> judgements = byText(Validator.judge(mistake.declarations(), mistake.surroundings()));
        Judgement<?> wrong = Objects.requireNonNull(judgements.get(mistake.wrong()));

        Conditions conditions = new Conditions(List.of(), NOW, 7L);
        wrong.say(conditions);
        Condition condition = conditions.list().getFirst();
        assertThat(condition.type()).isEqualTo("ConfigurationValid");
        assertThat(condition.status()).isEqualTo(Status.False);
        assertThat(condition.reason()).isEqualTo(mistake.reason());
        assertThat(condition.message()).contains(mistake.message());
        ObjectKey other = wrong.mistakes().getFirst().other();
        assertThat(other == null ? null : other.toString()).isEqualTo(mistake.other());
        assertThat(ValidityEvents.between(List.of(), conditions.list()))
                .containsExactly(ObjectEvent.warning(EventReason.ConfigurationInvalid, condition.message()));
        assertThat(served(mistake, judgements)).isEqualTo(expected(mistake));
    }

    private static Map<String, Judgement<?>> byText(Judgements judgements) {
        Map<String, Judgement<?>> byText = new HashMap<>();
        Stream.of(judgements.servers(), judgements.relationships(), judgements.scopes())
                .forEach(each -> each.forEach((key, judgement) -> byText.put(key.toString(), judgement)));
        return byText;
    }

    private static List<Declared<?>> all(Declarations declarations) {
        List<Declared<?>> all = new ArrayList<>(declarations.servers());
        all.addAll(declarations.relationships());
        all.addAll(declarations.scopes());
        return all;
    }

    private static Map<String, String> served(MistakeCase mistake, Map<String, Judgement<?>> judgements) {
        Map<String, String> served = new HashMap<>();
        for (Declared<?> declared : all(mistake.declarations())) {
            Judgement<?> judgement =
                    Objects.requireNonNull(judgements.get(declared.key().toString()));
            Object now = judgement.served();
            served.put(
                    declared.key().toString(),
                    now == null
                            ? "nothing"
                            : judgement.isValid() && now.equals(declared.spec()) ? "as asked" : before(declared, now));
        }
        return served;
    }

    private static String before(Declared<?> declared, Object served) {
        return served.equals(declared.lastValid()) ? "as before" : "something else";
    }

    private static Map<String, String> expected(MistakeCase mistake) {
        Map<String, String> expected = all(mistake.declarations()).stream()
                .collect(Collectors.toMap(declared -> declared.key().toString(), any -> "as asked"));
        expected.putAll(mistake.serves());
        return expected;
    }

    /** The schema refuses the others at once, in the words of crds' table, and then nothing changes. */
    @Test
    void theTableHasEveryMistake() {
        long refused = ManifestCase.all().stream()
                .filter(each -> each.refused() != null)
                .count();
        List<MistakeCase> cases = cases();

        assertThat(cases).hasSizeGreaterThanOrEqualTo(40);
        assertThat(cases.size() + refused).isGreaterThan(100);
        assertThat(cases.stream().map(MistakeCase::reason).distinct().sorted().toList())
                .isEqualTo(Arrays.stream(MistakeReason.values())
                        .map(Enum::name)
                        .sorted()
                        .toList());
    }

    @Test
    void whatRunsIsValid() {
        assertThat(byText(Validator.judge(MistakeCase.running(), MistakeCase.cluster()))
                        .values())
                .allMatch(Judgement::isValid);
    }

    @Test
    void clocksThatGoApartLaterEndNothing() {
        Map<ObjectKey, Duration> clocks = Map.of(
                new ObjectKey("DhcpServer", "dhcp", "dhcp1"),
                Duration.ZERO,
                new ObjectKey("DhcpServer", "dhcp", "dhcp2"),
                Duration.ofMinutes(5));
        Surroundings all = MistakeCase.cluster();

        assertThat(byText(Validator.judge(MistakeCase.running(), new Surroundings(all.nodes(), all.secrets(), clocks)))
                        .values())
                .allMatch(Judgement::isValid);
    }

    @Test
    void aMistakeThatIsMendedIsAnEventToo() {
        MistakeCase mistake = cases().getFirst();
        Conditions invalid = new Conditions(List.of(), NOW, 1L);
        Objects.requireNonNull(byText(Validator.judge(mistake.declarations(), mistake.surroundings()))
                        .get(mistake.wrong()))
                .say(invalid);
        Conditions valid = new Conditions(invalid.list(), NOW.plusSeconds(60), 2L);
        new Judgement<>(new ObjectKey("DhcpServer", "dhcp", "dhcp9"), List.of(), "spec").say(valid);

        assertThat(ValidityEvents.between(invalid.list(), valid.list()))
                .extracting(ObjectEvent::severity, ObjectEvent::reason)
                .containsExactly(tuple(ObjectEvent.Severity.Normal, EventReason.ConfigurationValid));
        assertThat(ValidityEvents.between(invalid.list(), invalid.list())).isEmpty();
        assertThat(Conditions.find(valid.list(), ConditionType.ConfigurationValid))
                .extracting(Condition::lastTransitionTime)
                .isEqualTo(NOW.plusSeconds(60));
    }

    /** Informers list objects in any order. */
    @Test
    void theOrderOfObjectsDoesNotMatter() {
        Random random = new Random(1);
        for (MistakeCase mistake : cases()) {
            Declarations declarations = mistake.declarations();
            Declarations shuffled = new Declarations(
                    shuffled(declarations.servers(), random),
                    shuffled(declarations.relationships(), random),
                    shuffled(declarations.scopes(), random));

            assertThat(byText(Validator.judge(shuffled, mistake.surroundings())))
                    .as(mistake.name())
                    .isEqualTo(byText(Validator.judge(declarations, mistake.surroundings())));
        }
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
