package io.dhcpfailover.node.simulation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node of a cluster with a server's pod, as docs/witness.md has it: a kubelet that starts a process again in place, and
 * says what it sees while it reaches the API server; and a workload that makes a new pod once the old one is gone.
 */
final class Machine {

    /** A pod, as the API server has it. Times are in milliseconds; 0 for none. */
    static final class Pod {
        private final int uid;
        private final long declaredDown;
        private boolean deleted;
        private boolean over;
        private boolean runs;
        private long ended;

        private Pod(int uid, long declaredDown) {
            this.uid = uid;
            this.declaredDown = declaredDown;
        }
    }

    /**
     * What the operator sees of it.
     *
     * @param uid of the pod
     * @param over whether its kubelet has ended the pod
     * @param runs whether its process runs, as far as its kubelet said
     * @param deleted whether somebody asked for its end
     * @param ended when its process had ended, in milliseconds; 0 for never
     * @param kubeletHeard when its kubelet was last heard
     * @param told whether any later pod knows that it was taken for down
     */
    record Seen(int uid, boolean over, boolean runs, boolean deleted, long ended, long kubeletHeard, boolean told) {}

    private static final long SECOND = 1_000;
    private static final long BACK_OFF_MAX = 64 * SECOND;

    private final World world;
    private final PairServer server;
    private Pod pod = new Pod(1, 0);
    private @Nullable Pod next;
    private boolean powered = true;
    private boolean reachesApi = true;
    private boolean heardDeletion;
    private long startsAt;
    private long backOff;
    private long kubeletHeard;
    private long template;
    private int toldWithPod;

    Machine(World world, PairServer server) {
        this.world = world;
        this.server = server;
        pod.runs = true;
        turn();
    }

    PairServer server() {
        return server;
    }

    /** What the operator sees now: of the last pod of which a process ever ran. */
    Seen seen() {
        return new Seen(pod.uid, pod.over, pod.runs, pod.deleted, pod.ended, kubeletHeard, toldWithPod == pod.uid);
    }

    /** The process ends, by a mistake of its own. */
    void crash() {
        if (server.runs()) {
            server.stop(false);
            ended();
            startsAt = world.now() + backOff;
            backOff = Math.min(BACK_OFF_MAX, Math.max(10 * SECOND, 2 * backOff));
        }
    }

    /** The machine loses power for some time. */
    void losePower(long milliseconds) {
        if (powered) {
            powered = false;
            if (server.runs()) {
                server.stop(true);
            }
            world.after(milliseconds, () -> powered = true);
        }
    }

    /** The kubelet does not reach the API server for some time. */
    void loseApi(long milliseconds) {
        reachesApi = false;
        world.after(milliseconds, () -> reachesApi = true);
    }

    /** All is well with it from now on. */
    void heal() {
        powered = true;
        reachesApi = true;
        backOff = 0;
        startsAt = 0;
    }

    /** The operator writes into the template that the server is taken for down; 0 where it is not. */
    void tell(long declaredDown) {
        world.after(world.random().nextInt(3_000), () -> {
            template = declaredDown;
            toldWithPod = declaredDown != 0 && !pod.over ? pod.uid : 0;
        });
    }

    /** The operator asks for the end of a pod, by its uid. */
    void delete(int uid) {
        if (pod.uid == uid) {
            pod.deleted = true;
        }
    }

    private void ended() {
        pod.ended = world.now();
    }

    private void turn() {
        if (powered) {
            kubelet();
        }
        if (pod.over && next == null) {
            next = new Pod(pod.uid + 1, template);
        }
        world.after(SECOND, this::turn);
    }

    private void kubelet() {
        if (reachesApi) {
            kubeletHeard = world.now();
            heardDeletion = pod.deleted;
            pod.runs = server.runs();
        }
        if (pod.over) {
            startNext();
        } else if (heardDeletion) {
            if (server.runs()) {
                server.stop(false);
                ended();
            }
            // After a loss of power it is known to be over as well.
            ended();
            pod.over = reachesApi;
            pod.runs = false;
        } else if (!server.runs() && reachesApi && world.now() >= startsAt) {
            server.start(pod.declaredDown);
        }
    }

    /** It needs the API server to know of it. */
    private void startNext() {
        if (reachesApi && next != null && world.oneOf(5)) {
            pod = Objects.requireNonNull(next);
            next = null;
            heardDeletion = false;
            backOff = 0;
            server.start(pod.declaredDown);
            pod.runs = true;
        }
    }
}
