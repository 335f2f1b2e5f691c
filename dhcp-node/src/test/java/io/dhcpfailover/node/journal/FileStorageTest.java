package io.dhcpfailover.node.journal;

import static io.dhcpfailover.node.journal.Records.FIRST_SEGMENT;
import static io.dhcpfailover.node.journal.Records.open;
import static io.dhcpfailover.node.journal.Records.records;
import static io.dhcpfailover.node.journal.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store in a real folder: made, taken, and read by a tool while no server runs. */
class FileStorageTest {

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void everyFolderThatIsMadeIsMadeDurableInTheOneAboveIt() throws IOException {
        List<Path> synced = new ArrayList<>();
        Path folder = temporary.resolve("a/b/c");

        FileStorage.create(folder, synced::add);
        assertThat(synced).containsExactly(temporary, temporary.resolve("a"), temporary.resolve("a/b"));
        assertThat(folder).isDirectory();

        synced.clear();
        FileStorage.create(folder, synced::add);
        assertThat(synced).isEmpty();
    }

    @Test
    void aToolReadsWhatIsThereAndChangesNothing() throws IOException {
        write();
        Path segment = store().resolve(FIRST_SEGMENT);
        byte[] content = Files.readAllBytes(segment);
        Files.write(segment, List.of("torn"), StandardOpenOption.APPEND);
        Files.write(store().resolve("temporary-0000000000000002"), new byte[10]);
        Map<String, Long> before = lengths();

        List<String> replayed = new ArrayList<>();
        Journal.Content found;
        try (ReadableStorage storage = FileStorage.openToRead(store())) {
            found = Journal.read(storage, record -> replayed.add(text(record)));
        }

        assertThat(replayed).containsExactly("a", "b");
        assertThat(found)
                .isEqualTo(new Journal.Content(
                        2, 2, FIRST_SEGMENT + ": 5 octets after record 2 were never durable and do not count"));
        assertThat(lengths()).isEqualTo(before);
        assertThat(Files.readAllBytes(segment)).startsWith(content);
    }

    @Test
    void aToolIsToldOfDamage() throws IOException {
        write();
        Path segment = store().resolve(FIRST_SEGMENT);
        byte[] content = Files.readAllBytes(segment);
        content[Header.LENGTH] ^= 1;
        Files.write(segment, content);

        try (ReadableStorage storage = FileStorage.openToRead(store())) {
            assertThatThrownBy(() -> Journal.read(storage, record -> {}))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(FIRST_SEGMENT + " is damaged at octet 36, in record 1");
        }
    }

    @Test
    void aToolIsRefusedWhileAServerHasTheFolder() throws IOException {
        try (FileStorage held = FileStorage.open(store())) {
            assertThat(held.list()).isEmpty();
            assertThatThrownBy(() -> FileStorage.openToRead(store()))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("belongs to another process that still runs");
        }
        FileStorage.openToRead(store()).close();
    }

    @Test
    void aToolMakesNoFolderAndNoLock() throws IOException {
        assertThatThrownBy(() -> FileStorage.openToRead(store()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("is no folder");
        assertThat(store()).doesNotExist();

        Files.createDirectory(store());
        try (ReadableStorage storage = FileStorage.openToRead(store())) {
            assertThat(Journal.read(storage, record -> {})).isEqualTo(new Journal.Content(0, 0, null));
        }
        assertThat(store()).isEmptyDirectory();
    }

    private Path store() {
        return temporary.resolve("store");
    }

    private void write() throws IOException {
        try (Journal journal = open(FileStorage.open(store()))) {
            journal.append(records("a"));
            journal.append(records("b"));
        }
    }

    private Map<String, Long> lengths() throws IOException {
        Map<String, Long> lengths = new TreeMap<>();
        try (Stream<Path> files = Files.list(store())) {
            for (Path file : files.toList()) {
                lengths.put(file.getFileName().toString(), Files.size(file));
            }
        }
        return lengths;
    }
}
