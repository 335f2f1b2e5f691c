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
 * A page of Markdown: where it is, the anchors of its headings, where it links to, its blocks of code by their language, and
 * what it has as code within a text.
 */
public record Page(Path file, Set<String> anchors, List<String> links, List<Block> blocks, List<String> codes) {

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern NOT_IN_ANCHORS = Pattern.compile("[^\\p{L}\\p{N} _-]");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** A block of code, under the anchor of its heading. */
    public record Block(String section, String language, String text) {}

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

    /** The blocks under a heading, by its anchor. */
    public List<Block> blocks(String section) {
        return blocks.stream().filter(block -> block.section().equals(section)).toList();
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

    /** The page of a file. */
    public static Page read(Path file) throws IOException {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        List<String> links = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        List<String> codes = new ArrayList<>();
        String section = "";
        String language = null;
        for (String line : Files.readAllLines(file)) {
            if (line.strip().startsWith("```")) {
                if (language == null) {
                    language = line.strip().substring(3);
                } else {
                    blocks.add(new Block(section, language, block.toString()));
                    block.setLength(0);
                    language = null;
                }
            } else if (language != null) {
                block.append(line).append('\n');
            } else {
                if (line.startsWith("#")) {
                    String anchor = anchor(line.replaceFirst("^#+ *", ""));
                    int before = seen.merge(anchor, 1, Integer::sum) - 1;
                    section = before == 0 ? anchor : anchor + "-" + before;
                    anchors.add(section);
                }
                Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", "code"));
                while (link.find()) {
                    links.add(link.group(1));
                }
                CODE.matcher(line).results().map(code -> code.group(1)).forEach(codes::add);
            }
        }
        return new Page(file, anchors, links, blocks, codes);
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return NOT_IN_ANCHORS
                .matcher(heading.toLowerCase(Locale.ROOT))
                .replaceAll("")
                .replace(' ', '-');
    }
}
