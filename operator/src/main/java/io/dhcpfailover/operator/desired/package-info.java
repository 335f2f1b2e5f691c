/**
 * What should be, made from what users ask for: the pod of a server with all that belongs to it, and the configuration
 * that a server is to hold. Pure: the same resources give the same objects, so each can be compared with a golden file.
 */
@NullMarked
package io.dhcpfailover.operator.desired;

import org.jspecify.annotations.NullMarked;
