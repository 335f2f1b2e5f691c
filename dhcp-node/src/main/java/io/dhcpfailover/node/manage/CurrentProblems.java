package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.node.NodeProblem;
import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.node.configuration.ServerManifests;
import io.dhcpfailover.node.engine.Clash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong at a server now, and since when. For several threads. */
final class CurrentProblems {

    private static final int TOLD_MAX = 32;

    /** A problem is the same while it says the same. */
    private record Same(String reason, @Nullable String object, String message) {}

    private final Map<Same, Instant> since = new HashMap<>();

    /** What was found now, the latest first; what is not found any more is over. */
    synchronized List<NodeProblem> told(List<NodeProblem> found) {
        Map<Same, Instant> now = new HashMap<>();
        List<NodeProblem> told = new ArrayList<>();
        for (NodeProblem problem : found) {
            Same same = new Same(problem.reason(), problem.object(), problem.message());
            Instant first = since.getOrDefault(same, problem.since());
            now.put(same, first);
            told.add(new NodeProblem(problem.reason(), problem.object(), problem.message(), first));
        }
        since.clear();
        since.putAll(now);
        told.sort(Comparator.comparing(NodeProblem::since).reversed());
        return told.stream().limit(TOLD_MAX).toList();
    }

    /** What is wrong with interfaces. */
    static void ofSockets(
            @Nullable ServerManifests manifests, ServedNetwork.Sockets sockets, Instant now, List<NodeProblem> found) {
        sockets.unserved()
                .forEach(link -> found.add(new NodeProblem(
                        "PortInUse", null, link.link().name() + " is not served: " + link.reason(), now)));
        if (manifests == null) {
            return;
        }
        List<InterfaceName> missing = new ArrayList<>(manifests.server().spec().interfaces());
        sockets.links().forEach(link -> missing.remove(link.name()));
        missing.forEach(name -> found.add(new NodeProblem(
                "InterfaceMissing",
                null,
                "the interface " + name + " is not served: it is missing, down, or has no IPv4 address",
                now)));
    }

    /** Addresses that had two clients. */
    static void ofClashes(EngineReport engine, List<NodeProblem> found) {
        engine.relationships().forEach((name, statistics) -> {
            for (Clash clash : statistics.latestClashes()) {
                found.add(new NodeProblem(
                        "AddressClash",
                        name,
                        clash.address() + " had two clients, " + clash.client() + " of this server and "
                                + clash.partnersClient()
                                + " of its partner: one of the servers was taken for down while it served",
                        Instant.ofEpochSecond(clash.at())));
            }
        });
    }
}
