import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at a built site: each link and anchor leads somewhere, each page is in the navigation, and nothing is loaded from
 * elsewhere. Arguments: the site, and the folder of its pages.
 */
final class Site {

    private static final Pattern LINK = Pattern.compile("<a\\b[^>]*?\\bhref=\"([^\"]*)\"");
    private static final Pattern LOADED = Pattern.compile(
            "<(?:script|img|source|iframe|link\\b(?=[^>]*rel=\"(?:stylesheet|preload|icon|shortcut icon|preconnect)\"))"
                    + "\\b[^>]*?\\b(?:src|srcset|href)=\"([^\"]*)\"");
    private static final Pattern IMPORTED = Pattern.compile("(?:@import|url\\()\\s*[\"']?((?:https?:)?//[^\"')]*)");
    private static final Pattern ANCHOR = Pattern.compile("\\bid=\"([^\"]*)\"");
    private static final Pattern NAVIGATION = Pattern.compile("(?s)<nav class=\"md-nav md-nav--primary.*?</nav>\\s*</div>");

    private final Path site;
    private final List<String> problems = new ArrayList<>();

    private Site(Path site) {
        this.site = site;
    }

    public static void main(String[] arguments) throws IOException {
        Site site = new Site(Path.of(arguments[0]).toRealPath());
        int pages = site.look(Path.of(arguments[1]));
        site.problems.forEach(System.err::println);
        System.out.println(pages + " pages, " + site.problems.size() + " problems");
        System.exit(site.problems.isEmpty() ? 0 : 1);
    }

    private int look(Path source) throws IOException {
        List<Path> pages = files(site, ".html");
        for (Path page : pages) {
            String text = Files.readString(page);
            for (String link : found(LINK, text)) {
                if (!leads(page, link)) {
                    problem(page, "leads nowhere: " + link);
                }
            }
            for (String loaded : found(LOADED, text)) {
                if (loaded.contains("//") || !leads(page, loaded)) {
                    problem(page, "loads from elsewhere, or what is not there: " + loaded);
                }
            }
        }
        for (Path sheet : files(site, ".css")) {
            found(IMPORTED, Files.readString(sheet)).forEach(address -> problem(sheet, "loads " + address));
        }
        requireNavigation(source);
        return pages.size();
    }

    private void requireNavigation(Path source) throws IOException {
        Path home = site.resolve("index.html");
        Set<Path> named = new TreeSet<>();
        for (String link : found(LINK, found0(NAVIGATION, Files.readString(home)))) {
            named.add(target(home, link));
        }
        for (Path page : files(source, ".md")) {
            String name = source.relativize(page).toString().replaceFirst("(^|/)README\\.md$", "$1index.html");
            Path built = site.resolve(name.replaceFirst("\\.md$", "/index.html"));
            if (!named.contains(built)) {
                problem(built, "is not in the navigation of mkdocs.yml");
            }
        }
    }

    private boolean leads(Path page, String link) throws IOException {
        if (link.contains("://") || link.startsWith("mailto:")) {
            return true;
        }
        int hash = link.indexOf('#');
        Path target = target(page, link);
        if (!Files.isRegularFile(target)) {
            return false;
        }
        String anchor = hash < 0 ? "" : link.substring(hash + 1);
        return anchor.isEmpty() || found(ANCHOR, Files.readString(target)).contains(anchor);
    }

    /** The file that a browser is given for a link on a page; the error page is served for any path, and has those of the root. */
    private Path target(Path page, String link) {
        String path = link.replaceFirst("[#?].*", "");
        Path target;
        if (path.startsWith("/")) {
            target = site.resolve(path.substring(1));
        } else {
            target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        }
        return Files.isDirectory(target) ? target.resolve("index.html") : target;
    }

    private void problem(Path file, String what) {
        problems.add(site.relativize(file) + ": " + what);
    }

    private static String found0(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.joining());
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
