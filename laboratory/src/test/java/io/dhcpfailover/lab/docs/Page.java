package io.dhcpfailover.lab.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of Markdown: where it is, the anchors of its headings, where it links to, and its blocks of code by their language.
 */
record Page(Path file, Set<String> anchors, List<String> links, List<Block> blocks) {

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern NOT_IN_ANCHORS = Pattern.compile("[^\\p{L}\\p{N} _-]");

    /** A block of code. */
    record Block(String language, String text) {}

    /** All pages of the project: of its folder, of {@code docs}, and of other folders that have some. */
    static List<Page> all(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            List<Page> pages = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> isOurs(project.relativize(path)))
                    .sorted()
                    .toList()) {
                pages.add(read(file));
            }
            return pages;
        }
    }

    private static boolean isOurs(Path path) {
        for (Path part : path) {
            if (part.toString().equals("target")
                    || part.toString().equals(".git")
                    || part.toString().equals("results")) {
                return false;
            }
        }
        return true;
    }

    private static Page read(Path file) throws IOException {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        List<String> links = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        String language = null;
        for (String line : Files.readAllLines(file)) {
            if (line.strip().startsWith("```")) {
                if (language == null) {
                    language = line.strip().substring(3);
                } else {
                    blocks.add(new Block(language, block.toString()));
                    block.setLength(0);
                    language = null;
                }
            } else if (language != null) {
                block.append(line).append('\n');
            } else {
                if (line.startsWith("#")) {
                    String anchor = anchor(line.replaceFirst("^#+ *", ""));
                    int before = seen.merge(anchor, 1, Integer::sum) - 1;
                    anchors.add(before == 0 ? anchor : anchor + "-" + before);
                }
                Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", "code"));
                while (link.find()) {
                    links.add(link.group(1));
                }
            }
        }
        return new Page(file, anchors, links, blocks);
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return NOT_IN_ANCHORS
                .matcher(heading.toLowerCase(Locale.ROOT))
                .replaceAll("")
                .replace(' ', '-');
    }
}
