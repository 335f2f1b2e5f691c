package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.journal.FileStorage;
import io.dhcpfailover.node.journal.Journal;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.lease.ClientDetails;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.lease.StoredRecords;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Writes a folder of many leases, for {@link io.dhcpfailover.node.manage.Main} to be timed with by hand. */
final class MeasuredStart {

    private static final int BATCH = 1000;

    private MeasuredStart() {}

    /** The folder, and how many leases there are to be in it; all of 10.128.0.0/9. */
    public static void main(String[] arguments) throws IOException {
        int leases = Integer.parseInt(arguments[1]);
        long now = System.currentTimeMillis() / 1000;
        BindingTable table = new BindingTable(1);
        try (Journal journal = Journal.open(
                        FileStorage.open(Path.of(arguments[0])), new SecureRandom()::nextLong, record -> {})
                .journal()) {
            List<byte[]> records = new ArrayList<>();
            for (int number = 0; number < leases; number++) {
                HardwareAddress hardware = HardwareAddress.of(new MacAddress(0x0200_5E00_0000L + number));
                Binding binding = table.of(new Ipv4Address(0x0A80_0001 + number));
                table.bind(
                        binding,
                        new BindingTable.Client(
                                ClientIdentity.of(hardware), false, hardware, ClientDetails.none(), false),
                        now + 86_400 + number % 1000,
                        now);
                records.add(StoredRecords.of(binding));
                if (records.size() == BATCH || number == leases - 1) {
                    journal.append(records);
                    records.clear();
                }
            }
        }
    }
}
