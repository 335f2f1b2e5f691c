package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.node.NodeProblem;
import io.dhcpfailover.node.failover.session.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Why partners have no session where a person has to do something about it: the latest reason of each relationship, until a
 * session begins. For several threads.
 */
final class LinkProblems {

    /** Partners try at least once a minute; what has not been seen for so long, with a partner that is gone, says nothing. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);

    private record Seen(String reason, String text, Instant first, Instant last) {}

    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    /**
     * A session came to nothing, or ended.
     *
     * @return whether this is news
     */
    boolean ended(String relationship, Ending ending, Instant now) {
        String reason = reason(ending.cause());
        if (reason == null) {
            return false;
        }
        Seen before = seen.get(relationship);
        Instant first = before != null && before.reason.equals(reason) ? before.first : now;
        seen.put(relationship, new Seen(reason, ending.text(), first, now));
        return first.equals(now);
    }

    /** A session has begun: it is well. */
    void began(String relationship) {
        seen.remove(relationship);
    }

    private static @Nullable String reason(Ending.Cause cause) {
        return switch (cause) {
            case NOT_AUTHENTIC -> "AuthenticationFailed";
            case CLOCKS -> "ClockSkew";
            case REFUSED, BROKEN -> "PartnerRefused";
            case CLOSED, LOST, SILENT, LATE, DUPLICATE, RENEWED, STOPPED -> null;
        };
    }

    /** Those of these relationships, by name. */
    List<NodeProblem> of(Iterable<String> relationships, Instant now) {
        seen.values().removeIf(each -> each.last.plus(FORGOTTEN).isBefore(now));
        List<NodeProblem> problems = new ArrayList<>();
        for (String relationship : relationships) {
            Seen each = seen.get(relationship);
            if (each != null) {
                problems.add(new NodeProblem(each.reason, relationship, each.text, each.first));
            }
        }
        problems.sort(Comparator.comparing(problem -> String.valueOf(problem.object())));
        return problems;
    }
}
