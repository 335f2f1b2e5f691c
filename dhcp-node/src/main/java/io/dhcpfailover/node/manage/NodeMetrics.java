package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.journal.GroupCommit;
import io.dhcpfailover.node.manage.history.HistoryWriter;
import io.dhcpfailover.node.manage.leases.EngineTurns;
import io.dhcpfailover.node.manage.metrics.MetricSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the metrics of a server come from. */
final class NodeMetrics implements MetricSource {

    private final ObjectName name;
    private final Path state;
    private final Engine engine;
    private final EngineTurns turns;
    private final EngineLoop loop;
    private final Intake intake;
    private final GroupCommit commit;
    private final Transitions transitions;
    private final HistoryWriter history;
    private final Supplier<@Nullable Serving> serving;

    NodeMetrics(
            ObjectName name,
            Path state,
            Engine engine,
            EngineTurns turns,
            EngineLoop loop,
            Intake intake,
            GroupCommit commit,
            Transitions transitions,
            HistoryWriter history,
            Supplier<@Nullable Serving> serving) {
        this.name = name;
        this.state = state;
        this.engine = engine;
        this.turns = turns;
        this.loop = loop;
        this.intake = intake;
        this.commit = commit;
        this.transitions = transitions;
        this.history = history;
        this.serving = serving;
    }

    @Override
    public OfEngine engine() throws IOException {
        return turns.ask(() -> new OfEngine(engine.statistics(loop.seconds()), transitions()));
    }

    private List<Transition> transitions() {
        List<Transition> all = new ArrayList<>();
        transitions
                .changes()
                .forEach((change, count) ->
                        all.add(new Transition(change.relationship(), word(change.from()), word(change.to()), count)));
        return all;
    }

    /** As the draft writes it. */
    private static String word(ServerState named) {
        return named.name().replace('_', '-');
    }

    @Override
    public String server() {
        return name.text();
    }

    @Override
    public String version() {
        return ServerOperations.VERSION;
    }

    @Override
    public Map<String, Integer> queues() {
        Map<String, Integer> queues = new TreeMap<>();
        for (Intake.Priority priority : Intake.Priority.values()) {
            queues.put(word(priority), intake.waiting(priority));
        }
        queues.put("journal", commit.waiting());
        queues.put("history", history.waiting());
        return queues;
    }

    @Override
    public Map<String, Long> dropped() {
        Map<String, Long> dropped = new TreeMap<>();
        for (Intake.Priority priority : Intake.Priority.values()) {
            dropped.put(word(priority), intake.dropped(priority));
        }
        return dropped;
    }

    private static String word(Intake.Priority priority) {
        return priority.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public long historyWritten() {
        return history.written();
    }

    @Override
    public long historyDropped() {
        return history.dropped();
    }

    @Override
    public long storageFree() {
        try {
            return Files.getFileStore(state).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public Map<String, String> scopeHashes() {
        Serving now = serving.get();
        Map<String, String> hashes = new TreeMap<>();
        if (now != null) {
            now.manifests().scopes().forEach(scope -> hashes.put(scope.name().text(), scope.hash()));
        }
        return hashes;
    }
}
