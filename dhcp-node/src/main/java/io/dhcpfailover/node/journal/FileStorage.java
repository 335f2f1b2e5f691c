package io.dhcpfailover.node.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of the file system, locked against a second process. */
public final class FileStorage implements Storage {

    private static final String LOCK = "lock";

    /**
     * Channels of a folder that this process holds already. To close any of a file's channels gives up the process's lock
     * on it (POSIX, fcntl), and the collector closes those that nobody refers to.
     */
    private static final Set<FileChannel> KEPT_OPEN = ConcurrentHashMap.newKeySet();

    /** Who has which address is nobody else's business. */
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;
    private final @Nullable FileChannel lock;

    private FileStorage(Path folder, @Nullable FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the folder, which is made where it does not exist.
     *
     * @throws JournalException where another process has it
     */
    public static FileStorage open(Path folder) throws IOException {
        create(folder, FileStorage::sync);
        FileChannel channel = FileChannel.open(
                folder.resolve(LOCK), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_ONLY);
        lock(folder, channel, false);
        return new FileStorage(folder, channel);
    }

    /**
     * Takes the folder to read what is in it, which leaves the folder as it is and keeps a server out until it is
     * closed. A folder that no server has had, such as a copy without its file {@value #LOCK}, may also be one that
     * cannot be written to.
     *
     * @throws JournalException where there is no such folder, or another process has it to write
     */
    public static ReadableStorage openToRead(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new JournalException(folder + " is no folder: give the one that holds the server's files");
        }
        Path file = folder.resolve(LOCK);
        if (!Files.exists(file)) {
            return new FileStorage(folder, null);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        lock(folder, channel, true);
        return new FileStorage(folder, channel);
    }

    /** Makes a folder and those above it; a power cut takes none of them away once it returns. */
    static void create(Path folder, FolderSync sync) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) && parent != null) {
            create(parent, sync);
            Files.createDirectories(folder);
            sync.sync(parent);
        }
    }

    /** Makes the names in a folder durable. */
    interface FolderSync {
        void sync(Path folder) throws IOException;
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void lock(Path folder, FileChannel channel, boolean shared) throws IOException {
        FileLock held;
        try {
            held = channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            KEPT_OPEN.add(channel);
            throw taken(folder);
        }
        if (held == null) {
            channel.close();
            throw taken(folder);
        }
    }

    private static JournalException taken(Path folder) {
        return new JournalException(folder
                + " belongs to another process that still runs: stop that one, or give this one a folder of its own");
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            // A volume's root may hold folders that are not ours, such as lost+found.
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(LOCK))
                    .toList();
        }
    }

    @Override
    public Reader open(String name) throws IOException {
        return new FileReader(FileChannel.open(folder.resolve(name), StandardOpenOption.READ));
    }

    @Override
    public Appender create(String name) throws IOException {
        return new FileAppender(FileChannel.open(
                folder.resolve(name),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                OWNER_ONLY));
    }

    @Override
    public Appender append(String name, long length) throws IOException {
        FileAppender appender = new FileAppender(FileChannel.open(folder.resolve(name), StandardOpenOption.WRITE));
        appender.truncate(length);
        return appender;
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void syncFolder() throws IOException {
        sync(folder);
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }

    private record FileReader(FileChannel channel) implements Reader {

        @Override
        public long length() throws IOException {
            return channel.size();
        }

        @Override
        public int read(ByteBuffer target, long place) throws IOException {
            return channel.read(target, place);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private record FileAppender(FileChannel channel) implements Appender {

        @Override
        public void write(ByteBuffer octets) throws IOException {
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
        }

        @Override
        public void overwrite(ByteBuffer octets, long place) throws IOException {
            long next = place;
            while (octets.hasRemaining()) {
                next += channel.write(octets, next);
            }
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long length) throws IOException {
            channel.truncate(length);
            channel.position(length);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
