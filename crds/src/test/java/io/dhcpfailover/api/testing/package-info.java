/**
 * What tests of every module share: seeded properties, random objects of the API that keep all its rules, and the
 * table of manifests with what an API server must say to each.
 */
@NullMarked
package io.dhcpfailover.api.testing;

import org.jspecify.annotations.NullMarked;
