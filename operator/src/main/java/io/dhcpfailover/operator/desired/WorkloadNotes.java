package io.dhcpfailover.operator.desired;

import io.dhcpfailover.api.value.Ipv4Address;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the operator notes on a server's workload, so that another operator goes on where this one ended.
 *
 * @param failoverAddress where its partners reached it when that was last known; null before it was
 * @param servedPod the uid of the last pod that was seen ready; null for none
 * @param inHandSince since when a rollout or an emptying of its node has it out of service; null where none has
 * @param declaredDown in which relationships whatever starts from now on was taken for down before, and when: it serves
 *     nobody there until it has met its partner. By their names
 */
public record WorkloadNotes(
        @Nullable Ipv4Address failoverAddress,
        @Nullable String servedPod,
        @Nullable Instant inHandSince,
        SortedMap<String, Instant> declaredDown) {

    /** Nothing noted yet. */
    public static final WorkloadNotes NONE = new WorkloadNotes(null, null, null, new TreeMap<>());

    /** The variable of a server's environment with {@link #declaredDown}. */
    static final String DECLARED_DOWN = "DHCP_NODE_DECLARED_DOWN";

    /** Of a StatefulSet as it is; nothing for none. What a person broke there counts as not noted. */
    public static WorkloadNotes of(@Nullable StatefulSet workload) {
        if (workload == null) {
            return NONE;
        }
        Map<String, String> notes = workload.getMetadata().getAnnotations() == null
                ? Map.of()
                : workload.getMetadata().getAnnotations();
        return new WorkloadNotes(
                read(notes.get(ServerWorkload.FAILOVER_ADDRESS), Ipv4Address::parse),
                notes.get(ServerWorkload.SERVED_POD),
                read(notes.get(ServerWorkload.IN_HAND_SINCE), Instant::parse),
                declared(workload.getSpec().getTemplate().getSpec().getContainers()));
    }

    /** In which relationships a pod was told that it was taken for down, and when. */
    public static SortedMap<String, Instant> declared(Pod pod) {
        return declared(pod.getSpec().getContainers());
    }

    private static SortedMap<String, Instant> declared(List<Container> containers) {
        SortedMap<String, Instant> declared = new TreeMap<>();
        for (Container container : containers) {
            for (EnvVar variable : container.getEnv()) {
                if (variable.getName().equals(DECLARED_DOWN) && variable.getValue() != null) {
                    for (String entry : variable.getValue().split(",", -1)) {
                        String[] parts = entry.split("=", 2);
                        Instant time = read(parts[parts.length - 1], Instant::parse);
                        if (time != null) {
                            declared.put(parts[0], time);
                        }
                    }
                }
            }
        }
        return declared;
    }

    private static <T> @Nullable T read(@Nullable String text, Function<String, T> reader) {
        try {
            return text == null ? null : reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    /** The text of {@link #DECLARED_DOWN}; empty for none. */
    String declaredDownText() {
        return declaredDown.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    /** With this address; as it was where it is null. */
    public WorkloadNotes reached(@Nullable Ipv4Address address) {
        return address == null ? this : new WorkloadNotes(address, servedPod, inHandSince, declaredDown);
    }

    /** With a pod that was seen ready. */
    public WorkloadNotes served(String podUid) {
        return new WorkloadNotes(failoverAddress, podUid, inHandSince, declaredDown);
    }

    /** In hand since then; not in hand for null. */
    public WorkloadNotes inHand(@Nullable Instant since) {
        return new WorkloadNotes(failoverAddress, servedPod, since, declaredDown);
    }

    /** Taken for down in a relationship, at that time; not any more for null. */
    public WorkloadNotes declared(String relationship, @Nullable Instant at) {
        SortedMap<String, Instant> declared = new TreeMap<>(declaredDown);
        if (at == null) {
            declared.remove(relationship);
        } else {
            declared.put(relationship, at);
        }
        return new WorkloadNotes(failoverAddress, servedPod, inHandSince, declared);
    }
}
