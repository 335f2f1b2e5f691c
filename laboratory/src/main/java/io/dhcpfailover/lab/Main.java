package io.dhcpfailover.lab;

import io.dhcpfailover.lab.exercise.Exercise;
import io.dhcpfailover.lab.exercise.JsonNarrator;
import io.dhcpfailover.lab.exercise.Narrator;
import io.dhcpfailover.lab.exercise.TextNarrator;
import io.dhcpfailover.lab.prompt.Prompt;
import io.dhcpfailover.lab.site.Lab;
import io.dhcpfailover.lab.site.LabException;
import io.dhcpfailover.lab.site.Programs;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the lab. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        description = {
            "A failover pair on this machine, in action.",
            "Runs the real operator and two real DHCP servers on addresses of loopback, with a Kubernetes API and clients in"
                    + " this process, and goes through the classic exercise of a pair: leases, an edited scope, a server"
                    + " that dies, PARTNER-DOWN, recovery, load balance. Needs no root, no Docker and no cluster."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every step showed what it should", "1:one did not", "2:wrong options"})
public final class Main implements Callable<Integer> {

    @Option(names = "--interactive", description = "stay, with a prompt, after the pair has come up")
    private boolean interactive;

    @Option(names = "--json", description = "for programs: one object of JSON a line")
    private boolean json;

    @Option(names = "--keep", description = "keep the lab's folder, with all leases and logs")
    private boolean keep;

    @Option(names = "--home", hidden = true, description = "the folder of this project")
    private Path home = Path.of("");

    @Option(names = "--terminal", hidden = true, description = "whether lines can be written over")
    private boolean terminal;

    /** Ends with 0 where every step showed what it should. */
    public static void main(String[] arguments) {
        // Small answers of the embedded API would wait for each other.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Narrator narrator = json ? new JsonNarrator(out) : new TextNarrator(out, terminal && !interactive, colours());
        try (Lab lab = Lab.start(new Programs(home))) {
            if (keep) {
                lab.keepFolder();
                narrator.says("All files of the lab are in " + lab.folder() + ".");
            }
            boolean succeeded = interactive ? new Prompt(lab, narrator, out).run() : new Exercise(lab, narrator).run();
            if (!succeeded && !lab.isEnding()) {
                lab.keepFolder();
                narrator.says("The lab's files stay in " + lab.folder() + ".");
            }
            return succeeded ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (LabException e) {
            System.err.println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        } catch (InterruptedException e) {
            // It was told to end, and ends.
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private boolean colours() {
        return terminal && System.getenv("NO_COLOR") == null;
    }
}
