package io.dhcpfailover.node.manage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a command asks of the server that runs with a folder of leases. */
final class ServerQuery {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path state;

    ServerQuery(Path state) {
        this.state = state;
    }

    /** Whether a server could be there: where one was killed, it is asked in vain. */
    boolean isPossible() {
        return Files.exists(state.resolve(ControlSocket.NAME));
    }

    /**
     * The answer to an operation of the API.
     *
     * @param query values by name; those that are null are left out
     * @throws IOException where no server runs there, or it refuses to answer
     */
    JsonNode get(String path, Map<String, ? extends @Nullable Object> query) throws IOException {
        Map<String, String> given = new TreeMap<>();
        query.forEach((name, value) -> {
            if (value != null) {
                given.put(name, URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
            }
        });
        String asked = given.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining("&"));
        return JSON.readTree(ask(QueryLine.GET + path + (asked.isEmpty() ? "" : "?" + asked)));
    }

    /**
     * Has the server do something.
     *
     * @throws IOException where no server runs there, or it refuses
     */
    void post(String path) throws IOException {
        String _ = ask(QueryLine.POST + path);
    }

    private String ask(String line) throws IOException {
        String answer;
        try {
            answer = ControlSocket.ask(state, line);
        } catch (IOException e) {
            throw new NotRunning("no server runs with " + state + ": " + Words.of(e), e);
        }
        if (answer.isEmpty()) {
            throw new IOException("the server did not answer");
        }
        if (answer.startsWith(QueryLine.REFUSED)) {
            throw new IOException(answer);
        }
        return answer;
    }

    /** There is no server that could answer. */
    static final class NotRunning extends IOException {
        private static final long serialVersionUID = 1;

        NotRunning(String message, IOException cause) {
            super(message, cause);
        }
    }
}
