/**
 * What the kinds' Java types say of their schema beyond what the CRD generator's own annotations can: reusable
 * bundles for values, the topology of lists, and the parts that several validation rules are made of.
 *
 * <p>The manifests in {@code crds/manifests} are generated from those annotations, so nothing here is only
 * documentation.
 */
@NullMarked
package io.dhcpfailover.api.schema;

import org.jspecify.annotations.NullMarked;
