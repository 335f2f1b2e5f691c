package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.node.manage.LoadClient.Lease;
import io.dhcpfailover.node.manage.LoadClient.Question;
import io.dhcpfailover.node.manage.LoadClients.Habits;
import io.dhcpfailover.node.network.testing.Namespaces;
import io.dhcpfailover.node.wire.DhcpOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Manifests change while clients renew, and no client notices but by what it is told. */
@Timeout(300)
class ReloadUnderLoadTest {

    /** Fewer than half of a scope's addresses: more are not offered behind one relay while they are probed. */
    private static final int CLIENTS = 150;

    private static final int CHANGES = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Without a retry: what is lost counts. */
    private static final Habits HABITS = new Habits(250, 200, Duration.ofMillis(500), Duration.ofSeconds(20), 0, 20);

    @RegisterExtension
    private static final Namespaces NAMESPACES = new Namespaces();

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void noQuestionStaysUnanswered() throws Exception {
        Manifests manifests = Manifests.in(temporary.resolve("manifests"));
        branch(manifests, "first", "1h");
        try (ServerProcess server = ServerProcess.start(
                                NAMESPACES, manifests, temporary.resolve("state"), temporary.resolve("log"))
                        .serving();
                LoadClients clients = clients("10.82.0.1", 0);
                LoadClients others = clients("10.80.0.2", 10_000)) {
            clients.resume();
            await().atMost(PATIENCE).until(() -> everyoneWasTold(clients, "first"));
            for (int change = 0; change < CHANGES; change++) {
                String name = "change-" + change;
                branch(manifests, name, "1h");
                await().atMost(PATIENCE).until(() -> everyoneWasTold(clients, name));
            }

            manifests.scope("hall", "10.80.0.0/22", "10.80.1.0", "10.80.2.250", "");
            server.said("Serves a new configuration: 2 scopes");
            others.resume();
            await().atMost(PATIENCE).until(() -> others.held().size() == CLIENTS);
            others.settle();
            await().atMost(PATIENCE).until(() -> others.inFlight() == 0);
            assertThat(others.unanswered()).isZero();

            manifests.remove("hall");
            await().atMost(PATIENCE)
                    .until(() -> server.log().lastIndexOf("configuration: 1 scopes")
                            > server.log().lastIndexOf("configuration: 2 scopes"));
            others.ask(others.held().stream().map(Lease::client).toList(), Question.RENEW);
            await().atMost(PATIENCE).until(() -> others.inFlight() == 0);
            assertThat(others.unanswered()).isEqualTo(CLIENTS);
            assertThat(others.mistakes()).isEmpty();

            branch(manifests, "broken", "3600");
            server.said("spec.leaseDuration");
            long acks = clients.acks();
            await().atMost(PATIENCE).until(() -> clients.acks() > acks + 2 * CLIENTS);
            assertThat(everyoneWasTold(clients, "change-" + (CHANGES - 1))).isTrue();

            branch(manifests, "right", "2h");
            await().atMost(PATIENCE).until(() -> everyoneWasTold(clients, "right"));
            clients.settle();
            await().atMost(PATIENCE).until(() -> clients.inFlight() == 0);

            assertThat(clients.unanswered()).isZero();
            assertThat(clients.mistakes()).isEmpty();
        }
    }

    private static LoadClients clients(String relay, int first) throws Exception {
        return new LoadClients(NAMESPACES, relay, CLIENTS, HABITS, new SplittableRandom(1), first);
    }

    private static void branch(Manifests manifests, String domain, String leaseDuration) throws Exception {
        manifests.scope(
                "branch",
                "10.82.0.0/22",
                "10.82.1.0",
                "10.82.2.250",
                ", leaseDuration: \"" + leaseDuration + "\", options: {domainName: " + domain + ".example.org}");
    }

    private static boolean everyoneWasTold(LoadClients clients, String domain) {
        List<Lease> held = clients.held();
        return held.size() == CLIENTS
                && held.stream()
                        .allMatch(lease -> (domain + ".example.org")
                                .equals(lease.ack().options().get(DhcpOption.DOMAIN_NAME)));
    }
}
