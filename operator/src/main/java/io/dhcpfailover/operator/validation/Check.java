package io.dhcpfailover.operator.validation;

import io.dhcpfailover.operator.report.ObjectKey;
import java.util.List;

/**
 * Judges objects of one kind, each against those that were judged before it.
 *
 * @param <S> what is asked of such an object
 */
interface Check<S> {

    /**
     * What is wrong with one.
     *
     * @param runs whether this is what runs already. Then what it names may be gone, and only what another one has is
     *     a reason to end it
     */
    List<Mistake> mistakes(ObjectKey key, S spec, boolean runs);

    /** This is served. */
    void add(ObjectKey key, S spec);
}
