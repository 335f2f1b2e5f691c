/**
 * What stands in for the machines of a cluster: it makes a pod for each StatefulSet and runs it as a process of this machine,
 * with an address of loopback for each node. A pod's folders, Secrets and arguments are those that Kubernetes would give
 * it; its image, ports below 1024 and rights are not.
 */
@NullMarked
package io.dhcpfailover.lab.host;

import org.jspecify.annotations.NullMarked;
