package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of an object before it is stored. */
@FunctionalInterface
public interface Admission {

    /**
     * Checks an object of this project's kinds.
     *
     * @param object what is asked for; may be changed
     * @param old what it was; null where it is new
     * @return what is wrong with it; empty where nothing is
     */
    List<String> admit(ObjectNode object, @Nullable ObjectNode old);
}
