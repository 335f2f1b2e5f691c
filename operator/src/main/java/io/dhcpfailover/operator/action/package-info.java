/**
 * What each DhcpFailoverAction does next: which server is told what, what is waited for, and when it has succeeded or failed.
 * All that has to survive a restart of the operator is in the action's status. Pure: time is passed in.
 */
@NullMarked
package io.dhcpfailover.operator.action;

import org.jspecify.annotations.NullMarked;
