package io.dhcpfailover.node.manage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.node.manage.api.NodeOperations;
import io.dhcpfailover.node.manage.api.NodeOperations.NotDone;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers by the {@link ControlSocket} what the management API answers, so that the command line needs no certificate: a
 * line is {@code get} or {@code post}, and the path of the operation with its query.
 */
final class ReviewCommands {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final NodeOperations node;

    ReviewCommands(NodeOperations node) {
        this.node = node;
    }

    /** The answer to a line, in JSON; null where the line is of another kind. */
    @Nullable String answer(String line) {
        try {
            if (line.startsWith(QueryLine.GET)) {
                Object found = get(QueryLine.of(line.substring(QueryLine.GET.length())));
                return found == null ? QueryLine.REFUSED + "nothing is known of it" : JSON.writeValueAsString(found);
            }
            if (line.startsWith(QueryLine.POST)) {
                String refusal = post(
                        QueryLine.of(line.substring(QueryLine.POST.length())).path());
                return refusal == null ? ServerCommands.DONE : QueryLine.REFUSED + refusal;
            }
            return null;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what the API says can be written", e);
        } catch (IllegalArgumentException | IOException | NotDone e) {
            return QueryLine.REFUSED + Words.of(e);
        }
    }

    private @Nullable Object get(QueryLine asked) throws IOException, NotDone {
        String address = asked.after(NodeApi.LEASES);
        String held = asked.after(NodeApi.HISTORY);
        if (address != null) {
            return node.leases().lease(address);
        }
        if (held != null) {
            return node.leases().holder(held, asked.query());
        }
        return switch (asked.path()) {
            case NodeApi.STATUS -> node.status();
            case NodeApi.LEASES -> node.leases().leases(asked.query());
            case NodeApi.HISTORY -> node.leases().history(asked.query());
            case NodeApi.EXPLAIN -> node.leases().explain(asked.query());
            default -> throw new IllegalArgumentException("this server does not know " + asked.path());
        };
    }

    private @Nullable String post(String path) throws IOException {
        String release = between(NodeApi.LEASE_RELEASE, path);
        String reset = between(NodeApi.LEASE_RESET, path);
        if (release != null) {
            return node.leases().release(release);
        }
        if (reset != null) {
            return node.leases().reset(reset);
        }
        throw new IllegalArgumentException("this server does not know " + path);
    }

    private static @Nullable String between(String template, String path) {
        int variable = template.indexOf('{');
        String start = template.substring(0, variable);
        String end = template.substring(template.indexOf('}') + 1);
        return path.startsWith(start) && path.endsWith(end) && path.length() > start.length() + end.length()
                ? path.substring(start.length(), path.length() - end.length())
                : null;
    }
}
