/**
 * What objects say wrong of each other, which no schema can see: who is to blame, in words that name the other object, and
 * what goes on being served meanwhile. What runs goes on: an object that was valid stays as it was then. Pure.
 */
@NullMarked
package io.dhcpfailover.operator.validation;

import org.jspecify.annotations.NullMarked;
