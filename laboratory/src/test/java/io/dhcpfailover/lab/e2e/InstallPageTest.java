package io.dhcpfailover.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.lab.cluster.Cluster;
import io.dhcpfailover.lab.cluster.ClusterExtension;
import io.dhcpfailover.lab.docs.Command;
import io.dhcpfailover.lab.docs.Page;
import io.dhcpfailover.lab.lan.Lan;
import io.dhcpfailover.lab.lan.LanExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page about the installation, and the README's four commands: as they stand there, with the images of this build, and the
 * example with the names of this cluster's nodes. Then everything is removed as the page says.
 */
@Timeout(600)
@ExtendWith({ClusterExtension.class, LanExtension.class})
class InstallPageTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(60));

    /** Commands of other pages that need servers in pods. */
    private static final List<String> RUNNING = List.of(
            "kubectl exec dhcp1-0 -- java -cp @/app/jib-classpath-file io.dhcpfailover.node.manage.Main leases --state /var/lib/dhcpfailover",
            "kubectl exec dhcp2-0 -- java -cp @/app/jib-classpath-file io.dhcpfailover.node.manage.Main partner-down --help",
            "kubectl logs dhcp1-0",
            "kubectl -n dhcp-failover get pods");

    @TempDir
    private Path folder = Path.of("");

    private final Cluster cluster;
    private final Lan lan;

    InstallPageTest(Cluster cluster, Lan lan) {
        this.cluster = cluster;
        this.lan = lan;
    }

    @Test
    void whatThePageSaysInstallsAPairAndRemovesIt() throws IOException, InterruptedException {
        Page page = Page.read(PROJECT.resolve("docs/install.md"));
        List<Command> install = commands(page, "installation");
        assertThat(commands(Page.read(PROJECT.resolve("README.md")), "on-a-cluster"))
                .isEqualTo(install);
        List<Command> remove = commands(page, "uninstall");
        cluster.removeApi();
        try {
            for (Command command : install) {
                run(command.text());
            }
            await("a pair")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(state()).isEqualTo("Normal/Normal"));
            for (String command : RUNNING) {
                run(command);
            }
        } finally {
            for (Command command : remove) {
                run(command.text());
            }
            cluster.installApi();
        }
    }

    private static List<Command> commands(Page page, String section) {
        return page.blocks(section).stream()
                .flatMap(block -> Command.of(block).stream())
                .toList();
    }

    private String state() {
        DhcpFailoverRelationship relationship = cluster.client()
                .resources(DhcpFailoverRelationship.class)
                .inNamespace("dhcp")
                .withName("dhcp2-dhcp1")
                .get();
        return relationship == null || relationship.getStatus() == null
                ? ""
                : String.valueOf(relationship.getStatus().state());
    }

    private void run(String command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(Arrays.asList(command.split(" ", -1)));
        String program = words.removeFirst();
        if (program.equals("kubectl")) {
            words.replaceAll(word ->
                    word.equals("examples/first-pair") ? ofThisCluster(word).toString() : word);
            if (RUNNING.contains(command) && !words.contains("-n")) {
                words.addFirst("--namespace=dhcp");
            }
            cluster.kubectl(words.toArray(String[]::new));
        } else {
            assertThat(program).isEqualTo("helm");
            helm(words);
        }
    }

    /** Helm is there as a library. */
    private void helm(List<String> words) {
        assertThat(words.get(words.size() - 2)).isEqualTo("--namespace");
        String namespace = words.getLast();
        switch (words.getFirst()) {
            case "install" ->
                new Helm(PROJECT.resolve(words.get(2)))
                        .install()
                        .withName(words.get(1))
                        .withNamespace(namespace)
                        .withKubeConfig(cluster.kubeconfig())
                        .call();
            case "uninstall" ->
                Helm.uninstall(words.get(1))
                        .withNamespace(namespace)
                        .withKubeConfig(cluster.kubeconfig())
                        .call();
            default -> throw new AssertionError("helm " + words);
        }
    }

    /** The folder of the example with this cluster's nodes, as a user has put them in. */
    private Path ofThisCluster(String example) {
        try (Stream<Path> files = Files.list(PROJECT.resolve(example))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                Files.writeString(
                        folder.resolve(file.getFileName()),
                        Files.readString(file)
                                .replace("node1", lan.nodes().get(0))
                                .replace("node2", lan.nodes().get(1)));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
