/**
 * What a server is told to be: manifests of the API, read from a folder and held to the same rules as the API server
 * holds them.
 */
@NullMarked
package io.dhcpfailover.node.configuration;

import org.jspecify.annotations.NullMarked;
