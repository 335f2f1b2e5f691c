package io.dhcpfailover.node.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A disk that can lose power: of what was not synced, any part may be lost, page by page, and names that were not
 * synced may be lost as well. It can also be full.
 */
final class SimulatedStorage implements Storage {

    /** What a disk writes at once. */
    private static final int PAGE = 512;

    private static final class File {
        private byte[] content = new byte[0];
        private byte[] durable = new byte[0];
    }

    private final RandomGenerator random;
    private Map<String, File> names = new LinkedHashMap<>();
    private Map<String, File> durableNames = new LinkedHashMap<>();
    private long room = Long.MAX_VALUE;

    SimulatedStorage(RandomGenerator random) {
        this.random = random;
    }

    /** How many octets may still be written. */
    void setRoom(long octets) {
        room = octets;
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

    /** Power is lost, and comes back. */
    void crash() {
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
        room = Long.MAX_VALUE;
    }

    private void tear(File file) {
        int length = file.durable.length;
        if (file.content.length > length) {
            length += random.nextInt(file.content.length - length + 1);
        }
        byte[] torn = new byte[length];
        for (int page = 0; page < length; page += PAGE) {
            int end = Math.min(page + PAGE, length);
            boolean written = random.nextBoolean();
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
    }

    private File file(String name) {
        return Objects.requireNonNull(names.get(name), name);
    }

    @Override
    public List<String> list() {
        return List.copyOf(names.keySet());
    }

    @Override
    public byte[] read(String name) {
        return file(name).content.clone();
    }

    @Override
    public Appender create(String name) {
        File file = new File();
        names.put(name, file);
        return new SimulatedAppender(file);
    }

    @Override
    public Appender append(String name, long length) {
        File file = file(name);
        file.content = Arrays.copyOf(file.content, Math.toIntExact(length));
        return new SimulatedAppender(file);
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
    public void syncFolder() {
        durableNames = new LinkedHashMap<>(names);
    }

    @Override
    public void close() {}

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
            octets.get(file.content, start, count);
            room -= count;
            if (octets.hasRemaining()) {
                throw new IOException("no space left on device");
            }
        }

        @Override
        public void sync() {
            file.durable = file.content.clone();
        }

        @Override
        public void truncate(long length) {
            file.content = Arrays.copyOf(file.content, Math.toIntExact(length));
        }

        @Override
        public void close() {}
    }
}
