package io.dhcpfailover.lab.lan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a client saw while something failed.
 *
 * @param client which
 * @param answers how often a server answered it
 * @param longestWait the longest time between two answers, or from the last one until the end
 * @param leastLeft how much of its lease was left at worst when it was answered again; negative where none was
 * @param addresses that it had, in their order
 */
public record Outage(String client, int answers, Duration longestWait, Duration leastLeft, List<String> addresses) {

    /** What became of a client between two times, from the last answer before them on. */
    public static Outage of(LanClient client, Instant begin, Instant end) {
        List<ClientEvent> answers = answers(client);
        long before =
                answers.stream().filter(answer -> answer.at().isBefore(begin)).count();
        answers = answers.subList((int) Math.max(0, before - 1), (int)
                answers.stream().filter(answer -> answer.at().isBefore(end)).count());
        Duration longest = Duration.ZERO;
        Duration least = Duration.ofDays(1);
        for (int i = 0; i < answers.size(); i++) {
            ClientEvent answer = answers.get(i);
            Instant next = i + 1 < answers.size() ? answers.get(i + 1).at() : end;
            Duration wait = Duration.between(answer.at(), next);
            Duration left = Duration.ofSeconds(answer.leaseSeconds()).minus(wait);
            longest = wait.compareTo(longest) > 0 ? wait : longest;
            least = left.compareTo(least) < 0 ? left : least;
        }
        List<String> addresses =
                answers.stream().map(ClientEvent::address).distinct().toList();
        return new Outage(client.toString(), answers.size(), longest, least, addresses);
    }

    /** Whether its lease ended before it was answered, or it had to take another address. */
    public boolean lostAddress() {
        return leastLeft.isNegative() || addresses.size() != 1;
    }

    /** Each address that two clients held at a time, with both. */
    public static List<String> addressesHeldTwice(Collection<LanClient> clients) {
        List<Holding> holdings = clients.stream()
                .flatMap(client -> answers(client).stream()
                        .map(answer -> new Holding(
                                client.toString(),
                                answer.address(),
                                answer.at(),
                                answer.at().plusSeconds(answer.leaseSeconds()))))
                .toList();
        List<String> twice = new ArrayList<>();
        for (Holding one : holdings) {
            holdings.stream()
                    .filter(other -> other.clashesWith(one))
                    .forEach(other -> twice.add("%s: %s and %s".formatted(one.address, one.client, other.client)));
        }
        return twice;
    }

    /** All of them as a table for people. */
    public static String table(String what, List<Outage> outages) {
        StringBuilder table = new StringBuilder("%s%n%-26s %8s %13s %11s  %s%n"
                .formatted(what, "client", "answers", "longest wait", "least left", "addresses"));
        outages.forEach(outage -> table.append("%-26s %8d %12.1fs %10.1fs  %s%n"
                .formatted(
                        outage.client,
                        outage.answers,
                        outage.longestWait.toMillis() / 1000.0,
                        outage.leastLeft.toMillis() / 1000.0,
                        String.join(" ", outage.addresses))));
        return table.toString();
    }

    private static List<ClientEvent> answers(LanClient client) {
        return client.events().stream().filter(ClientEvent::isAnswer).toList();
    }

    private record Holding(String client, String address, Instant from, Instant to) {
        boolean clashesWith(Holding other) {
            return address.equals(other.address)
                    && !client.equals(other.client)
                    && from.isBefore(other.to)
                    && other.from.isBefore(to)
                    && client.compareTo(other.client) > 0;
        }
    }
}
