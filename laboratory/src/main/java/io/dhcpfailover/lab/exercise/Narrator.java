package io.dhcpfailover.lab.exercise;

import java.time.Duration;

/** Who is told what happens. May be called in any thread. */
public interface Narrator {

    /** A step begins; the numbers begin at 1, and 0 is what comes before. */
    void begins(int step, String title);

    /** What happens now, in plain words. */
    void says(String text);

    /** Something was seen as it should be. */
    void seen(String text);

    /** The states of the servers changed. */
    void states(View view);

    /** It all ended, as it should. */
    void succeeded(Duration duration);

    /** It ended because something was not as it should be. */
    void failed(String what, String logs);

    /** What each server is now, to be shown until the next one. */
    void board(View view);
}
