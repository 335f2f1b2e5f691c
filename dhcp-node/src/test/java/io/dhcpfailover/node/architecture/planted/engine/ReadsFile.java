package io.dhcpfailover.node.architecture.planted.engine;

import java.nio.file.Files;
import java.nio.file.Path;

/** I/O of its own. */
final class ReadsFile {
    boolean exists() {
        return Files.exists(Path.of("file"));
    }
}
