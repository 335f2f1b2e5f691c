package io.dhcpfailover.operator.validation;

import io.dhcpfailover.operator.report.ObjectKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges all objects together. Of two that cannot both be, the one that runs as it is asked wins over one that was
 * changed, that one over a new one, and among equals the older. Who loses goes on with what it asked when it was last
 * valid; a change that would be in the way of that loses as well.
 */
public final class Validator {

    private final Declarations declarations;
    private final Surroundings surroundings;

    /** Changes that are refused because something that runs would have to end for them, and why. */
    private final Map<ObjectKey, Mistake> heldBack = new HashMap<>();

    private Validator(Declarations declarations, Surroundings surroundings) {
        this.declarations = declarations;
        this.surroundings = surroundings;
    }

    /** What is to be thought of each object. */
    public static Judgements judge(Declarations declarations, Surroundings surroundings) {
        return new Validator(declarations, surroundings).judge();
    }

    private Judgements judge() {
        // Each turn holds at least one more change back, so this ends.
        while (true) {
            int before = heldBack.size();
            World world = new World(declarations);
            Judgements judgements = new Judgements(
                    each(declarations.servers(), new ServerCheck(surroundings, world)),
                    each(declarations.relationships(), new RelationshipCheck(surroundings, world)),
                    each(declarations.scopes(), new ScopeCheck(surroundings, world)));
            if (heldBack.size() == before) {
                return judgements;
            }
        }
    }

    private <S> Map<ObjectKey, Judgement<S>> each(List<Declared<S>> all, Check<S> check) {
        Comparator<Declared<S>> order = Comparator.<Declared<S>>comparingInt(Declared::rank)
                .thenComparing(Declared::createdAt)
                .thenComparing(Declared::key);
        Map<ObjectKey, Judgement<S>> judgements = new HashMap<>();
        Set<ObjectKey> changed = new HashSet<>();
        for (Declared<S> declared : all.stream().sorted(order).toList()) {
            List<Mistake> mistakes = mistakes(declared, check);
            S served =
                    declared.spec() != null && mistakes.isEmpty() ? declared.spec() : running(declared, check, changed);
            if (served != null) {
                check.add(declared.key(), served);
                if (!Objects.equals(served, declared.lastValid())) {
                    changed.add(declared.key());
                }
            }
            judgements.put(declared.key(), new Judgement<>(declared.key(), mistakes, served));
        }
        return judgements;
    }

    private <S> List<Mistake> mistakes(Declared<S> declared, Check<S> check) {
        if (declared.spec() == null) {
            return List.of();
        }
        Mistake held = heldBack.get(declared.key());
        return held == null ? check.mistakes(declared.key(), declared.spec(), false) : List.of(held);
    }

    private <S> @Nullable S running(Declared<S> declared, Check<S> check, Set<ObjectKey> changed) {
        S lastValid = declared.lastValid();
        if (lastValid == null) {
            return null;
        }
        List<Mistake> mistakes = check.mistakes(declared.key(), lastValid, true);
        for (Mistake mistake : mistakes) {
            ObjectKey other = mistake.other();
            if (other != null && changed.contains(other)) {
                heldBack.put(
                        other,
                        new Mistake(
                                mistake.reason(),
                                declared.key(),
                                "spec: this is what " + declared.key().from(other.namespace())
                                        + " runs with, and goes on to, because its own change is not valid: mend that"
                                        + " one first"));
            }
        }
        return mistakes.isEmpty() ? lastValid : null;
    }
}
