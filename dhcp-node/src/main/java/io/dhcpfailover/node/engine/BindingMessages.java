package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.node.failover.ConflictRules.View;
import io.dhcpfailover.node.failover.LeaseTimes;
import io.dhcpfailover.node.failover.message.BindingUpdate;
import io.dhcpfailover.node.failover.message.Octets;
import io.dhcpfailover.node.lease.Agreement;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable.Client;
import io.dhcpfailover.node.lease.BindingTable.Word;
import io.dhcpfailover.node.lease.ClientDetails;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.wire.HardwareAddress;
import org.jspecify.annotations.Nullable;

/** Bindings as partners tell them to each other. */
final class BindingMessages {

    private BindingMessages() {}

    /** All that is known of an address. */
    static BindingUpdate update(Binding binding, boolean reserved) {
        Agreement agreement = binding.agreement();
        boolean active = binding.state() == BindingState.ACTIVE;
        boolean named = binding.state() != BindingState.ABANDONED;
        ClientIdentity client = named ? binding.client() : null;
        return new BindingUpdate(
                binding.address(),
                binding.state(),
                reserved,
                binding.bootp(),
                client != null && binding.identified() ? Octets.of(client.octets()) : null,
                client == null ? null : binding.hardware(),
                active || !named ? binding.end() : 0,
                active && agreement != null ? agreement.sentPotential() : 0,
                binding.since(),
                binding.lastTransaction(),
                named ? binding.details().options() : ClientDetails.none().options(),
                Changes.versionOf(agreement));
    }

    /** Who has the address, or had it last; null where nobody. */
    static @Nullable Client client(BindingUpdate update) {
        HardwareAddress hardware = update.hardwareAddress();
        Octets identifier = update.clientIdentifier();
        boolean identified = identifier != null && identifier.length() >= ClientIdentifier.LENGTH_MIN;
        if (hardware == null && !identified) {
            return null;
        }
        HardwareAddress known = hardware == null ? HardwareAddress.of(HardwareAddress.ETHERNET, new byte[0]) : hardware;
        return new Client(
                ClientIdentity.of(
                        identified && identifier != null ? ClientIdentifier.of(identifier.toArray()) : null, known),
                identified,
                known,
                ClientDetails.of(update.clientOptions()),
                update.bootp());
    }

    /** What becomes of the address where the update is taken: what has ended is free once both know it. */
    static Word word(BindingUpdate update, long skew) {
        return new Word(
                isEnded(update.status()) ? BindingState.FREE : update.status(),
                client(update),
                PartnerLine.local(update.leaseExpiration(), skew),
                PartnerLine.local(update.clientLastTransaction(), skew),
                PartnerLine.local(update.stateStart(), skew));
    }

    /** Whether a lease has ended, and the partner has to agree before anybody else gets the address. */
    static boolean isEnded(BindingState state) {
        return state == BindingState.EXPIRED || state == BindingState.RELEASED || state == BindingState.RESET;
    }

    /** An address as it is known here. A lease that has ended is none, whether anybody took note or not. */
    static View mine(Binding binding, long now) {
        return view(binding.state(), binding.client(), binding.lastTransaction(), binding.since(), binding.end(), now);
    }

    /** An address as the partner sees it. */
    static View received(BindingUpdate update, long skew, long now) {
        Client client = client(update);
        return view(
                update.status(),
                client == null ? null : client.identity(),
                PartnerLine.local(update.clientLastTransaction(), skew),
                PartnerLine.local(update.stateStart(), skew),
                PartnerLine.local(update.leaseExpiration(), skew),
                now);
    }

    private static View view(
            BindingState state, @Nullable ClientIdentity client, long lastTransaction, long since, long end, long now) {
        boolean lapsed = state == BindingState.ACTIVE && end != Binding.UNLIMITED && end + Engine.GRACE_SECONDS < now;
        return lapsed
                ? new View(BindingState.EXPIRED, client, lastTransaction, end, end)
                : new View(state, client, lastTransaction, since, end);
    }

    /** What both may have promised of an address. */
    static LeaseTimes times(Binding binding) {
        Agreement agreement = binding.agreement();
        return agreement == null
                ? new LeaseTimes(binding.end(), 0, 0, 0)
                : new LeaseTimes(
                        binding.end(),
                        agreement.sentPotential(),
                        agreement.ackedPotential(),
                        agreement.receivedPotential());
    }
}
