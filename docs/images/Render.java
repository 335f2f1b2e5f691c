import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Draws what a terminal showed as pictures for light and dark pages: {@code java docs/images/Render.java}, after a recording of
 * {@code kubectl get dfr -w} beside {@code ./lab} was written to failover.txt.
 */
public final class Render {

    private static final Path FOLDER = Path.of("docs/images");
    private static final int COLUMN = 8;
    private static final int LINE = 19;
    private static final int MARGIN = 16;

    private record Theme(String background, String border, String text, String good, String bad) {}

    private static final Map<String, Theme> THEMES = Map.of(
            "light", new Theme("#f6f8fa", "#d0d7de", "#1f2328", "#1a7f37", "#bc4c00"),
            "dark", new Theme("#161b22", "#30363d", "#e6edf3", "#3fb950", "#f0883e"));

    public static void main(String[] arguments) throws Exception {
        List<String> lines = Files.readAllLines(FOLDER.resolve("failover.txt"));
        for (Map.Entry<String, Theme> theme : THEMES.entrySet()) {
            Files.writeString(FOLDER.resolve("failover-" + theme.getKey() + ".svg"), svg(lines, theme.getValue()));
        }
    }

    private static String svg(List<String> lines, Theme theme) {
        int width = 2 * MARGIN + COLUMN * lines.stream().mapToInt(String::length).max().orElse(0);
        int height = 2 * MARGIN + LINE * lines.size();
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
                <title>kubectl get dfr -w while a server dies, is taken for down, and comes back</title>
                <rect x="0.5" y="0.5" width="%3$d" height="%4$d" rx="6" fill="%5$s" stroke="%6$s"/>
                <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" xml:space="preserve">
                """.formatted(width, height, width - 1, height - 1, theme.background, theme.border));
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String colour = i < 2 ? theme.text : line.contains("True") ? theme.good : theme.bad;
            svg.append("<text x=\"%d\" y=\"%d\" fill=\"%s\" textLength=\"%d\"%s>%s</text>%n"
                    .formatted(
                            MARGIN,
                            MARGIN + LINE * i + 13,
                            colour,
                            COLUMN * line.length(),
                            i == 0 ? " font-weight=\"bold\"" : "",
                            line.replace(" ", "\u00a0")));
        }
        return svg.append("</g>\n</svg>\n").toString();
    }
}
