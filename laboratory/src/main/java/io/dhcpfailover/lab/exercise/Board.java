package io.dhcpfailover.lab.exercise;

import io.dhcpfailover.lab.client.Clients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of both servers, not wider than 80 columns. */
final class Board {

    private static final String ROW = "%-7s %-25s %-25s %7s %7s";

    private Board() {}

    static List<String> lines(View view) {
        List<String> lines = new ArrayList<>();
        lines.add(ROW.formatted("SERVER", "STATE", "PARTNER, AS IT SEES IT", "LEASES", "FREE"));
        for (View.Server server : view.servers()) {
            lines.add(ROW.formatted(
                    server.name(), shown(server.state()), shown(server.partner()), server.leases(), server.freeThis()));
        }
        lines.add("scope " + View.SCOPE + ": " + view.inUse() + " leased, " + view.free() + " free; " + view.clients()
                + " clients have an address" + last(view.last()));
        return lines;
    }

    private static String shown(String state) {
        return state.isEmpty() ? "-" : state;
    }

    private static String last(Clients.@Nullable Answer answer) {
        if (answer == null) {
            return "";
        }
        long seconds = Duration.between(answer.at(), Instant.now()).toSeconds();
        return "\nlast answer: " + answer.lease().server() + " gave "
                + answer.lease().address() + " to " + answer.client().name() + ", " + seconds + " s ago";
    }
}
