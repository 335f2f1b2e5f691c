package io.dhcpfailover.node.manage.isc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a disk says of an address.
 *
 * @param address it
 * @param state as the draft writes it, such as {@code ACTIVE}
 * @param client the hardware address of who has it; null where nobody does
 */
record KeptLease(String address, String state, @Nullable String client) {

    /** An address whose last client does not matter, because it has none now. */
    static KeptLease of(String address, String state, @Nullable String client) {
        String name = state.toUpperCase(Locale.ROOT);
        return new KeptLease(address, name, name.equals("ACTIVE") ? client : null);
    }

    boolean isActive() {
        return state.equals("ACTIVE");
    }
}
