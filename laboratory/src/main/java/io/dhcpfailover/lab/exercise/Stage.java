package io.dhcpfailover.lab.exercise;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dhcpfailover.lab.client.Clients;
import io.dhcpfailover.lab.kubernetes.Access;
import io.dhcpfailover.lab.kubernetes.ApiException;
import io.dhcpfailover.lab.site.Lab;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What a step has at hand: the laboratory, a look at the pair, and patience. */
final class Stage {

    /** Long enough for a machine that is busy with something else. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    /** What is not in the API, such as that a time is over, is looked at this often. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Lab lab;
    private final Narrator narrator;
    private final ObjectMapper mapper = new ObjectMapper();
    private List<String> states = List.of();

    Stage(Lab lab, Narrator narrator) {
        this.lab = lab;
        this.narrator = narrator;
    }

    Lab lab() {
        return lab;
    }

    Clients clients() {
        return lab.clients();
    }

    Access api() {
        return lab.api();
    }

    void say(String text) {
        narrator.says(text);
    }

    /** Says what was seen; or that it was not. */
    void check(boolean holds, String seen) throws Unexpected {
        if (!holds) {
            throw new Unexpected("this was not so: " + seen);
        }
        narrator.seen(seen);
    }

    /** The pair as it is now; changes of states are told of. */
    View look() {
        View view = View.of(lab);
        if (!view.states().equals(states)) {
            states = view.states();
            narrator.states(view);
        }
        narrator.board(view);
        return view;
    }

    /** Waits until the pair is like that, and says how long it took. */
    Duration await(String what, Predicate<View> condition) throws Unexpected, InterruptedException {
        Instant start = Instant.now();
        long version = api().version();
        View view = look();
        while (!condition.test(view)) {
            if (!lab.hasOperator()) {
                throw new Unexpected("the operator has ended");
            }
            if (Duration.between(start, Instant.now()).compareTo(PATIENCE) > 0) {
                throw new Unexpected(what + " did not come in " + PATIENCE.toSeconds() + " s; the relationship is "
                        + (view.state().isEmpty() ? "without a state" : view.state())
                        + (view.message().isEmpty() ? "" : " (" + view.message() + ")"));
            }
            version = api().await(version, LOOK);
            view = look();
        }
        return Duration.between(start, Instant.now());
    }

    /** Changes an object as {@code kubectl patch --type=merge} does. */
    void patch(String kind, String name, String patch) throws Unexpected {
        try {
            api().patch(kind, Lab.NAMESPACE, name, (ObjectNode) mapper.readTree(patch));
        } catch (ApiException | JsonProcessingException e) {
            throw new Unexpected("the API did not take a change of " + name + ": " + e.getMessage());
        }
    }

    /** Seconds as a person reads them. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
