package io.dhcpfailover.operator.node;

import io.dhcpfailover.api.node.NodeStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads the server-sent events of a server's status (the event stream format of the HTML Standard, section 9.2). */
final class StatusStream {

    /** A status of a thousand scopes is half of that. */
    private static final int EVENT_CHARACTERS_MAX = 4 << 20;

    private static final String DATA = "data:";

    private final Runnable alive;
    private final Consumer<NodeStatus> said;

    /**
     * A reader.
     *
     * @param alive runs for each line, also those that say nothing
     * @param said takes each status
     */
    StatusStream(Runnable alive, Consumer<NodeStatus> said) {
        this.alive = alive;
        this.said = said;
    }

    /**
     * Reads until the stream ends.
     *
     * @throws IOException where it breaks, or holds what is no status
     */
    void read(InputStream stream) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        StringBuilder data = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            alive.run();
            if (line.startsWith(DATA)) {
                data.append(line, DATA.length(), line.length()).append('\n');
            } else if (line.isEmpty() && !data.isEmpty()) {
                said.accept(NodeClient.parse(data.toString()));
                data.setLength(0);
            }
            if (data.length() > EVENT_CHARACTERS_MAX) {
                throw new IOException("an event of more than " + EVENT_CHARACTERS_MAX + " characters");
            }
        }
    }
}
