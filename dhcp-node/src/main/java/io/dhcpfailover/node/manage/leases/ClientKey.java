package io.dhcpfailover.node.manage.leases;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what a person knows a client: its MAC address, or its identifier (option 61).
 *
 * @param hardware its hardware address; of no octets where it is known by its identifier alone
 * @param identifier null where it is known by its MAC address
 */
public record ClientKey(HardwareAddress hardware, @Nullable ClientIdentifier identifier) {

    private static final HardwareAddress UNKNOWN = HardwareAddress.of(HardwareAddress.ETHERNET, new byte[0]);

    /**
     * Reads a MAC address, such as 02:00:5e:00:53:01, or an identifier in hexadecimal of another length, its type
     * included. Six octets are a MAC address.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static ClientKey parse(String text) {
        ClientIdentifier identifier;
        try {
            identifier = ClientIdentifier.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no client: give a MAC address such as 02:00:5e:00:53:01, or an identifier in"
                            + " hexadecimal with its type such as 01:02:00:5e:00:53:01",
                    e);
        }
        byte[] octets = identifier.octets();
        if (octets.length == MacAddress.LENGTH) {
            return new ClientKey(HardwareAddress.of(MacAddress.of(octets)), null);
        }
        boolean ofMac = octets.length == 1 + MacAddress.LENGTH && octets[0] == HardwareAddress.ETHERNET;
        HardwareAddress hardware =
                ofMac ? HardwareAddress.of(MacAddress.of(Arrays.copyOfRange(octets, 1, octets.length))) : UNKNOWN;
        return new ClientKey(hardware, identifier);
    }

    boolean isOf(Binding binding) {
        HardwareAddress its = binding.hardware();
        return identifier == null
                ? its != null && hardware.equals(its)
                : binding.isOf(ClientIdentity.of(identifier, hardware));
    }

    /** Every binding of the client, in any scope. */
    List<Binding> bindings(BindingTable table) {
        return identifier == null
                ? table.all(hardware)
                : new ArrayList<>(table.all(ClientIdentity.of(identifier, hardware)));
    }

    @Override
    public String toString() {
        return identifier == null ? hardware.toString() : identifier.toString();
    }
}
