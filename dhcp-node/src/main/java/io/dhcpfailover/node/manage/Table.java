package io.dhcpfailover.node.manage;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table for people: columns as wide as what is in them. */
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... titles) {
        rows.add(List.of(titles));
    }

    /** One more row, with a text for each title. */
    void add(String... texts) {
        rows.add(List.of(texts));
    }

    void print(PrintWriter out) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String text = row.get(column);
                line.append(column == 0 ? "" : GAP).append(text);
                if (column < row.size() - 1) {
                    line.repeat(' ', widths[column] - text.length());
                }
            }
            out.println(line);
        }
        out.flush();
    }
}
