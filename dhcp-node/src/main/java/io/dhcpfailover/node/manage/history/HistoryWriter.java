package io.dhcpfailover.node.manage.history;

import io.dhcpfailover.node.engine.LeaseEvent;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the history in a thread of its own. It is never synced: after a power cut the last seconds of it may be missing,
 * and what leases are is in the journal. It ends before the disk is full, which the leases need more.
 */
public final class HistoryWriter implements Closeable {

    /**
     * How much is kept.
     *
     * @param days for how many days; 0 for no history at all
     * @param lengthMax octets of all files together; the oldest day goes first
     * @param reserve octets of the disk that are left to others
     */
    public record Retention(int days, long lengthMax, long reserve) {

        /** A quarter of a year, a gigabyte, and room for a journal and its snapshot. */
        public static final Retention DEFAULT = new Retention(90, 1L << 30, 256L << 20);

        private static final int DAYS_MAX = 36_500;

        /**
         * As {@link #DEFAULT}, for as many days as somebody wrote.
         *
         * @param days a number; null or empty for the default
         * @throws IllegalArgumentException where it is none from 0 to 36500
         */
        public static Retention ofDays(@Nullable String days) {
            if (days == null || days.isEmpty()) {
                return DEFAULT;
            }
            if (!days.matches("[0-9]{1,5}") || Integer.parseInt(days) > DAYS_MAX) {
                throw new IllegalArgumentException("the history of leases cannot be kept for '" + days
                        + "' days: give a number from 0, for none, to " + DAYS_MAX);
            }
            return new Retention(Integer.parseInt(days), DEFAULT.lengthMax, DEFAULT.reserve);
        }
    }

    /** Events that may wait. */
    static final int WAITING_MAX = 16_384;

    /** For how long events gather from the first one on: whoever they come from wakes the thread that seldom. */
    private static final Duration GATHERS = Duration.ofMillis(100);

    /** After a failure: what comes meanwhile is dropped at once. */
    private static final Duration REST = Duration.ofSeconds(1);

    private static final Duration WARNINGS = Duration.ofMinutes(1);

    /** After so many octets it is looked whether the disk has room. */
    private static final long LOOK_LENGTH = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(HistoryWriter.class);

    /** One line for each event, where whoever reads the log of a process wants to have it there: off where nobody does. */
    private static final Logger EVENTS = LoggerFactory.getLogger("lease-events");

    private static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final HistoryFolder folder;
    private final String server;
    private final Retention retention;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition closing = lock.newCondition();
    private final @Nullable Thread thread;
    // Guarded by the lock.
    private List<LeaseEvent> waiting = new ArrayList<>();
    private boolean closed;
    // The rest belongs to the thread.
    private @Nullable FileChannel file;
    private LocalDate day = LocalDate.MIN;
    private long sinceLook;
    private long length;
    private boolean full;
    private long nextWarning = System.nanoTime();
    private long restUntil = System.nanoTime();

    /**
     * Writes the history of a server into its folder of leases; nothing where it is to be kept for no day.
     *
     * @param state the folder of leases
     */
    public HistoryWriter(Path state, String server, Retention retention) {
        this.folder = HistoryFolder.of(state);
        this.server = server;
        this.retention = retention;
        this.thread = retention.days == 0
                ? null
                : Thread.ofPlatform().daemon().name("history").start(this::run);
    }

    /** These have happened to leases. Waits for nobody: where there is no room for them, they are dropped and counted. */
    public void happened(List<LeaseEvent> events) {
        lock.lock();
        try {
            if (thread != null && !closed && waiting.size() + events.size() <= WAITING_MAX) {
                waiting.addAll(events);
                work.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        dropped.addAndGet(events.size());
    }

    /** How many events were written. */
    public long written() {
        return written.get();
    }

    /** How many events were not: there was no room, or the disk took none. */
    public long dropped() {
        return dropped.get();
    }

    /** How many events wait. */
    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (List<LeaseEvent> batch = next(new ArrayList<>()); !batch.isEmpty(); batch = next(batch)) {
                take(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    /** Waits for events, and a little for more; none where none come any more. The list that is done is used again. */
    private List<LeaseEvent> next(List<LeaseEvent> done) throws InterruptedException {
        done.clear();
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !closed) {
                work.await();
            }
            for (long left = GATHERS.toNanos(); left > 0 && !closed; ) {
                left = closing.awaitNanos(left);
            }
            List<LeaseEvent> all = waiting;
            waiting = done;
            return all;
        } finally {
            lock.unlock();
        }
    }

    private void take(List<LeaseEvent> batch) {
        if (System.nanoTime() - restUntil < 0) {
            dropped.addAndGet(batch.size());
            return;
        }
        int done = 0;
        try {
            StringBuilder text = new StringBuilder();
            int lines = 0;
            for (LeaseEvent event : batch) {
                LocalDate of = LocalDate.ofInstant(Instant.ofEpochSecond(event.time()), ZoneOffset.UTC);
                if (!of.equals(day)) {
                    write(text);
                    done += lines;
                    lines = 0;
                    begin(of);
                }
                String line = HistoryLine.of(event, server).text();
                EVENTS.info("{}", line);
                text.append(line).append('\n');
                lines++;
            }
            write(text);
            done += lines;
        } catch (IOException | UncheckedIOException e) {
            warn(e);
            // What was written of a line is ended by the next attempt, which begins the file anew.
            end();
            restUntil = System.nanoTime() + REST.toNanos();
        }
        written.addAndGet(done);
        dropped.addAndGet(batch.size() - done);
    }

    private void begin(LocalDate of) throws IOException {
        end();
        Files.createDirectories(folder.path(), OWN_FOLDER);
        length = folder.prune(of.minusDays(retention.days), retention.lengthMax);
        Path path = folder.file(of);
        file = FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWN_FILE);
        long end = file.size();
        file.position(end);
        if (end > 0) {
            // What a crash left of a line is a line by itself.
            writeAll(file, "\n");
        }
        day = of;
        look();
    }

    private void look() throws IOException {
        sinceLook = 0;
        full = Files.getFileStore(folder.path()).getUsableSpace() < retention.reserve || length > retention.lengthMax;
        if (length > retention.lengthMax) {
            length = folder.prune(day.minusDays(retention.days), retention.lengthMax);
        }
    }

    private void write(StringBuilder text) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        if (full || sinceLook > LOOK_LENGTH) {
            look();
        }
        if (full || file == null) {
            throw new IOException("the disk has no room for it beside the leases, or a day has more than all may have");
        }
        writeAll(file, text);
        sinceLook += text.length();
        length += text.length();
        text.setLength(0);
    }

    private static void writeAll(FileChannel file, CharSequence text) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
        while (octets.hasRemaining()) {
            int _ = file.write(octets);
        }
    }

    private void warn(Exception why) {
        long now = System.nanoTime();
        if (now - nextWarning >= 0) {
            nextWarning = now + WARNINGS.toNanos();
            LOG.warn(
                    "The history of leases is not written, and who has which address now is not found there later: {}",
                    why.toString());
        }
    }

    private void end() {
        day = LocalDate.MIN;
        FileChannel open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                warn(e);
            }
        }
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
            closing.signal();
        } finally {
            lock.unlock();
        }
        if (thread == null) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
