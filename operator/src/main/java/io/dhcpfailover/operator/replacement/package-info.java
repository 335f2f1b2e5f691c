/** Acts on what a rollout plans: hands servers' clients over, replaces pods, and lets nodes be emptied. */
@NullMarked
package io.dhcpfailover.operator.replacement;

import org.jspecify.annotations.NullMarked;
