package io.dhcpfailover.lab.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A command that a page shows.
 *
 * @param text as it is typed, with all its lines as one
 * @param shown what the page shows that it prints; empty where it does not
 */
public record Command(String text, List<String> shown) {

    /** What is a command within a text; fewer words are the name of one. */
    private static final Pattern PROGRAM = Pattern.compile(
            "(kubectl|helm|dhcp-node|java) \\S+ .+|(bash|curl|dhclient|udhcpc|ipconfig|\\./lab|\\./mvnw|[A-Z_]+=\\S+) .+|\\./lab");

    private static final String PROMPT = "$ ";

    /** Whether a text is a command as it is typed. */
    static boolean isCommand(String text) {
        return PROGRAM.matcher(text).matches();
    }

    /** The commands of a block: each line of one in {@code bash}; in {@code console} those after a prompt, with what they print. */
    public static List<Command> of(Page.Block block) {
        boolean console = block.language().equals("console");
        if (!console && !block.language().equals("bash")) {
            return List.of();
        }
        List<Command> commands = new ArrayList<>();
        for (String line : block.text().replaceAll("\\\\\n\\s*", "").lines().toList()) {
            if (console && !line.startsWith(PROMPT)) {
                commands.getLast().shown().add(line);
            } else if (!line.isBlank()) {
                String text = console ? line.substring(PROMPT.length()) : line;
                commands.add(new Command(text.replaceFirst("\\s+# .*", "").strip(), new ArrayList<>()));
            }
        }
        return commands;
    }

    /** Whether it goes on until it is stopped. */
    boolean isWatch() {
        return text.endsWith(" -w");
    }
}
