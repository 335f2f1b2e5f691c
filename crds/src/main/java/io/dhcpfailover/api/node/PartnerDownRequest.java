package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.TimeText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The server is to take its partner for down.
 *
 * @param partnerLastSeen when the partner last served a client, from which the MCLT counts; null for now
 */
@ApiType
public record PartnerDownRequest(@TimeText @Nullable Instant partnerLastSeen) {}
