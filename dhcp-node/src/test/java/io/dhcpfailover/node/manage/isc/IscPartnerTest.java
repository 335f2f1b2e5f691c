package io.dhcpfailover.node.manage.isc;

import io.dhcpfailover.node.manage.isc.MixedPair.Role;
import io.dhcpfailover.node.network.testing.Namespaces;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server of this project whose partner is ISC dhcpd 4.4.3, with both in service. */
@Timeout(300)
class IscPartnerTest {

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
    @CsvSource({"PRIMARY, false", "PRIMARY, true", "SECONDARY, false", "SECONDARY, true"})
    void whatOneGaveTheOtherRenewsWhereItIsGone(Role role, boolean hotStandby) throws Exception {
        Plan plan = hotStandby ? Plan.standby() : Plan.balanced();
        try (MixedPair pair = new MixedPair(lan, role, plan, folder)) {
            Client ofOwn = pair.settled(pair.atOwn());
            Client ofIsc = pair.settled(pair.atIsc());

            pair.own.kill();
            pair.awaitState(pair.isc, "COMMUNICATIONS-INTERRUPTED");
            ofOwn.renew(pair.atIsc());
            ofIsc.renew(pair.atIsc());
            pair.own.start();
            pair.awaitNormal();

            pair.assertSound();
            pair.isc.kill();
            pair.awaitState(pair.own, "COMMUNICATIONS-INTERRUPTED");
            ofOwn.renew(pair.atOwn());
            ofIsc.renew(pair.atOwn());
            pair.isc.start();
            pair.awaitNormal();

            pair.assertEqualStores();
        }
    }
}
