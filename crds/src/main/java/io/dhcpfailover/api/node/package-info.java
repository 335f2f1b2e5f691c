/**
 * What an operator and a server say to each other: the documents of a server's management API. A configuration is the
 * manifests that the server needs, the same as a folder of them; what a server tells of itself are the records here.
 *
 * <p>Absent is what a server does not know, or what does not apply to it. Times are in UTC; an interval has its unit in
 * its name. A field that a newer version has is passed over by an older one.
 */
@NullMarked
package io.dhcpfailover.api.node;

import org.jspecify.annotations.NullMarked;
