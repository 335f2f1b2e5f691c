package io.dhcpfailover.node.manage.leases;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Engine;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.BindingView;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The leases of a server that runs, page by page. The engine is asked for a few at a time, between packets, however many
 * there are. May be used by several threads.
 */
public final class LeasePages {

    /** Leases of a page, at the most. */
    public static final int LIMIT_MAX = 1000;

    /** Bindings that the engine looks at in one turn: well under a millisecond. */
    private static final int TURN = 500;

    /** Addresses that the engine says in one turn. */
    private static final int ADDRESSES_OF_TURN = 4096;

    /** How old the order may be by which a further page is found. */
    private static final Duration RECENT = Duration.ofSeconds(1);

    private final Engine engine;
    private final EngineTurns turns;
    private final LongSupplier nanoseconds;
    private volatile AddressOrder order = AddressOrder.NONE;
    private volatile long orderedAt;

    /** Those of an engine, which is used in its turns alone. */
    public LeasePages(Engine engine, EngineTurns turns) {
        this(engine, turns, System::nanoTime);
    }

    LeasePages(Engine engine, EngineTurns turns, LongSupplier nanoseconds) {
        this.engine = engine;
        this.turns = turns;
        this.nanoseconds = nanoseconds;
    }

    /**
     * A page: the first leases after an address that somebody wants to see.
     *
     * @param after the last address of the page before; null for the first page
     * @param limit how many, 1 to {@link #LIMIT_MAX}
     * @throws IOException where the engine does not answer
     */
    public LeasePage page(LeaseFilter filter, @Nullable Ipv4Address after, int limit) throws IOException {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("limit is " + limit + ": give from 1 to " + LIMIT_MAX);
        }
        if (filter.client() != null) {
            return ofClient(filter, filter.client(), after, limit);
        }
        AddressOrder all = after == null ? current() : recent();
        int position = after == null ? first(all, filter) : Math.max(all.after(after), first(all, filter));
        int end = end(all, filter);
        List<BindingView> found = new ArrayList<>();
        while (position < end && found.size() < limit) {
            int from = position;
            int to = Math.min(end, from + TURN);
            int room = limit - found.size();
            position = turns.ask(() -> look(all, filter, from, to, room, found));
        }
        return new LeasePage(found, position < end ? all.addressAt(position - 1) : null);
    }

    /** In the engine's thread: the position of the first that was not looked at. */
    private int look(AddressOrder all, LeaseFilter filter, int from, int to, int room, List<BindingView> found) {
        BindingTable table = engine.table();
        int left = room;
        for (int position = from; position < to; position++) {
            Binding binding = table.at(all.placeAt(position));
            if (filter.takes(binding)) {
                found.add(BindingView.of(binding));
                left--;
                if (left == 0) {
                    return position + 1;
                }
            }
        }
        return to;
    }

    private static int first(AddressOrder all, LeaseFilter filter) {
        if (filter.subnet() == null) {
            return 0;
        }
        Ipv4Address network = filter.subnet().network();
        int after = all.after(network);
        return after > 0 && all.addressAt(after - 1).equals(network) ? after - 1 : after;
    }

    private static int end(AddressOrder all, LeaseFilter filter) {
        return filter.subnet() == null ? all.size() : all.after(filter.subnet().last());
    }

    /** For who goes on from page to page: an order that was made just now is as good, and each has as many octets as all leases. */
    private AddressOrder recent() throws IOException {
        return order.size() > 0 && nanoseconds.getAsLong() - orderedAt < RECENT.toNanos() ? order : current();
    }

    /** The order of all addresses that have a binding now. */
    private AddressOrder current() throws IOException {
        AddressOrder known = order;
        IntStream.Builder more = IntStream.builder();
        int count;
        int from = known.size();
        do {
            int begin = from;
            int[] next = turns.ask(() -> addresses(begin));
            Arrays.stream(next).forEach(more);
            count = next.length;
            from += count;
        } while (count == ADDRESSES_OF_TURN);
        AddressOrder now = known.with(more.build().toArray());
        order = now;
        orderedAt = nanoseconds.getAsLong();
        return now;
    }

    private int[] addresses(int from) {
        BindingTable table = engine.table();
        int[] addresses = new int[Math.min(table.size() - from, ADDRESSES_OF_TURN)];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = table.at(from + i).address().bits();
        }
        return addresses;
    }

    private LeasePage ofClient(LeaseFilter filter, ClientKey client, @Nullable Ipv4Address after, int limit)
            throws IOException {
        List<BindingView> all = turns.ask(() -> client.bindings(engine.table()).stream()
                .filter(filter::takes)
                .map(BindingView::of)
                .toList());
        List<BindingView> rest = all.stream()
                .filter(lease -> after == null || lease.address().compareTo(after) > 0)
                .sorted(Comparator.comparing(BindingView::address))
                .toList();
        List<BindingView> page = rest.subList(0, Math.min(limit, rest.size()));
        return new LeasePage(page, page.size() < rest.size() ? page.getLast().address() : null);
    }

    /**
     * The lease of an address; null where nothing is known of it.
     *
     * @throws IOException where the engine does not answer
     */
    public @Nullable BindingView find(Ipv4Address address) throws IOException {
        return turns
                .ask(() -> {
                    Binding binding = engine.table().find(address);
                    return binding == null ? List.<BindingView>of() : List.of(BindingView.of(binding));
                })
                .stream()
                .findFirst()
                .orElse(null);
    }
}
