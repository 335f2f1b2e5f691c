package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.value.ObjectName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder of manifests, the same as {@code kubectl apply -f} takes it: its files that end in .yaml, .yml or .json,
 * with any number of documents or a {@code List} in each. Other kinds, a kustomization, hidden files and folders in the
 * folder are passed over. For one thread.
 */
public final class ManifestFolder {

    private final Path folder;
    private final OwnServer server;
    private final ManifestSchema schema = new ManifestSchema();
    private Map<ManifestObject.Id, ManifestObject> before = Map.of();

    /**
     * The folder, as seen by one server.
     *
     * @param folder need not exist yet
     * @param namespace that the server and all that concerns it are in; null for the one that has a server of this name
     * @param server the name of its DhcpServer
     */
    public ManifestFolder(Path folder, @Nullable String namespace, ObjectName server) {
        this.folder = folder;
        this.server = new OwnServer(server, namespace, "in " + folder);
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    /**
     * Reads the folder and holds each object to the rules of the API server, those about a change against what this
     * method returned before.
     *
     * @throws ManifestException when anything is wrong with any file or object, with all that is; then this object is
     *     as if the method had not been called
     */
    public ServerManifests load() throws ManifestException {
        List<Problem> problems = new ArrayList<>();
        FolderState state = state();
        if (state.size() > ManifestFiles.SIZE_MAX) {
            throw new ManifestException(new Problem(
                    null,
                    null,
                    folder + " has " + state.size() + " octets in manifests, and may have " + ManifestFiles.SIZE_MAX
                            + ": remove what the server does not need"));
        }
        ManifestFiles files = new ManifestFiles(schema, before, problems::add);
        state.files().keySet().forEach(files::read);
        if (!state.equals(state())) {
            throw new ManifestException(
                    new Problem(null, null, folder + " was changed while it was read: it is read again when it rests"));
        }
        ServerManifests manifests =
                problems.isEmpty() ? server.among(files.objects().values(), problems) : null;
        if (manifests == null || !problems.isEmpty()) {
            throw new ManifestException(problems);
        }
        before = files.objects();
        return manifests;
    }

    private FolderState state() throws ManifestException {
        try {
            return FolderState.of(folder);
        } catch (IOException e) {
            throw new ManifestException(
                    new Problem(null, null, "the folder of manifests cannot be read: " + e.getMessage()));
        }
    }
}
