/** What the end-to-end tests run on: a Kubernetes cluster, wherever one is to be had. */
@NullMarked
package io.dhcpfailover.lab.cluster;

import org.jspecify.annotations.NullMarked;
