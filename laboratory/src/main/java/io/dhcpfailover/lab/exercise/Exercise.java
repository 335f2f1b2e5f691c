package io.dhcpfailover.lab.exercise;

import io.dhcpfailover.lab.site.Lab;
import io.dhcpfailover.lab.site.LabException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The exercise as a whole. */
public final class Exercise {

    private final Lab lab;
    private final Narrator narrator;

    public Exercise(Lab lab, Narrator narrator) {
        this.lab = lab;
        this.narrator = narrator;
    }

    /** A step, which fails where it does not show what it should. */
    private interface Action {
        void run() throws Unexpected, InterruptedException;
    }

    private record Step(String title, Action action) {}

    /** Brings the pair up; whether it came. */
    public boolean setUp() throws LabException, InterruptedException {
        lab.applyExample();
        Steps steps = new Steps(new Stage(lab, narrator));
        return run(List.of(new Step("A pair comes up: examples/first-pair", steps::comesUp)));
    }

    /** Goes through all steps; whether each showed what it should. */
    public boolean run() throws LabException, InterruptedException {
        Instant begin = Instant.now();
        lab.applyExample();
        Steps steps = new Steps(new Stage(lab, narrator));
        boolean all = run(List.of(
                new Step("A pair comes up: examples/first-pair", steps::comesUp),
                new Step("Clients get leases, and the partner knows each of them", steps::clientsGetLeases),
                new Step("A scope is edited, and both servers have it", steps::scopeIsEdited),
                new Step("The active server dies, and its partner answers", steps::activeServerDies),
                new Step("PARTNER-DOWN, and the MCLT passes", steps::partnerIsTakenForDown),
                new Step("It comes back", steps::itComesBack),
                new Step("The mode is switched to load balance, live", steps::loadIsBalanced)));
        if (all) {
            narrator.succeeded(Duration.between(begin, Instant.now()));
        }
        return all;
    }

    private boolean run(List<Step> steps) throws InterruptedException {
        for (int i = 0; i < steps.size(); i++) {
            narrator.begins(i, steps.get(i).title());
            try {
                steps.get(i).action().run();
            } catch (Unexpected e) {
                if (lab.isEnding()) {
                    throw new InterruptedException("the lab was told to end");
                }
                narrator.failed(String.valueOf(e.getMessage()), lab.logs());
                return false;
            }
        }
        return true;
    }
}
