package io.dhcpfailover.lab.link;

/** What everything on a link has to pass; shut while the link is cut. */
final class Gate {

    private boolean shut;

    synchronized void shut() {
        shut = true;
    }

    synchronized void open() {
        shut = false;
        notifyAll();
    }

    synchronized boolean isShut() {
        return shut;
    }

    /** Waits while it is shut. */
    synchronized void pass() throws InterruptedException {
        while (shut) {
            wait();
        }
    }
}
