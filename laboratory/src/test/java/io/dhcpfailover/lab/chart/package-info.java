/** What the Helm chart renders. */
@NullMarked
package io.dhcpfailover.lab.chart;

import org.jspecify.annotations.NullMarked;
