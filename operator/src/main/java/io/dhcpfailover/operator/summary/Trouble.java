package io.dhcpfailover.operator.summary;

/**
 * Why a server's pod does not run, as Kubernetes shows it.
 *
 * @param reason in CamelCase, such as NodeGone, NotScheduled, ImagePullBackOff or CrashLoopBackOff
 * @param message what is wrong, and what to do
 */
public record Trouble(String reason, String message) {}
