package io.dhcpfailover.node.engine;

import io.dhcpfailover.node.wire.MessageType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many packets of which kind have had which outcome. Counting makes no garbage. */
final class OutcomeCounts {

    private final Map<Outcome, long[]> bootp = new EnumMap<>(Outcome.class);
    private final Map<MessageType, Map<Outcome, long[]>> byType = new EnumMap<>(MessageType.class);

    /** One more; {@code type} is null for BOOTP. */
    void count(@Nullable MessageType type, Outcome outcome) {
        Map<Outcome, long[]> counts =
                type == null ? bootp : byType.computeIfAbsent(type, _ -> new EnumMap<>(Outcome.class));
        counts.computeIfAbsent(outcome, _ -> new long[1])[0]++;
    }

    /** Those of each outcome; without those that no packet has had. */
    Map<Outcome, Long> byOutcome() {
        Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
        all().forEach(packets -> sums.merge(packets.outcome(), packets.count(), Long::sum));
        return sums;
    }

    /** Those of each kind and outcome; without those that no packet has had. */
    List<EngineStatistics.Packets> all() {
        List<EngineStatistics.Packets> all = new ArrayList<>();
        bootp.forEach((outcome, count) -> all.add(new EngineStatistics.Packets(null, outcome, count[0])));
        byType.forEach((type, counts) ->
                counts.forEach((outcome, count) -> all.add(new EngineStatistics.Packets(type, outcome, count[0]))));
        return all;
    }
}
