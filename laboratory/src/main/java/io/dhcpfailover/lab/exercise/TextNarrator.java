package io.dhcpfailover.lab.exercise;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tells a person, in lines of at most 80 columns; on a terminal with a table below them that follows what happens. */
public final class TextNarrator implements Narrator {

    private static final int WIDTH = 80;
    private static final String INDENT = "   ";
    private static final Duration REDRAW = Duration.ofMillis(250);

    private final PrintStream out;
    private final boolean terminal;
    private final boolean colours;
    private List<String> shown = List.of();
    private Instant redrawn = Instant.EPOCH;

    /**
     * @param terminal whether lines can be written over
     * @param colours whether they may have colours
     */
    public TextNarrator(PrintStream out, boolean terminal, boolean colours) {
        this.out = out;
        this.terminal = terminal;
        this.colours = colours;
    }

    @Override
    public synchronized void begins(int step, String title) {
        print("");
        print(bold((step == 0 ? "" : step + ". ") + title));
    }

    @Override
    public synchronized void says(String text) {
        wrapped(text).forEach(line -> print(INDENT + line));
    }

    @Override
    public synchronized void seen(String text) {
        List<String> lines = wrapped(text);
        for (int i = 0; i < lines.size(); i++) {
            print((i == 0 ? green("ok ") : INDENT) + lines.get(i));
        }
    }

    @Override
    public synchronized void states(View view) {
        if (!terminal && view.states().stream().anyMatch(state -> !state.isEmpty())) {
            print(INDENT + "["
                    + String.join(
                            "/", view.states().stream().map(TextNarrator::known).toList()) + "]");
        }
    }

    private static String known(String state) {
        return state.isEmpty() ? "-" : state;
    }

    @Override
    public synchronized void succeeded(Duration duration) {
        print("");
        print(bold("All of it was as it should be, in " + Stage.seconds(duration) + "."));
        keepBoard();
    }

    @Override
    public synchronized void failed(String what, String logs) {
        print(red("FAILED"));
        says(what);
        keepBoard();
        out.println();
        out.println(logs);
    }

    private void keepBoard() {
        if (!terminal) {
            shown.forEach(line -> out.println(line));
        }
        shown = List.of();
        out.flush();
    }

    @Override
    public synchronized void board(View view) {
        if (Duration.between(redrawn, Instant.now()).compareTo(REDRAW) < 0) {
            return;
        }
        redrawn = Instant.now();
        List<String> lines = new ArrayList<>();
        lines.add("-".repeat(WIDTH - 1));
        Board.lines(view).forEach(line -> lines.addAll(List.of(line.split("\n", -1))));
        if (terminal) {
            erase();
            lines.forEach(out::println);
        }
        shown = lines;
        out.flush();
    }

    private void print(String line) {
        if (terminal) {
            erase();
            out.println(line);
            shown.forEach(out::println);
        } else {
            out.println(line);
        }
        out.flush();
    }

    private void erase() {
        if (!shown.isEmpty()) {
            out.print("\u001b[" + shown.size() + "A\u001b[J");
        }
    }

    private String bold(String text) {
        return coloured("1", text);
    }

    private String green(String text) {
        return coloured("32", text);
    }

    private String red(String text) {
        return coloured("31", text);
    }

    private String coloured(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static List<String> wrapped(String text) {
        return Lines.wrapped(text, WIDTH - INDENT.length() - 1);
    }
}
