/** The manifests and pages that are generated from the kinds, and the checks that those in the tree are not stale. */
@NullMarked
package io.dhcpfailover.api.schema;

import org.jspecify.annotations.NullMarked;
