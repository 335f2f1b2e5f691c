package io.dhcpfailover.node.configuration;

import java.util.List;
import java.util.stream.Collectors;

/** Manifests are not used, because something is wrong in them. The message is all of it, a line each. */
public final class ManifestException extends Exception {

    private static final long serialVersionUID = 1;

    /** How many are told in the message: a person repairs the first ones and tries again. */
    private static final int PROBLEMS_MAX = 100;

    private final transient List<Problem> problems;

    /** With everything that is wrong, which is at least one thing. */
    ManifestException(List<Problem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    ManifestException(Problem problem) {
        this(List.of(problem));
    }

    private static String text(List<Problem> problems) {
        String first =
                problems.stream().limit(PROBLEMS_MAX).map(Problem::toString).collect(Collectors.joining("\n"));
        return problems.size() <= PROBLEMS_MAX
                ? first
                : first + "\nand " + (problems.size() - PROBLEMS_MAX) + " more problems";
    }

    /** Everything that is wrong. */
    public List<Problem> problems() {
        return problems;
    }
}
