/**
 * A Kubernetes API in this process, for a laboratory: what an operator and kubectl ask of one, over HTTP on loopback.
 *
 * <p>Kinds of this project are held to the schemas, defaults and rules that ship, in the words of a real API server. It
 * has server-side apply, watches, the status subresource, finalizers, collection of what lost its owner, and tables. It
 * has no conflicts between field managers, no admission, no authentication, and forgets all when it ends.
 */
@NullMarked
package io.dhcpfailover.lab.kubernetes;

import org.jspecify.annotations.NullMarked;
