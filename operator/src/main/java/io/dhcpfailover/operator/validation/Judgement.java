package io.dhcpfailover.operator.validation;

import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.Conditions;
import io.dhcpfailover.operator.report.ObjectKey;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be thought of an object.
 *
 * @param key which object
 * @param mistakes what is wrong with it; empty where it is valid
 * @param served what is to be served of it: what is asked where that is valid, else what was when it last was; null where
 *     nothing is
 * @param <S> what is asked of such an object
 */
public record Judgement<S>(
        ObjectKey key, List<Mistake> mistakes, @Nullable S served) {

    /** Copies the list. */
    public Judgement {
        mistakes = List.copyOf(mistakes);
    }

    /** Whether what is asked is served. */
    public boolean isValid() {
        return mistakes.isEmpty();
    }

    /** Says the condition ConfigurationValid. */
    public void say(Conditions conditions) {
        if (mistakes.isEmpty()) {
            conditions.set(
                    ConditionType.ConfigurationValid, true, "Valid", "it contradicts nothing that is asked elsewhere");
        } else {
            conditions.set(
                    ConditionType.ConfigurationValid,
                    false,
                    mistakes.getFirst().reason().name(),
                    message());
        }
    }

    /** What is wrong, and what goes on meanwhile; empty where it is valid. */
    public String message() {
        return mistakes.isEmpty()
                ? ""
                : mistakes.stream().map(Mistake::message).collect(Collectors.joining("; ")) + ". Meanwhile "
                        + meanwhile();
    }

    private String meanwhile() {
        if (served != null) {
            return "what was valid before goes on";
        }
        return switch (key.kind()) {
            case "DhcpServer" -> "it is not run";
            case "DhcpFailoverRelationship" -> "it is not set up, and nobody serves its scopes";
            default -> "nobody serves it";
        };
    }
}
