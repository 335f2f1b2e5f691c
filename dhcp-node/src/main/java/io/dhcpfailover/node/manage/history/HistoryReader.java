package io.dhcpfailover.node.manage.history;

import io.dhcpfailover.api.value.Ipv4Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the history of a server, whether it runs or not. May be used by several threads. */
public final class HistoryReader {

    /** Lines of an answer, at the most. */
    public static final int LIMIT_MAX = 1000;

    private final HistoryFolder folder;

    /** @param state the folder of leases */
    public HistoryReader(Path state) {
        this.folder = HistoryFolder.of(state);
    }

    /**
     * What somebody wants to know.
     *
     * @param address of the leases; null for any
     * @param client in hexadecimal, as an identifier or a hardware address; null for any
     * @param from no event before this; null for the beginning
     * @param to no event after this; null for the end
     * @param limit how many events, 1 to {@link #LIMIT_MAX}
     */
    public record Query(
            @Nullable Ipv4Address address,
            @Nullable String client,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit) {

        /** @throws IllegalArgumentException where the limit is another */
        public Query {
            if (limit < 1 || limit > LIMIT_MAX) {
                throw new IllegalArgumentException("limit is " + limit + ": give from 1 to " + LIMIT_MAX);
            }
        }

        private boolean takes(HistoryLine line) {
            Instant time = line.time();
            return (address == null || address.toString().equals(line.get(HistoryLine.ADDRESS)))
                    && (client == null || isOf(line, client))
                    && (from == null || !time.isBefore(from))
                    && (to == null || !time.isAfter(to));
        }

        private static boolean isOf(HistoryLine line, String client) {
            return client.equals(line.get(HistoryLine.CLIENT)) || client.equals(line.get(HistoryLine.HARDWARE));
        }

        /** What every line has in it that is one of these: most others need not be read. */
        private String mark() {
            if (address != null) {
                return '"' + address.toString() + '"';
            }
            return client == null ? "" : '"' + client + '"';
        }
    }

    /**
     * The latest events that somebody wants to know of, the latest first.
     *
     * @throws IOException where a file cannot be read
     */
    public List<HistoryLine> find(Query query) throws IOException {
        List<HistoryLine> found = new ArrayList<>();
        for (LocalDate day : folder.days().reversed()) {
            if (isOf(day, query) && found.size() < query.limit) {
                Deque<HistoryLine> ofDay = new ArrayDeque<>();
                int room = query.limit - found.size();
                read(day, query.mark(), line -> {
                    if (query.takes(line)) {
                        ofDay.addFirst(line);
                        if (ofDay.size() > room) {
                            ofDay.removeLast();
                        }
                    }
                });
                found.addAll(ofDay);
            }
        }
        return found;
    }

    private static boolean isOf(LocalDate day, Query query) {
        boolean early = query.from != null && day.isBefore(LocalDate.ofInstant(query.from, ZoneOffset.UTC));
        boolean late = query.to != null && day.isAfter(LocalDate.ofInstant(query.to, ZoneOffset.UTC));
        return !early && !late;
    }

    /**
     * By which event a client had an address at a time.
     *
     * @return null where nobody had it, as far as the history reaches
     * @throws IOException where a file cannot be read
     */
    public @Nullable HistoryLine holder(Ipv4Address address, Instant at) throws IOException {
        List<HistoryLine> last = find(new Query(address, null, null, at, 1));
        if (last.isEmpty()) {
            return null;
        }
        HistoryLine line = last.getFirst();
        return line.begins() && line.end().isAfter(at) ? line : null;
    }

    private void read(LocalDate day, String mark, Consumer<HistoryLine> taker) throws IOException {
        // Never decoded as UTF-8: a damaged file is read as far as it is whole.
        try (BufferedReader lines = Files.newBufferedReader(folder.file(day), StandardCharsets.ISO_8859_1)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                HistoryLine line = text.contains(mark) ? HistoryLine.of(text) : null;
                if (line != null) {
                    taker.accept(line);
                }
            }
        } catch (NoSuchFileException e) {
            // It was pruned a moment ago.
            return;
        }
    }
}
