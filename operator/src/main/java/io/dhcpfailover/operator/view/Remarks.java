package io.dhcpfailover.operator.view;

import io.dhcpfailover.operator.report.ObjectKey;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the operator itself has to say of a relationship's servers, for its status. What is new wakes the relationship. */
@Singleton
public final class Remarks {

    private record About(ObjectKey relationship, String server) {}

    private final Map<About, String> proofs = new ConcurrentHashMap<>();
    private final Map<About, String> rollouts = new ConcurrentHashMap<>();
    private final Wakes wakes;

    /** None yet. */
    Remarks(Wakes wakes) {
        this.wakes = wakes;
    }

    /** How far the proof of a server's end is; null where nothing is to be proved. */
    public void setProof(ObjectKey relationship, String server, @Nullable String said) {
        set(proofs, new About(relationship, server), said);
    }

    /** Why a rollout has stopped at a server; null where none has. */
    public void setRollout(ObjectKey relationship, String server, @Nullable String said) {
        set(rollouts, new About(relationship, server), said);
    }

    private void set(Map<About, String> remarks, About about, @Nullable String said) {
        String before = said == null ? remarks.remove(about) : remarks.put(about, said);
        if (!Objects.equals(before, said)) {
            wakes.wake(about.relationship());
        }
    }

    /** How far the proof of a server's end is; null for none. */
    public @Nullable String proof(ObjectKey relationship, String server) {
        return proofs.get(new About(relationship, server));
    }

    /** Why a rollout has stopped at a server; null where none has. */
    public @Nullable String rollout(ObjectKey relationship, String server) {
        return rollouts.get(new About(relationship, server));
    }

    /** A relationship is no more. */
    public void forgetRelationship(ObjectKey relationship) {
        forget(about -> about.relationship().equals(relationship));
    }

    /** A server is no more. */
    public void forgetServer(ObjectKey server) {
        forget(about -> about.server().equals(server.name())
                && about.relationship().namespace().equals(server.namespace()));
    }

    private void forget(Predicate<About> which) {
        proofs.keySet().removeIf(which);
        rollouts.keySet().removeIf(which);
    }
}
