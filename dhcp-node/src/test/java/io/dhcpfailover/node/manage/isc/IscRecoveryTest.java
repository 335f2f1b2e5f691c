package io.dhcpfailover.node.manage.isc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server of this project and ISC dhcpd 4.4.3, one of which has lost something. */
@Timeout(200)
class IscRecoveryTest {

    @RegisterExtension
    private static final Lans LANS = new Lans("dhcpd");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whoLostItsDiskIsToldAllByTheOther() throws Exception {
        LANS.inBothRoles(Plan.balanced(), folder, pair -> {
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
        });
    }

    @Test
    void ofADeadPartnerTheAddressesAreGivenUntilItReturns() throws Exception {
        LANS.inBothRoles(Plan.ofTwentyAddresses(), folder, pair -> {
            Client ofIsc = pair.settled(pair.atIsc());
            pair.isc.kill();
            pair.awaitState(pair.own, "COMMUNICATIONS-INTERRUPTED");
            pair.own.partnerDown();
            pair.awaitState(pair.own, "PARTNER-DOWN");
            ofIsc.renew(pair.atOwn());
            // More than its own ten.
            List<Client> many = new ArrayList<>(List.of(ofIsc));
            for (Client client : pair.clients.clients(12)) {
                await().atMost(MixedPair.PATIENCE).until(() -> {
                    for (Client other : many) {
                        other.renew(pair.atOwn());
                    }
                    return client.isOffered(pair.atOwn());
                });
                many.add(client.start(pair.atOwn()));
            }
            pair.isc.start();
            // It was told PARTNER-DOWN when it started, and so does not wait for MCLT.
            pair.awaitNormal();
            pair.settle(many, pair.atIsc());
            pair.assertEqualStores();
        });
    }

    @Test
    void whereALivingPartnerWasTakenForDownBothAgreeAgain() throws Exception {
        LANS.inBothRoles(Plan.balanced(), folder, pair -> {
            Client ofOwn = pair.settled(pair.atOwn());
            Client ofIsc = pair.settled(pair.atIsc());
            pair.cutLink();
            pair.awaitStates("COMMUNICATIONS-INTERRUPTED");
            pair.own.partnerDown();
            pair.awaitState(pair.own, "PARTNER-DOWN");
            Client came = pair.clients.client().start(pair.atOwn());
            Client cameThere = pair.clients.client().start(pair.atIsc());
            pair.mendLink();
            pair.awaitState(pair.own, "NORMAL");
            pair.awaitState(pair.isc, "NORMAL");
            assertThat(pair.own.log()).contains("POTENTIAL-CONFLICT");
            for (Client client : List.of(ofOwn, ofIsc, came, cameThere)) {
                client.renew(pair.atOwn()).renew(pair.atIsc());
            }
            pair.assertEqualStores();
        });
    }
}
