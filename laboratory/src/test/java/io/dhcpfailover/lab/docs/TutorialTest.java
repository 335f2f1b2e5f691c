package io.dhcpfailover.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dhcpfailover.lab.client.LabClient;
import io.dhcpfailover.lab.client.Lease;
import io.dhcpfailover.lab.cluster.KubectlCondition;
import io.dhcpfailover.lab.site.Lab;
import io.dhcpfailover.lab.site.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tutorial, step by step: each of its commands as it stands there, with the real kubectl, operator and servers, on the API
 * of the lab; and what the page shows is what is printed, but for times.
 */
@Tag("program")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@EnabledOnOs(OS.LINUX)
@ExtendWith(KubectlCondition.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TutorialTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path SERVER = PROJECT.resolve("dhcp-node/target/dhcp-node.jar");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Page page;
    private Lab lab;
    private Shell shell;
    private List<LabClient> clients = List.of();

    TutorialTest() throws IOException {
        page = Page.read(PROJECT.resolve("docs/tutorial.md"));
    }

    @BeforeAll
    void start() throws Exception {
        lab = Lab.start(new Programs(PROJECT));
        shell = new Shell(lab.kubeconfig());
    }

    @AfterAll
    void end() {
        lab.close();
    }

    private List<Command> commands(String section) {
        List<Command> commands = page.blocks(section).stream()
                .flatMap(block -> Command.of(block).stream())
                .toList();
        assertThat(commands).as(section).isNotEmpty();
        return commands;
    }

    /** Each command in turn; what is only looked at is looked at until it is as shown. */
    private void follow(List<Command> commands) throws Exception {
        for (Command command : commands) {
            if (command.text().startsWith("kubectl get ")) {
                shell.runUntilShown(command);
            } else {
                shell.run(command);
            }
        }
    }

    @Test
    @Order(1)
    void twoServers() throws Exception {
        follow(commands("1-two-servers"));
    }

    @Test
    @Order(2)
    void aRelationshipAndAScope() throws Exception {
        follow(commands("2-a-relationship-and-a-scope"));
    }

    @Test
    @Order(3)
    void aClient() throws Exception {
        clients = lab.clients().arrive(1, PATIENCE);
        Lease lease = Objects.requireNonNull(clients.getFirst().lease());
        assertThat(lease.server()).as("the active server, as the page says").isEqualTo(lab.server(1));
        assertThat(lease.duration()).isEqualTo(Duration.ofSeconds(10));
        follow(commands("3-a-client"));
        lab.clients().ask(clients, PATIENCE);
        assertThat(Objects.requireNonNull(clients.getFirst().lease()).duration())
                .isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    @Order(4)
    void theActiveServerDies() throws Exception {
        Command watch = watch("4-the-active-server-dies");
        try (Shell.Running running = shell.begin(watch)) {
            running.awaitPrinted(watch.shown().subList(0, 2));
            lab.nodes().powerOff("node1");
            lab.clients().ask(clients, PATIENCE);
            LabClient late = lab.clients().add();
            Lease lease = Objects.requireNonNull(lab.clients().ask(late, PATIENCE));
            assertThat(lease.server()).isEqualTo(lab.server(2));
            running.awaitPrinted(watch.shown());
        }
    }

    @Test
    @Order(5)
    void itComesBack() throws Exception {
        Command watch = watch("5-it-comes-back");
        try (Shell.Running running = shell.begin(watch)) {
            running.awaitPrinted(watch.shown().subList(0, 1));
            lab.nodes().powerOn("node1");
            running.awaitPrinted(watch.shown());
        }
        assertThat(lab.clients().lost()).isEmpty();
    }

    private Command watch(String section) {
        return commands(section).stream().filter(Command::isWatch).findFirst().orElseThrow();
    }

    @Test
    @Order(6)
    void loadBalance() throws Exception {
        follow(commands("6-load-balance-live"));
    }

    @Test
    @Order(7)
    void aScopeIsChanged() throws Exception {
        follow(commands("7-change-a-scope"));
    }

    /** The commands of other pages that need no more than a pair. */
    @TestFactory
    @Order(8)
    Stream<DynamicTest> otherPages() throws IOException {
        return listed("pair")
                .map(text -> DynamicTest.dynamicTest(
                        text, () -> shell.run(new Command(text.replace("NAME", "office"), List.of()))));
    }

    /** The commands of a server, with the leases of the first one here. */
    @TestFactory
    @Order(9)
    Stream<DynamicTest> theLeasesOfAServer() throws IOException {
        Lease lease = Objects.requireNonNull(clients.getFirst().lease());
        Path leases = lab.folder().resolve("node1/disk/var/lib/dhcpfailover/dhcp/dhcp1");
        return listed("leases")
                .map(text -> DynamicTest.dynamicTest(
                        text,
                        () -> shell.run(new Command(
                                text.replaceFirst(
                                                "^(dhcp-node|java -jar dhcp-node.jar) ",
                                                "'" + JAVA + "' -jar '" + SERVER + "' ")
                                        .replace("DIR", "'" + leases + "'")
                                        .replace("CLIENT", clients.getFirst().hardwareAddress())
                                        .replace("--address A", "--address " + lease.address())
                                        .replace("TIME", Instant.now().toString()),
                                List.of()))));
    }

    private static Stream<String> listed(String way) throws IOException {
        return StreamSupport.stream(CommandsTest.list().path(way).spliterator(), false)
                .map(JsonNode::asText);
    }

    @Test
    @Order(10)
    void everythingIsRemoved() throws Exception {
        follow(commands("8-clean-up"));
    }
}
