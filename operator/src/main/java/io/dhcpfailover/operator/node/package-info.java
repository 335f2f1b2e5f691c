/**
 * The operator's side of the node API: one link to each server, by which it is told what it is to hold and tells what it
 * does. A link stays with its server through restarts of either side, and never does anything by halves: a configuration
 * is taken whole by the server or not at all.
 */
@NullMarked
package io.dhcpfailover.operator.node;

import org.jspecify.annotations.NullMarked;
