package io.dhcpfailover.lab.exercise;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Tells a program: one object of JSON a line, each with its time and its step. */
public final class JsonNarrator implements Narrator {

    private final PrintStream out;
    private final ObjectMapper mapper = new ObjectMapper();
    private int step;

    public JsonNarrator(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void begins(int number, String title) {
        step = number;
        print(event("step").put("text", title));
    }

    @Override
    public synchronized void says(String text) {
        print(event("says").put("text", text));
    }

    @Override
    public synchronized void seen(String text) {
        print(event("seen").put("text", text));
    }

    @Override
    public synchronized void states(View view) {
        ObjectNode states = event("states");
        for (View.Server server : view.servers()) {
            states.put(server.name(), server.state());
        }
        print(states);
    }

    @Override
    public synchronized void succeeded(Duration duration) {
        print(event("succeeded").put("seconds", duration.toMillis() / 1000.0));
    }

    @Override
    public synchronized void failed(String what, String logs) {
        print(event("failed").put("text", what).put("logs", logs));
    }

    @Override
    public void board(View view) {
        // A program has the states already.
    }

    private ObjectNode event(String event) {
        return mapper.createObjectNode()
                .put("time", Instant.now().toString())
                .put("step", step)
                .put("event", event);
    }

    private void print(ObjectNode event) {
        out.println(event);
        out.flush();
    }
}
