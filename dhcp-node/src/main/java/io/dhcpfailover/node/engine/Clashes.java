package io.dhcpfailover.node.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest clashes of a relationship, for who reports them. */
final class Clashes {

    /** More than anyone reads; all are counted. */
    private static final int KEPT_MAX = 256;

    private final Deque<Clash> latest = new ArrayDeque<>();

    void add(Clash clash) {
        if (latest.size() == KEPT_MAX) {
            latest.removeFirst();
        }
        latest.addLast(clash);
    }

    /** The oldest first. */
    List<Clash> latest() {
        return List.copyOf(latest);
    }
}
