/** Acts on what the witness says: puts the fence up, and tells the partner of a server whose end is proved. */
@NullMarked
package io.dhcpfailover.operator.proof;

import org.jspecify.annotations.NullMarked;
