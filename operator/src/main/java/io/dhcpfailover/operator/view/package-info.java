/**
 * What the operator sees of all objects together: from the caches of its watches, made anew a moment after any of them
 * changes. Reconcilers look here for what an object's neighbours say, and are woken where that has changed.
 */
@NullMarked
package io.dhcpfailover.operator.view;

import org.jspecify.annotations.NullMarked;
