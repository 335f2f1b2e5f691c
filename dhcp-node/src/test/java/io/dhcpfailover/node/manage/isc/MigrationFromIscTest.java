package io.dhcpfailover.node.manage.isc;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.network.testing.Namespaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A pair of ISC dhcpd 4.4.3 in service becomes a pair of this project's servers, as docs/migration-from-isc.md says. */
@Timeout(300)
class MigrationFromIscTest {

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces("dhcpd");

    private static Lan lan;

    private final List<Client> some = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void lan() throws Exception {
        lan = new Lan(NAMESPACES);
    }

    @Test
    void everyClientKeepsItsAddressWhileOneServerIsReplacedAndThenTheOther() throws Exception {
        Plan plan = Plan.balanced();
        try (Clients clients = new Clients(lan);
                IscServer oldPrimary = new IscServer(lan, Seat.FIRST, plan, folder.resolve("old-1"));
                IscServer oldSecondary = new IscServer(lan, Seat.SECOND, plan, folder.resolve("old-2"));
                OwnServer primary = new OwnServer(lan, Seat.FIRST, plan, folder.resolve("new-1"));
                OwnServer secondary = new OwnServer(lan, Seat.SECOND, plan, folder.resolve("new-2"))) {
            oldPrimary.start();
            oldSecondary.start();
            normal(oldPrimary, oldSecondary);
            arrive(clients, Seat.FIRST);
            arrive(clients, Seat.SECOND);
            renew(Seat.FIRST);
            renew(Seat.SECOND);

            oldSecondary.stop();
            reaches(oldPrimary, "COMMUNICATIONS-INTERRUPTED");
            secondary.start();
            renew(Seat.FIRST);
            normal(oldPrimary, secondary);
            renew(Seat.SECOND);
            arrive(clients, Seat.FIRST);
            arrive(clients, Seat.SECOND);
            renew(Seat.SECOND);
            assertThat(oldPrimary.complaints()).isEmpty();

            oldPrimary.stop();
            reaches(secondary, "COMMUNICATIONS-INTERRUPTED");
            renew(Seat.SECOND);
            secondary.partnerIs(false);
            primary.partnerIs(false);
            primary.start();
            renew(Seat.SECOND);
            normal(primary, secondary);
            renew(Seat.FIRST);
            arrive(clients, Seat.FIRST);
            arrive(clients, Seat.SECOND);
            renew(Seat.FIRST);
            renew(Seat.SECOND);
        }
        assertThat(addresses).doesNotHaveDuplicates();
        assertThat(some.stream().map(Client::address)).containsExactlyElementsOf(addresses);
    }

    private void arrive(Clients clients, Seat seat) throws Exception {
        for (Client client : clients.clients(5)) {
            some.add(client.start(seat));
            addresses.add(client.address());
        }
    }

    private void renew(Seat seat) throws Exception {
        for (Client client : some) {
            client.renew(seat);
        }
    }

    private static void normal(FailoverServer one, FailoverServer other) {
        reaches(one, "NORMAL");
        reaches(other, "NORMAL");
    }

    private static void reaches(FailoverServer server, String state) {
        MixedPair.awaitState(server, state, server::log);
    }
}
