package io.dhcpfailover.node.simulation;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What two stores say of each address, held against each other: I5. */
final class StoreComparison {

    /** Whole seconds on two clocks, and what skew is measured wrong by. */
    private static final long ROUNDED = 3_000;

    private final PairWorld pair;

    StoreComparison(PairWorld pair) {
        this.pair = pair;
    }

    /** What differs, in words. */
    List<String> differences() {
        PairServer primary = pair.servers().getFirst();
        PairServer secondary = pair.servers().getLast();
        Map<Ipv4Address, Binding> primarys = pair.durable().bindings(primary);
        Map<Ipv4Address, Binding> secondarys = pair.durable().bindings(secondary);
        Set<Ipv4Address> all = new HashSet<>(primarys.keySet());
        all.addAll(secondarys.keySet());
        List<String> differences = new ArrayList<>();
        for (Ipv4Address address : all) {
            Binding one = primarys.get(address);
            Binding other = secondarys.get(address);
            if (!isSame(primary, one, secondary, other)) {
                differences.add((one == null ? "nothing" : Lines.of(one)) + " and "
                        + (other == null ? "nothing" : Lines.of(other)));
            }
        }
        return differences;
    }

    private static boolean isSame(
            PairServer primary, @Nullable Binding one, PairServer secondary, @Nullable Binding other) {
        if (state(one) != state(other)) {
            return false;
        }
        if (one == null || other == null || state(one) != BindingState.ACTIVE) {
            return true;
        }
        long apart = primary.clock().trueTime(one.end()) - secondary.clock().trueTime(other.end());
        long unnoticed = primary.clock().setBack() + secondary.clock().setBack();
        return Objects.equals(one.client(), other.client()) && Math.abs(apart) <= ROUNDED + unnoticed;
    }

    /** An address that nobody ever had is the primary's. */
    private static BindingState state(@Nullable Binding binding) {
        return binding == null ? BindingState.FREE : binding.state();
    }
}
