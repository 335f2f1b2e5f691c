package io.dhcpfailover.operator.validation;

import io.dhcpfailover.api.v1alpha1.Condition;
import io.dhcpfailover.api.v1alpha1.Condition.Status;
import io.dhcpfailover.operator.report.ConditionType;
import io.dhcpfailover.operator.report.Conditions;
import io.dhcpfailover.operator.report.EventReason;
import io.dhcpfailover.operator.report.ObjectEvent;
import java.util.List;

/** The events of the condition ConfigurationValid. */
public final class ValidityEvents {

    private ValidityEvents() {}

    /** An object became invalid, or in another way, or is valid again; none where nothing of that. */
    public static List<ObjectEvent> between(List<Condition> before, List<Condition> after) {
        Condition was = Conditions.find(before, ConditionType.ConfigurationValid);
        Condition is = Conditions.find(after, ConditionType.ConfigurationValid);
        if (is == null) {
            return List.of();
        }
        String old = was == null || was.status() != Status.False ? null : was.message();
        if (is.status() == Status.False && !is.message().equals(old)) {
            return List.of(ObjectEvent.warning(EventReason.ConfigurationInvalid, is.message()));
        }
        return is.status() == Status.True && old != null
                ? List.of(ObjectEvent.normal(EventReason.ConfigurationValid, is.message()))
                : List.of();
    }
}
