/** Manifests from a folder, held to the API's rules. */
@NullMarked
package io.dhcpfailover.node.configuration;

import org.jspecify.annotations.NullMarked;
