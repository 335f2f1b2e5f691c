package io.dhcpfailover.node.configuration;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The manifest files of a folder, without their content. Two equal ones were taken, as far as sizes and times tell,
 * with no change between them.
 *
 * @param files by path, in order
 */
record FolderState(Map<Path, Entry> files) {

    private static final Set<String> KUSTOMIZATION =
            Set.of("kustomization.yaml", "kustomization.yml", "kustomization.json");

    /**
     * A file.
     *
     * @param size in octets
     * @param modified when it was last written
     * @param key which file it is, where one may have been put in the place of another
     */
    record Entry(long size, FileTime modified, @Nullable Object key) {}

    /**
     * Looks at a folder.
     *
     * @throws IOException when it cannot be read, or files come and go while it is
     */
    static FolderState of(Path folder) throws IOException {
        Map<Path, Entry> files = new TreeMap<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, FolderState::isManifest)) {
            for (Path path : paths) {
                // Through links, as ConfigMaps are mounted.
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                if (attributes.isRegularFile()) { // Reading a pipe might never end.
                    files.put(path, new Entry(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            throw new IOException(e.getFile() + " does not exist", e);
        } catch (NotDirectoryException e) {
            throw new IOException(e.getFile() + " is not a folder", e);
        }
        return new FolderState(files);
    }

    private static boolean isManifest(Path path) {
        String name = path.getFileName().toString();
        return !name.startsWith(".")
                && !KUSTOMIZATION.contains(name)
                && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }

    long size() {
        return files.values().stream().mapToLong(Entry::size).sum();
    }
}
