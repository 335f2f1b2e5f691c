package io.dhcpfailover.node.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A disk that can lose power: of what was not synced, any part may be lost, page by page, and names that were not
 * synced may be lost as well. It can also be full, and fail to sync: pages it could not write stay readable then, and
 * no later sync writes them.
 */
public final class SimulatedStorage implements Storage {

    /** What a disk writes at once. */
    private static final int PAGE = 512;

    private static final class File {
        private byte[] content = new byte[0];
        private byte[] durable = new byte[0];

        /** Pages of the content that a sync has to write. */
        private final BitSet dirty = new BitSet();
    }

    private final RandomGenerator random;
    private Map<String, File> names = new LinkedHashMap<>();
    private Map<String, File> durableNames = new LinkedHashMap<>();
    private long room = Long.MAX_VALUE;
    private boolean syncsFail;

    public SimulatedStorage(RandomGenerator random) {
        this.random = random;
    }

    /** How many octets may still be written. */
    public void setRoom(long octets) {
        room = octets;
    }

    /** Whether no sync succeeds. */
    public void setSyncsFail(boolean fail) {
        syncsFail = fail;
    }

    /** Changes one bit of a file, as a failing disk does. */
    void damage(String name, int place) {
        File file = file(name);
        file.content[place] ^= 1;
        file.durable = file.content.clone();
    }

    byte[] content(String name) {
        return file(name).content;
    }

    void put(String name, byte[] content) {
        File file = new File();
        file.content = content.clone();
        file.durable = content.clone();
        names.put(name, file);
        durableNames.put(name, file);
    }

    /** A disk that holds what is durable on this one. */
    public SimulatedStorage copy() {
        SimulatedStorage copy = new SimulatedStorage(random);
        durableNames.forEach((name, file) -> copy.put(name, file.durable));
        return copy;
    }

    /** The process ends, and power stays. */
    public void kill() {
        room = Long.MAX_VALUE;
        syncsFail = false;
    }

    /** Power is lost, and comes back. */
    public void crash() {
        Map<String, File> survivors = new LinkedHashMap<>(durableNames);
        // A name may have become durable without being synced, and a deleted one may be gone for good.
        names.forEach((name, file) -> {
            if (random.nextBoolean()) {
                survivors.put(name, file);
            }
        });
        survivors.keySet().removeIf(name -> !names.containsKey(name) && random.nextBoolean());
        survivors.values().forEach(this::tear);
        names = survivors;
        durableNames = new LinkedHashMap<>(survivors);
        kill();
    }

    private void tear(File file) {
        int length = file.durable.length;
        if (file.content.length > length) {
            length += random.nextInt(file.content.length - length + 1);
        }
        byte[] torn = new byte[length];
        for (int page = 0; page < length; page += PAGE) {
            int end = Math.min(page + PAGE, length);
            boolean written = random.nextBoolean() && file.dirty.get(page / PAGE);
            for (int i = page; i < end; i++) {
                boolean wasDurable = i < file.durable.length;
                boolean unchanged = wasDurable && i < file.content.length && file.content[i] == file.durable[i];
                torn[i] = unchanged || (wasDurable && !written)
                        ? file.durable[i]
                        : written && i < file.content.length ? file.content[i] : 0;
            }
        }
        file.content = torn;
        file.durable = torn.clone();
        file.dirty.clear();
    }

    private File file(String name) {
        return Objects.requireNonNull(names.get(name), name);
    }

    @Override
    public List<String> list() {
        return List.copyOf(names.keySet());
    }

    @Override
    public Reader open(String name) {
        return new SimulatedReader(file(name));
    }

    @Override
    public Appender create(String name) {
        File file = new File();
        names.put(name, file);
        return new SimulatedAppender(file);
    }

    @Override
    public Appender append(String name, long length) {
        SimulatedAppender appender = new SimulatedAppender(file(name));
        appender.truncate(length);
        return appender;
    }

    @Override
    public void rename(String from, String to) {
        names.put(to, Objects.requireNonNull(names.remove(from)));
    }

    @Override
    public void delete(String name) {
        names.remove(name);
    }

    @Override
    public void syncFolder() throws IOException {
        if (syncsFail) {
            throw new IOException("names could not be written");
        }
        durableNames = new LinkedHashMap<>(names);
    }

    @Override
    public void close() {}

    private record SimulatedReader(File file) implements Reader {

        @Override
        public long length() {
            return file.content.length;
        }

        @Override
        public int read(ByteBuffer target, long place) {
            int count = (int) Math.min(target.remaining(), file.content.length - place);
            if (count <= 0) {
                return -1;
            }
            target.put(file.content, Math.toIntExact(place), count);
            return count;
        }

        @Override
        public void close() {}
    }

    private final class SimulatedAppender implements Appender {

        private final File file;

        SimulatedAppender(File file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer octets) throws IOException {
            int count = (int) Math.min(octets.remaining(), room);
            int start = file.content.length;
            file.content = Arrays.copyOf(file.content, start + count);
            put(octets, start, count);
            room -= count;
            if (octets.hasRemaining()) {
                throw new IOException("no space left on device");
            }
        }

        @Override
        public void overwrite(ByteBuffer octets, long place) {
            put(octets, Math.toIntExact(place), octets.remaining());
        }

        private void put(ByteBuffer octets, int place, int count) {
            octets.get(file.content, place, count);
            file.dirty.set(place / PAGE, (place + count + PAGE - 1) / PAGE);
        }

        @Override
        public void sync() throws IOException {
            boolean lengthFails = syncsFail && random.nextBoolean();
            byte[] written = Arrays.copyOf(file.durable, lengthFails ? file.durable.length : file.content.length);
            for (int page = file.dirty.nextSetBit(0); page >= 0; page = file.dirty.nextSetBit(page + 1)) {
                int place = page * PAGE;
                if (place < Math.min(written.length, file.content.length) && (!syncsFail || random.nextBoolean())) {
                    System.arraycopy(
                            file.content,
                            place,
                            written,
                            place,
                            Math.min(PAGE, Math.min(written.length, file.content.length) - place));
                }
            }
            file.durable = written;
            file.dirty.clear();
            if (syncsFail) {
                throw new IOException("input/output error");
            }
        }

        @Override
        public void truncate(long length) {
            file.content = Arrays.copyOf(file.content, Math.toIntExact(length));
            file.dirty.clear(Math.toIntExact((length + PAGE - 1) / PAGE), Integer.MAX_VALUE);
            if (length % PAGE != 0) {
                file.dirty.set(Math.toIntExact(length / PAGE));
            }
        }

        @Override
        public void close() {}
    }
}
