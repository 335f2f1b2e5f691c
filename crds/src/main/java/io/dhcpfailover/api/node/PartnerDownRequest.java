package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.TimeText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The server is to take its partner for down.
 *
 * @param partnerLastSeen where a person says so: when the partner last served a client, from which the MCLT counts; null
 *     for now
 * @param provedAt where the cluster proves that the partner's process has ended and cannot come back unseen: by when it
 *     had ended, from which the MCLT counts, whatever partnerLastSeen says; null where a person says so
 */
@ApiType
public record PartnerDownRequest(
        @TimeText @Nullable Instant partnerLastSeen,
        @TimeText @Nullable Instant provedAt) {}
