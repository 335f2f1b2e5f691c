package io.dhcpfailover.node.manage.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a history: one for each day (UTC), in the folder {@code history} beside the leases. */
final class HistoryFolder {

    /** Its name beside the leases. */
    static final String NAME = "history";

    private static final String SUFFIX = ".jsonl";

    private final Path folder;

    private HistoryFolder(Path folder) {
        this.folder = folder;
    }

    /** That of a folder of leases; it need not exist. */
    static HistoryFolder of(Path state) {
        return new HistoryFolder(state.resolve(NAME));
    }

    Path path() {
        return folder;
    }

    Path file(LocalDate day) {
        return folder.resolve(day + SUFFIX);
    }

    /** The days that have a file, the earliest first. */
    List<LocalDate> days() throws IOException {
        List<LocalDate> days = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .forEach(name -> add(name, days));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        days.sort(null);
        return days;
    }

    private static void add(String name, List<LocalDate> days) {
        try {
            days.add(LocalDate.parse(name));
        } catch (DateTimeException e) {
            // Somebody else's file, which stays as it is.
            return;
        }
    }

    /**
     * Removes what is older than that day, and then the oldest days while all of them are larger than that.
     *
     * @return how large what is left is, in octets
     */
    long prune(LocalDate earliest, long lengthMax) throws IOException {
        Map<LocalDate, Long> lengths = new TreeMap<>();
        for (LocalDate day : days()) {
            lengths.put(day, Files.size(file(day)));
        }
        long length = lengths.values().stream().mapToLong(Long::longValue).sum();
        int left = lengths.size();
        for (Map.Entry<LocalDate, Long> day : lengths.entrySet()) {
            boolean last = left == 1;
            if (!last && (day.getKey().isBefore(earliest) || length > lengthMax)) {
                Files.deleteIfExists(file(day.getKey()));
                length -= day.getValue();
                left--;
            }
        }
        return length;
    }
}
