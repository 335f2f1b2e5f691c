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
    private static final Lans LANS = new Lans("dhcpd", "omshell");

    /** States of {@link IscServer#tellState}. */
    private static final int PARTNER_DOWN = 4;

    private static final int RECOVER = 6;
    private static final int SHUTDOWN = 8;

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

    /** A client that is there, and twelve more of twenty addresses: more than are a server's own. */
    private static List<Client> moreThanHalf(MixedPair pair, Seat at, Client present) throws Exception {
        List<Client> many = new ArrayList<>(List.of(present));
        for (Client client : pair.clients.clients(12)) {
            await().atMost(MixedPair.PATIENCE).until(() -> {
                for (Client other : many) {
                    other.renew(at);
                }
                return client.isOffered(at);
            });
            many.add(client.start(at));
        }
        return many;
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
            List<Client> many = moreThanHalf(pair, pair.atOwn(), ofIsc);
            pair.isc.start();
            // It was told PARTNER-DOWN when it started, and so does not wait for MCLT.
            pair.awaitNormal();
            pair.settle(many, pair.atIsc());
            pair.assertEqualStores();
        });
    }

    @Test
    void whereItWasToldThatThisServerIsDownItGivesAllAddressesUntilItReturns() throws Exception {
        LANS.inBothRoles(Plan.ofTwentyAddresses(), folder, pair -> {
            Client ofOwn = pair.settled(pair.atOwn());
            pair.own.kill();
            pair.awaitState(pair.isc, "COMMUNICATIONS-INTERRUPTED");
            // Where both were at work in one second, it could have been at work afterwards: a conflict.
            MixedPair.awaitNextSecond();
            pair.isc.tellState(PARTNER_DOWN);
            pair.awaitState(pair.isc, "PARTNER-DOWN");
            List<Client> many = moreThanHalf(pair, pair.atIsc(), ofOwn.renew(pair.atIsc()));
            pair.own.start();
            for (Client client : many) {
                client.renew(pair.atIsc());
            }
            pair.awaitNormal();
            assertThat(pair.own.log()).contains("STARTUP -> RECOVER:");
            pair.settle(many, pair.atOwn());
            pair.assertEqualStores();
        });
    }

    @Test
    void whereItIsToldToStopThisServerServesAloneAtOnce() throws Exception {
        LANS.inBothRoles(Plan.ofTwentyAddresses(), folder, pair -> {
            Client ofIsc = pair.settled(pair.atIsc());
            pair.isc.tellState(SHUTDOWN);
            pair.awaitState(pair.own, "PARTNER-DOWN");
            pair.isc.stop();
            List<Client> many = moreThanHalf(pair, pair.atOwn(), ofIsc.renew(pair.atOwn()));
            pair.isc.start();
            // It comes back in SHUTDOWN, and stays there.
            pair.awaitState(pair.isc, "SHUTDOWN");
            pair.isc.tellState(RECOVER);
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
