package io.dhcpfailover.lab.exercise;

import java.util.ArrayList;
import java.util.List;

/** Text in lines. */
public final class Lines {

    private Lines() {}

    /** The words of a text in lines of at most so many characters, but for a word that is longer. */
    public static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
