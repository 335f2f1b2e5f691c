/** Tests of packets and options, on real recordings, on tables, on random packets, and on whatever a fuzzer finds. */
@NullMarked
package io.dhcpfailover.node.wire;

import org.jspecify.annotations.NullMarked;
