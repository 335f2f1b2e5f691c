package io.dhcpfailover.lab.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.lab.cluster.KubectlCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./lab --interactive} on a terminal, beside it {@code kubectl get dfr -w} with the kubeconfig that it prints. */
@Tag("program")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@EnabledOnOs(OS.LINUX)
@ExtendWith(KubectlCondition.class)
class PromptTest {

    private static final Pattern KUBECONFIG = Pattern.compile("export KUBECONFIG='([^']*)'");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder = Path.of("");

    private LabRun lab;
    private Process kubectl;
    private Path watched;

    /** A terminal, which script gives it; what is typed is echoed, as on any. */
    @BeforeEach
    void start() throws IOException {
        watched = folder.resolve("watched");
        lab = new LabRun(
                LabRun.PROJECT,
                Files.createDirectory(folder.resolve("a folder")),
                Map.of("TERM", "xterm"),
                List.of("script", "--quiet", "--return", "--command", "./lab --interactive", "/dev/null"));
        lab.awaitSaid(0, "lab> ");
        kubectl = watch();
    }

    @AfterEach
    void end() {
        kubectl.destroy();
        lab.close();
    }

    @Test
    void aPersonTriesThePairByHand() throws Exception {
        awaitWatched(0, "Normal/Normal");
        clientsAreServed();
        theLinkIsCut();
        aClientIsCutFromAServer();
        theModeIsSet();
        aServerIsKilledAndStarts();
        mistakesAreExplained();
        lab.type("quit");
        assertThat(lab.end()).as(lab.said()).isZero();
        lab.requireNothingLeft();
    }

    private Process watch() throws IOException {
        Matcher kubeconfig = KUBECONFIG.matcher(lab.said());
        assertThat(kubeconfig.find()).as(lab.said()).isTrue();
        ProcessBuilder builder = new ProcessBuilder("kubectl", "get", "dfr", "-w");
        builder.environment().put("KUBECONFIG", kubeconfig.group(1));
        return builder.redirectErrorStream(true)
                .redirectOutput(watched.toFile())
                .start();
    }

    private String watched() {
        try {
            return Files.readString(watched, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private void awaitWatched(int from, String text) {
        await("kubectl says " + text)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(watched().substring(from)).contains(text));
    }

    /** Types a command, and waits until it has said so. */
    private void type(String command, String... answers) throws IOException {
        int before = lab.said().length();
        lab.type(command);
        for (String answer : answers) {
            lab.awaitSaid(before, answer);
        }
        // Its own echo is the first line; the prompt is there again when all is said.
        lab.awaitSaid(lab.said().indexOf('\n', before), "lab> ");
    }

    private void clientsAreServed() throws IOException {
        type("client new 2", "client 1 (02:00:5e:00:00:01) has 192.0.2.", "client 2 (02:00:5e:00:00:02) has 192.0.2.");
        type("client renew 1", "client 1 (02:00:5e:00:00:01) has 192.0.2.");
        type("leases", "client 2 (", "dhcp1 knows ", "dhcp2 knows ");
        type("client release 2", "client 2 (02:00:5e:00:00:02) has no address");
        type("status", "SERVER", "scope office: ");
    }

    private void theLinkIsCut() throws IOException {
        int before = watched().length();
        type("partition", "cut: the link between dhcp1 and dhcp2");
        awaitWatched(before, "CommunicationsInterrupted/CommunicationsInterrupted");
        type("status", "cut: the link between dhcp1 and dhcp2");
        type("client renew 1", "client 1 (02:00:5e:00:00:01) has 192.0.2.");
        before = watched().length();
        type("heal", "nothing is cut");
        awaitWatched(before, "Normal/Normal");
    }

    private void aClientIsCutFromAServer() throws IOException {
        type("partition 1 dhcp1", "cut: client 1 from dhcp1");
        type("client renew 1", "client 1 (02:00:5e:00:00:01) has 192.0.2.", ".2, for ");
        type("heal", "nothing is cut");
    }

    private void theModeIsSet() throws IOException {
        int before = watched().length();
        type("set mode LoadBalance", "LoadBalance is set");
        awaitWatched(before, "LoadBalance");
        type("set percent 70", "LoadBalance is set");
        type("set percent 101", "Give a number from 0 to 100, not 101");
        type("set mode Both", "Unsupported value");
    }

    private void aServerIsKilledAndStarts() throws IOException {
        int before = watched().length();
        type("kill dhcp1", "dhcp1 is killed");
        awaitWatched(before, "/CommunicationsInterrupted");
        type("client new", "client 3 (02:00:5e:00:00:03) has 192.0.2.");
        before = watched().length();
        type("start dhcp1", "dhcp1 starts");
        awaitWatched(before, "Normal/Normal");
    }

    private void mistakesAreExplained() throws IOException {
        type("help", "client renew [NUMBER]", "help, quit");
        type("kill", "Say which server: dhcp1 or dhcp2");
        type("explode", "There is no command explode; help lists them.");
        assertThat(lab.said().lines().filter(line -> !line.contains("KUBECONFIG")))
                .allMatch(line -> line.length() < 80);
    }
}
