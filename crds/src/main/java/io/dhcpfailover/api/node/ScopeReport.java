package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.TimeText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A scope, as a server that serves it sees it.
 *
 * @param name of the DhcpScope
 * @param generation of its manifest that the server holds
 * @param hash of its spec that the server holds
 * @param appliedAt since when the server holds that
 * @param total addresses in its ranges
 * @param excluded of those, the ones in exclusions
 * @param reserved addresses with a reservation
 * @param inUse addresses that are leased, or wait to be free again
 * @param free addresses that a new client can get
 * @param freeThis of the free ones, those that this server may give to new clients
 * @param freePartner of the free ones, those that its partner may
 * @param exhaustionForecast when the last free address will be given out, if use grows as it did; null where it does not
 */
@ApiType
public record ScopeReport(
        String name,
        long generation,
        String hash,
        @TimeText @Nullable Instant appliedAt,
        long total,
        long excluded,
        long reserved,
        long inUse,
        long free,
        long freeThis,
        long freePartner,
        @TimeText @Nullable Instant exhaustionForecast) {}
