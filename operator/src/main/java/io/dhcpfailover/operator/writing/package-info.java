/**
 * How the operator writes to the API server: objects by server-side apply with one field manager, statuses when there is
 * news in them, and events once.
 */
@NullMarked
package io.dhcpfailover.operator.writing;

import org.jspecify.annotations.NullMarked;
