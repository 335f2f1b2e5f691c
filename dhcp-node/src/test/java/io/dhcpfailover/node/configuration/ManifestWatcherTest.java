package io.dhcpfailover.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.value.ObjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that changes is taken when it has rested and is right, and left as it was otherwise. */
class ManifestWatcherTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    private Path parent;

    private final Recorder recorder = new Recorder();
    private @Nullable ManifestWatcher watcher;

    @BeforeEach
    void aServerWithAScope() throws IOException {
        write(folder(), "server.yaml", Samples.server("dhcp1"));
        write(folder(), "office.yaml", Samples.scope("office", "192.0.2.0", "server: dhcp1"));
    }

    @AfterEach
    void end() throws IOException {
        if (watcher != null) {
            watcher.close();
        }
    }

    private Path folder() {
        return parent.resolve("manifests");
    }

    private static void write(Path folder, String name, String content) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name), content);
    }

    private void watch(Path folder, Duration poll) throws ManifestException, IOException {
        watcher = ManifestWatcher.start(new ManifestFolder(folder, null, new ObjectName("dhcp1")), recorder, poll);
    }

    // What a listener throws on purpose is uncaught, which Awaitility would take for a failure.
    private void awaitScopes(String... names) {
        await().dontCatchUncaughtExceptions()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(recorder.last()).containsExactly(names));
    }

    private void awaitRefusal(String why) {
        await().dontCatchUncaughtExceptions()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(recorder.refused)
                        .anySatisfy(refused -> assertThat(refused).contains(why)));
    }

    @Test
    void aFolderThatIsWrongIsNotWatched() throws Exception {
        write(folder(), "half.yaml", "a: [");

        assertThatExceptionOfType(ManifestException.class).isThrownBy(() -> watch(folder(), NEVER));
    }

    @Test
    void whatIsAddedChangedAndRemovedIsNoticed() throws Exception {
        watch(folder(), NEVER);

        write(folder(), "lab.yaml", Samples.scope("lab", "198.51.100.0", "server: dhcp1"));
        awaitScopes("lab", "office");
        write(folder(), "lab.yaml", Samples.scope("laboratory", "198.51.100.0", "server: dhcp1"));
        awaitScopes("laboratory", "office");
        Files.delete(folder().resolve("lab.yaml"));
        awaitScopes("office");

        assertThat(recorder.refused).isEmpty();
    }

    @Test
    void aMistakeIsToldOnceAndWhatWasTakenStaysUntilItIsGone() throws Exception {
        watch(folder(), Duration.ofMillis(20));

        write(folder(), "lab.yaml", "apiVersion: dhcpfailover.io/v1alpha1\nkind: DhcpScope\nmetadata: {na");
        awaitRefusal("lab.yaml: line 3");
        assertThat(recorder.taken).isEmpty();
        write(folder(), "lab.yaml", Samples.scope("lab", "198.51.100.0", "server: dhcp1"));
        awaitScopes("lab", "office");

        assertThat(recorder.refused).hasSize(1);
    }

    @Test
    void whatMayNotChangeMayNotChangeLive() throws Exception {
        watch(folder(), NEVER);

        write(folder(), "office.yaml", Samples.scope("office", "198.51.100.0", "server: dhcp1"));

        awaitRefusal("subnet is immutable");
        assertThat(recorder.taken).isEmpty();
    }

    @Test
    void aChangeOfNothingIsNotTold() throws Exception {
        watch(folder(), NEVER);

        write(folder(), "office.yaml", "# moved\n" + Samples.scope("office", "192.0.2.0", "server: dhcp1"));
        write(folder(), "config.yaml", "{apiVersion: v1, kind: ConfigMap}");
        write(folder(), "zoo.yaml", "half: [");
        awaitRefusal("zoo.yaml");
        Files.delete(folder().resolve("zoo.yaml"));
        write(folder(), "lab.yaml", Samples.scope("lab", "198.51.100.0", "server: dhcp1"));
        awaitScopes("lab", "office");

        assertThat(recorder.taken).hasSize(1);
    }

    /** As Kubernetes mounts a ConfigMap: the files are links through ..data, which is a link to a folder. */
    @Test
    void filesThatAreSwappedByALinkAreNoticed() throws Exception {
        Path mount = Files.createDirectory(parent.resolve("mount"));
        write(mount.resolve("..1"), "all.yaml", Samples.server("dhcp1"));
        write(
                mount.resolve("..2"),
                "all.yaml",
                Samples.server("dhcp1") + Samples.scope("lab", "198.51.100.0", "server: dhcp1"));
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(mount.resolve("all.yaml"), Path.of("..data/all.yaml"));
        watch(mount, NEVER);

        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

        awaitScopes("lab");
    }

    /** Nothing is reported of the folder that comes to stand in the place of the one that is watched. */
    @Test
    void aFolderInThePlaceOfTheFolderIsNoticed() throws Exception {
        Path link = Files.createSymbolicLink(parent.resolve("current"), folder());
        watch(link, Duration.ofMillis(20));

        Path other = parent.resolve("other");
        write(other, "all.yaml", Samples.server("dhcp1") + Samples.scope("lab", "198.51.100.0", "server: dhcp1"));
        Files.createSymbolicLink(parent.resolve("next"), other);
        Files.move(parent.resolve("next"), link, StandardCopyOption.ATOMIC_MOVE);
        awaitScopes("lab");

        write(other, "more.yaml", Samples.scope("office", "192.0.2.0", "server: dhcp1"));
        awaitScopes("lab", "office");
    }

    @Test
    void aFolderThatGoesAndComesBackIsNoticed() throws Exception {
        watch(folder(), Duration.ofMillis(20));

        Files.move(folder(), parent.resolve("away"));
        awaitRefusal("manifests does not exist");
        write(parent.resolve("away"), "lab.yaml", Samples.scope("lab", "198.51.100.0", "server: dhcp1"));
        Files.move(parent.resolve("away"), folder());

        awaitScopes("lab", "office");
    }

    @Test
    void aListenerThatFailsDoesNotEndTheWatch() throws Exception {
        watch(folder(), NEVER);
        recorder.fails.set(true);

        write(folder(), "lab.yaml", Samples.scope("lab", "198.51.100.0", "server: dhcp1"));
        awaitScopes("lab", "office");
        write(folder(), "half.yaml", "a: [");
        awaitRefusal("half.yaml");
        Files.delete(folder().resolve("half.yaml"));
        Files.delete(folder().resolve("lab.yaml"));

        awaitScopes("office");
    }

    private static final class Recorder implements ManifestWatcher.Listener {
        private final List<ServerManifests> taken = new CopyOnWriteArrayList<>();
        private final List<String> refused = new CopyOnWriteArrayList<>();
        private final AtomicBoolean fails = new AtomicBoolean();

        @Override
        public void changed(ServerManifests manifests) {
            taken.add(manifests);
            fail();
        }

        @Override
        public void refused(ManifestException why) {
            refused.add(String.valueOf(why.getMessage()));
            fail();
        }

        private void fail() {
            if (fails.get()) {
                throw new IllegalStateException("a listener that fails, on purpose");
            }
        }

        private List<String> last() {
            return taken.isEmpty()
                    ? List.of()
                    : taken.getLast().scopes().stream()
                            .map(scope -> scope.name().text())
                            .toList();
        }
    }
}
