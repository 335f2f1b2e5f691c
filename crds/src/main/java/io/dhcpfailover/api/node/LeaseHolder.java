package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.TimeText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who had an address at a time.
 *
 * @param address which
 * @param at when
 * @param by the event by which its client had it; null where nobody had it, as far as the history reaches
 */
@ApiType
public record LeaseHolder(Ipv4Address address, @TimeText Instant at, LeaseHistory.@Nullable Entry by) {}
