package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.Balance;
import io.dhcpfailover.node.failover.LoadBalance;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.message.Header;
import io.dhcpfailover.node.failover.message.Message.PoolRequest;
import io.dhcpfailover.node.failover.message.Message.PoolResponse;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.lease.Pool;
import io.dhcpfailover.node.lease.StoredRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sees that each of two partners has its share of the free addresses of each pool (draft-ietf-dhc-failover-12, section
 * 5.4). A server only gives away what is its own, so no address is ever both servers'. Addresses that nobody ever had are
 * the primary's until it gives them away, one by one.
 */
final class AddressBalance {

    /** Addresses of a pool that are given away in one go; the rest follows. */
    private static final int GIVEN_MAX = 1024;

    /** Addresses of all pools that are given away before the two serve together for the first time. */
    private static final int FIRST_MAX = 8192;

    /** Addresses of a pool that nobody ever had and that are the secondary's at a time: each takes memory. */
    private static final int BACKUP_MAX = 65_536;

    /** Seconds between two looks at the shares of all pools. */
    private static final long PERIOD_SECONDS = 10;

    /** Below so many, more of a huge pool follow at the next second: a burst may take as many within ten. */
    private static final int BACKUP_LOW = BACKUP_MAX * 3 / 4;

    private final Partner partner;
    private final BindingTable table;
    private final PartnerLine line;
    private boolean wanted;
    private boolean unfinished;
    private long next;
    private long asked;
    private long refilled;

    AddressBalance(Partner partner, BindingTable table, PartnerLine line) {
        this.partner = partner;
        this.table = table;
        this.line = line;
    }

    /** The shares are to be as the relationship says, however little they differ. */
    void want() {
        wanted = true;
    }

    /** The partner asks for addresses. */
    void requested(PoolRequest message, boolean normal, long now, Consumer<Effect> effects) {
        partner.counters().poolRequestsReceived++;
        long given = normal ? give(true, GIVEN_MAX, now, effects) : 0;
        line.send(new PoolResponse(new Header(now, message.header().xid()), given), effects);
    }

    /** In NORMAL: gives what is too much here, and asks for what is missing. */
    void flush(long now, Consumer<Effect> effects) {
        boolean due = now >= next;
        if (!due && !wanted && !unfinished) {
            refill(now, effects);
            return;
        }
        boolean always = wanted || unfinished;
        wanted = false;
        if (due) {
            next = now + PERIOD_SECONDS;
        }
        give(always, GIVEN_MAX, now, effects);
        if (due || always) {
            ask(now, effects);
        }
    }

    /** Before the two serve together: gives so many that clients who come at once find some at either; the rest follows. */
    void begin(long now, Consumer<Effect> effects) {
        int pools = partner.scopes().sharedPools().size();
        give(true, Math.clamp(FIRST_MAX / Math.max(1, pools), 1, GIVEN_MAX), now, effects);
        wanted = true;
    }

    /** Of a huge pool the secondary has a small part at a time, which may be used up long before shares are looked at. */
    private void refill(long now, Consumer<Effect> effects) {
        if (now == refilled || partner.self() != ServerRole.Primary) {
            return;
        }
        refilled = now;
        for (Pool pool : partner.scopes().sharedPools()) {
            int share = balance(pool).target(partner.relationship(), ServerRole.Secondary);
            if (pool.backup() < Math.min(share, BACKUP_LOW) && share > BACKUP_MAX) {
                give(false, GIVEN_MAX, now, effects);
                return;
            }
        }
    }

    /** An address is missing for a client. */
    void missing() {
        next = 0;
    }

    private void ask(long now, Consumer<Effect> effects) {
        Relationship relationship = partner.relationship();
        boolean asks = partner.scopes().sharedPools().stream()
                .anyMatch(pool -> balance(pool).asks(relationship) && pool.backup() < BACKUP_MAX / 2);
        if (asks && asked < now) {
            asked = now;
            partner.counters().poolRequestsSent++;
            line.send(new PoolRequest(line.next(now)), effects);
        }
    }

    private static Balance balance(Pool pool) {
        return new Balance(pool.free(), pool.backup());
    }

    private long give(boolean always, int most, long now, Consumer<Effect> effects) {
        unfinished = false;
        long given = 0;
        List<byte[]> records = new ArrayList<>();
        for (Pool pool : partner.scopes().sharedPools()) {
            int wantedCount = balance(pool).toGive(partner.relationship(), always);
            int count = Math.min(wantedCount, most);
            List<Binding> chosen = choose(pool, count);
            unfinished |= wantedCount > count && chosen.size() == count;
            for (Binding binding : chosen) {
                BindingState theirs = partner.self() == ServerRole.Primary ? BindingState.BACKUP : BindingState.FREE;
                table.turn(binding, theirs, now);
                partner.changed(binding);
                records.add(StoredRecords.of(binding));
                given++;
            }
        }
        partner.counters().addressesGiven += given;
        partner.store(records, effects);
        return given;
    }

    private List<Binding> choose(Pool pool, int count) {
        if (count == 0) {
            return List.of();
        }
        boolean primary = partner.self() == ServerRole.Primary;
        List<Binding> candidates = new ArrayList<>(pool.oldest(!primary, GIVEN_MAX));
        if (primary) {
            int unused = Math.min(count, Math.max(0, BACKUP_MAX - pool.backup()));
            for (Ipv4Address address : pool.neverUsed(table, unused)) {
                candidates.add(table.of(address));
            }
        }
        Relationship relationship = partner.relationship();
        return Balance.choose(
                candidates, AddressBalance::bucket, count, relationship.buckets(), relationship.partner());
    }

    private static int bucket(Binding binding) {
        ClientIdentity client = binding.client();
        return client == null ? Balance.NEVER_USED : LoadBalance.bucket(client, binding.identified());
    }
}
