/** DhcpFailoverRelationships: what both servers share, their statuses, and where scopes stay when one is deleted. */
@NullMarked
package io.dhcpfailover.operator.relationship;

import org.jspecify.annotations.NullMarked;
