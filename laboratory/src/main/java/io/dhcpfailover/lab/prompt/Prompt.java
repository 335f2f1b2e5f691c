package io.dhcpfailover.lab.prompt;

import io.dhcpfailover.lab.exercise.Exercise;
import io.dhcpfailover.lab.exercise.Lines;
import io.dhcpfailover.lab.exercise.Narrator;
import io.dhcpfailover.lab.kubernetes.ApiException;
import io.dhcpfailover.lab.site.Lab;
import io.dhcpfailover.lab.site.LabException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Reads commands of standard input, a line each, and obeys them. */
public final class Prompt {

    private static final int WIDTH = 79;
    private static final String PROMPT = "lab> ";

    private final Lab lab;
    private final Narrator narrator;
    private final PrintStream out;

    public Prompt(Lab lab, Narrator narrator, PrintStream out) {
        this.lab = lab;
        this.narrator = narrator;
        this.out = out;
    }

    /** Brings the pair up, and obeys until {@code quit}, or until there are no more lines; whether the pair came up. */
    public boolean run() throws LabException, InterruptedException {
        if (!new Exercise(lab, narrator).setUp()) {
            return false;
        }
        out.println();
        out.println("In another terminal:");
        out.println("  export KUBECONFIG='" + lab.kubeconfig() + "'");
        out.println("  kubectl get dfr -w");
        out.println();
        out.print(Commands.HELP);
        Commands commands = new Commands(lab, out);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = next(in); !line.equals("quit"); line = next(in)) {
            if (!line.isEmpty()) {
                obey(commands, Arrays.asList(line.split("\\s+", -1)));
            }
        }
        return true;
    }

    private String next(BufferedReader in) throws LabException {
        out.print(PROMPT);
        out.flush();
        try {
            String line = in.readLine();
            return line == null ? "quit" : line.strip();
        } catch (IOException e) {
            throw new LabException("No more commands can be read: " + e.getMessage(), e);
        }
    }

    private void obey(Commands commands, List<String> words) throws InterruptedException {
        try {
            commands.obey(words);
        } catch (Mistake | IOException | ApiException e) {
            Lines.wrapped(String.valueOf(e.getMessage()), WIDTH).forEach(out::println);
        }
    }
}
