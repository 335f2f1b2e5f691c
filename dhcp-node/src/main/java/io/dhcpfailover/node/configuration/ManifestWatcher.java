package io.dhcpfailover.node.configuration;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder of manifests again when it changes. A change is taken whole when the folder has rested; one that has
 * something wrong in it is told, and what was taken last stays until the folder is right again.
 *
 * <p>Whoever writes a file of several documents in place should write it elsewhere and rename it: a file that ends
 * after a document looks whole.
 */
public final class ManifestWatcher implements AutoCloseable {

    /** For how long the folder must rest. Editors and {@code kubectl}-like tools write several files within this. */
    private static final Duration REST = Duration.ofMillis(200);

    /** How often the folder is looked at where nothing was reported: mounts of other hosts report nothing. */
    private static final Duration POLL = Duration.ofSeconds(5);

    /**
     * What is done with a folder that changed. Called by one thread, one call at a time; what it throws goes to
     * the thread's handler of uncaught exceptions and the watch goes on.
     */
    public interface Listener {

        /** The folder asks for something else than before. */
        void changed(ServerManifests manifests);

        /** The folder has something wrong in it that is not what was wrong in it before. */
        void refused(ManifestException why);
    }

    private final ManifestFolder folder;
    private final Listener listener;
    private final Duration poll;
    private final WatchService watch;
    private final Thread thread;
    private final ServerManifests first;
    private @Nullable WatchKey key;
    private @Nullable FolderState seen;
    private ServerManifests taken;
    private @Nullable List<Problem> refusal;

    private ManifestWatcher(ManifestFolder folder, Listener listener, Duration poll)
            throws ManifestException, IOException {
        this.folder = folder;
        this.listener = listener;
        this.poll = poll;
        this.watch = folder.path().getFileSystem().newWatchService();
        try {
            // Before it is read, so that no change falls in between.
            register();
            seen = look();
            first = folder.load();
        } catch (ManifestException e) {
            watch.close();
            throw e;
        }
        taken = first;
        thread = Thread.ofPlatform().daemon().name("manifests").unstarted(this::run);
    }

    /**
     * Reads a folder, and watches it from then on.
     *
     * @throws ManifestException when it has something wrong in it now
     * @throws IOException when this system cannot watch folders
     */
    public static ManifestWatcher start(ManifestFolder folder, Listener listener)
            throws ManifestException, IOException {
        return start(folder, listener, POLL);
    }

    /** With another interval between looks. */
    static ManifestWatcher start(ManifestFolder folder, Listener listener, Duration poll)
            throws ManifestException, IOException {
        ManifestWatcher watcher = new ManifestWatcher(folder, listener, poll);
        watcher.thread.start();
        return watcher;
    }

    /** What the folder asked for when the watch began. */
    public ServerManifests first() {
        return first;
    }

    private void run() {
        try {
            while (true) {
                boolean reported = reported(poll);
                register();
                FolderState now = look();
                if (reported || now == null || !now.equals(seen)) {
                    if (!reported) {
                        registerAnew();
                    }
                    awaitRest();
                    reload();
                }
            }
        } catch (ClosedWatchServiceException e) {
            // The watch is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the system reports a change within this time. */
    private boolean reported(Duration within) throws InterruptedException {
        WatchKey changed = watch.poll(within.toMillis(), TimeUnit.MILLISECONDS);
        if (changed == null) {
            return false;
        }
        changed.pollEvents();
        changed.reset();
        return true;
    }

    private void awaitRest() throws InterruptedException {
        @Nullable FolderState last = look();
        while (true) {
            boolean reported = reported(REST);
            FolderState now = look();
            if (!reported && Objects.equals(now, last)) {
                return;
            }
            last = now;
        }
    }

    private void register() {
        WatchKey current = key;
        Path path = folder.path();
        if (current != null && current.isValid()) {
            return;
        }
        try {
            key = path.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_DELETE,
                    StandardWatchEventKinds.ENTRY_MODIFY);
        } catch (IOException e) {
            // The folder is gone for now; looking at it finds it again.
            key = null;
        }
    }

    /** Where a change was not reported, another folder may stand in the place of the one that is watched. */
    private void registerAnew() {
        if (key != null) {
            key.cancel();
        }
        register();
    }

    /** The folder as it is; null where it cannot be read. */
    private @Nullable FolderState look() {
        try {
            return FolderState.of(folder.path());
        } catch (IOException e) {
            return null;
        }
    }

    private void reload() {
        FolderState before = look();
        seen = before;
        try {
            take(folder.load());
        } catch (ManifestException e) {
            if (Objects.equals(before, look())) {
                refuse(e);
            } else {
                seen = null; // It changed meanwhile: what is wrong may be gone.
            }
        }
    }

    private void take(ServerManifests manifests) {
        refusal = null;
        if (!manifests.equals(taken)) {
            taken = manifests;
            tell(() -> listener.changed(manifests));
        }
    }

    private void refuse(ManifestException why) {
        if (!why.problems().equals(refusal)) {
            refusal = why.problems();
            tell(() -> listener.refused(why));
        }
    }

    /** Nothing that a listener throws ends the watch. */
    private void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** Ends the watch. When this method returns, its listener is not called any more. */
    @Override
    public void close() throws IOException {
        watch.close();
        if (!Thread.currentThread().equals(thread)) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
