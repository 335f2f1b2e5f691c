/**
 * Micronaut: the HTTP API, configuration, metrics, health, and the main class.
 */
@NullMarked
package io.dhcpfailover.node.manage;

import org.jspecify.annotations.NullMarked;
