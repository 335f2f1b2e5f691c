import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Prints one table of Surefire's reports, which lie as run/module/TEST-*.xml: suite, passed, failed, skipped,
 * seconds. Ends with 1 on any failure, on a skip that is not allowed by an argument, where no test ran, and where a suite
 * of the file {@code required}, whose lines are a run and a test class, has not reported.
 */
class Results {

    record Row(int passed, int failed, int skipped, double seconds) {
        Row plus(Row other) {
            return new Row(
                    passed + other.passed,
                    failed + other.failed,
                    skipped + other.skipped,
                    seconds + other.seconds);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Set<String> allowedSkips = Set.copyOf(List.of(arguments).subList(1, arguments.length));
        Map<String, Row> table = new TreeMap<>();
        List<String> complaints = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".xml")).sorted().toList()) {
                Element suite = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(file.toFile())
                        .getDocumentElement();
                String name = suite.getAttribute("name");
                Row row = row(suite);
                if (row.passed + row.failed + row.skipped == 0) {
                    complaints.add("no test in " + name);
                }
                complaints.addAll(forbiddenSkips(suite, allowedSkips));
                Path run = file.getParent().getParent().getFileName();
                Path module = file.getParent().getFileName();
                table.merge(
                        "%s %s %s".formatted(run, module, name.substring(name.lastIndexOf('.') + 1)), row, Row::plus);
            }
        }
        for (String required : Files.readAllLines(Path.of(arguments[0], "required"))) {
            String run = required.substring(0, required.indexOf(' '));
            String suite = required.substring(run.length() + 1).replace(".java", "");
            if (table.keySet().stream().noneMatch(name -> name.startsWith(run + " ") && name.endsWith(" " + suite))) {
                complaints.add("no report of " + suite + " in the run " + run);
            }
        }
        Row all = table.values().stream().reduce(new Row(0, 0, 0, 0), Row::plus);
        if (all.passed == 0) {
            complaints.add("no test has passed at all");
        }
        int width = table.keySet().stream().mapToInt(String::length).max().orElse(10);
        System.out.printf("%-" + width + "s  %6s  %6s  %7s  %8s%n", "suite", "passed", "failed", "skipped", "seconds");
        table.forEach((name, row) -> print(width, name, row));
        print(width, "all", all);
        complaints.forEach(complaint -> System.out.println("FAILED: " + complaint));
        System.out.printf("%d passed, %d failed, %d skipped%n", all.passed, all.failed, all.skipped);
        System.exit(all.failed == 0 && complaints.isEmpty() ? 0 : 1);
    }

    private static void print(int width, String name, Row row) {
        System.out.printf(
                "%-" + width + "s  %6d  %6d  %7d  %8.1f%n", name, row.passed, row.failed, row.skipped, row.seconds);
    }

    private static Row row(Element suite) {
        int tests = number(suite, "tests");
        int failed = number(suite, "failures") + number(suite, "errors");
        int skipped = number(suite, "skipped");
        return new Row(tests - failed - skipped, failed, skipped, Double.parseDouble(suite.getAttribute("time")));
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    private static List<String> forbiddenSkips(Element suite, Set<String> allowed) {
        List<String> forbidden = new ArrayList<>();
        NodeList skips = suite.getElementsByTagName("skipped");
        for (int i = 0; i < skips.getLength(); i++) {
            Element test = (Element) skips.item(i).getParentNode();
            String name = test.getAttribute("classname") + "#" + test.getAttribute("name");
            if (!allowed.contains(name)) {
                forbidden.add("skipped, and not on the list in .ci/run: " + name);
            }
        }
        return forbidden;
    }
}
