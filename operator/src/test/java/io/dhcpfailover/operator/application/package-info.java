/** The whole operator, against a real API server, with servers that are stood in for behind their API. */
@NullMarked
package io.dhcpfailover.operator.application;

import org.jspecify.annotations.NullMarked;
