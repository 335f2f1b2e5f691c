/**
 * The kinds of the API group {@code dhcpfailover.io}, version {@code v1alpha1}, as Java types.
 *
 * <p>Their annotations are the schema: the manifests in {@code crds/manifests} and the pages in {@code docs/api}
 * are generated from them, and the build fails where those are stale. A document has passed that schema, and so
 * carries its defaults, before it becomes one of these types; a component is null or empty only where its schema
 * says that it may be absent.
 */
@NullMarked
package io.dhcpfailover.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
