package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.lease.Pool;
import org.jspecify.annotations.Nullable;

/**
 * How the addresses of a scope are used that clients without a reservation can have.
 *
 * @param scope its name
 * @param relationship by which it is shared; null where it is not
 * @param total addresses
 * @param freeThis free ones that are this server's
 * @param freePartner free ones that are the partner's
 * @param offered held for a client that has not taken it yet
 * @param active clients'
 * @param abandoned given to nobody for a while
 * @param ending nobody's any more, once both servers agree
 * @param available those that this server may give to new clients now
 */
public record PoolStatistics(
        ObjectName scope,
        @Nullable String relationship,
        int total,
        int freeThis,
        int freePartner,
        int offered,
        int active,
        int abandoned,
        int ending,
        int available) {

    static PoolStatistics of(Pool pool, @Nullable Partner partner, long now) {
        Pool.Statistics counts = pool.statistics();
        boolean secondary = partner != null && partner.self() == ServerRole.Secondary;
        int rest = counts.total() - counts.offered() - counts.active() - counts.abandoned();
        return new PoolStatistics(
                pool.scope().name(),
                partner == null ? null : partner.name(),
                counts.total(),
                secondary ? pool.backup() : pool.free(),
                secondary ? pool.free() : pool.backup(),
                counts.offered(),
                counts.active(),
                counts.abandoned(),
                rest - pool.free() - pool.backup(),
                partner == null ? pool.free() : partner.grants().free(pool, now));
    }
}
