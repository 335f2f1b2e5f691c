package io.dhcpfailover.operator.report;

/**
 * An event of an object, to be recorded in Kubernetes.
 *
 * @param severity its type there
 * @param reason for programs
 * @param message for people
 */
public record ObjectEvent(Severity severity, EventReason reason, String message) {

    /** The two types that Kubernetes has. */
    public enum Severity {
        Normal,
        Warning
    }

    /** That nobody needs to look at. */
    public static ObjectEvent normal(EventReason reason, String message) {
        return new ObjectEvent(Severity.Normal, reason, message);
    }

    /** That somebody should look at. */
    public static ObjectEvent warning(EventReason reason, String message) {
        return new ObjectEvent(Severity.Warning, reason, message);
    }
}
