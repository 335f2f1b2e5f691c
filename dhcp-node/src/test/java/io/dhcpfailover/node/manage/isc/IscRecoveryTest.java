package io.dhcpfailover.node.manage.isc;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.node.manage.isc.MixedPair.Role;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server of this project and ISC dhcpd 4.4.3, one of which has lost something. */
@Timeout(300)
class IscRecoveryTest {

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces("dhcpd");

    private static Lan lan;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void lan() throws Exception {
        lan = new Lan(NAMESPACES);
    }

    @ParameterizedTest
    @EnumSource
    void whoLostItsDiskIsToldAllByTheOther(Role role) throws Exception {
        try (MixedPair pair = new MixedPair(lan, role, Plan.balanced(), folder)) {
            Client ofOwn = pair.settled(pair.atOwn());
            Client ofIsc = pair.settled(pair.atIsc());

            pair.own.kill();
            pair.own.loseDisk();
            pair.awaitState(pair.isc, "COMMUNICATIONS-INTERRUPTED");
            Client meanwhile = pair.clients.client().start(pair.atIsc());
            pair.own.start();
            pair.awaitState(pair.own, "RECOVER-WAIT");
            meanwhile.renew(pair.atIsc());
            pair.awaitNormal();
            pair.assertSound();
            pair.settle(List.of(ofOwn, ofIsc, meanwhile), pair.atOwn());

            pair.isc.kill();
            pair.isc.loseDisk();
            pair.awaitState(pair.own, "COMMUNICATIONS-INTERRUPTED");
            meanwhile.renew(pair.atOwn());
            pair.isc.start();
            pair.awaitState(pair.isc, "RECOVER-WAIT");
            meanwhile.renew(pair.atOwn());
            pair.awaitNormal();
            pair.settle(List.of(ofOwn, ofIsc, meanwhile), pair.atIsc());
            pair.assertEqualStores();
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofADeadPartnerTheAddressesAreGivenUntilItReturns(Role role) throws Exception {
        Plan plan = Plan.ofTwentyAddresses();
        try (MixedPair pair = new MixedPair(lan, role, plan, folder)) {
            Client ofIsc = pair.settled(pair.atIsc());
            pair.isc.kill();
            pair.awaitState(pair.own, "COMMUNICATIONS-INTERRUPTED");
            pair.own.partnerDown();
            pair.awaitState(pair.own, "PARTNER-DOWN");
            ofIsc.renew(pair.atOwn());
            // More than its own ten.
            List<Client> many = pair.clients.clients(12);
            for (Client client : many) {
                client.start(pair.atOwn());
            }
            pair.isc.start();
            pair.awaitState(pair.isc, "RECOVER-WAIT");
            for (Client client : many) {
                client.renew(pair.atOwn());
            }
            pair.awaitNormal();
            pair.settle(many, pair.atIsc());
            ofIsc.renew(pair.atIsc());
            pair.assertEqualStores();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereALivingPartnerWasTakenForDownBothAgreeAgain(Role role) throws Exception {
        try (MixedPair pair = new MixedPair(lan, role, Plan.balanced(), folder)) {
            Client ofOwn = pair.settled(pair.atOwn());
            Client ofIsc = pair.settled(pair.atIsc());
            lan.cutLink();
            pair.awaitStates("COMMUNICATIONS-INTERRUPTED");
            pair.own.partnerDown();
            pair.awaitState(pair.own, "PARTNER-DOWN");
            Client came = pair.clients.client().start(pair.atOwn());
            Client cameThere = pair.clients.client().start(pair.atIsc());
            lan.mendLink();
            pair.awaitState(pair.own, "NORMAL");
            pair.awaitState(pair.isc, "NORMAL");
            assertThat(pair.own.log()).contains("POTENTIAL-CONFLICT");
            for (Client client : List.of(ofOwn, ofIsc, came, cameThere)) {
                client.renew(pair.atOwn()).renew(pair.atIsc());
            }
            pair.assertEqualStores();
        }
    }
}
