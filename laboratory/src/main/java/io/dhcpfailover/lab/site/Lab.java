package io.dhcpfailover.lab.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.lab.client.Clients;
import io.dhcpfailover.lab.client.Relay;
import io.dhcpfailover.lab.host.LocalNodes;
import io.dhcpfailover.lab.host.Program;
import io.dhcpfailover.lab.kubernetes.Access;
import io.dhcpfailover.lab.kubernetes.ApiException;
import io.dhcpfailover.lab.kubernetes.EmbeddedApi;
import io.dhcpfailover.lab.link.PartnerLink;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Two nodes, an operator, an API, and clients behind a relay. Whatever was started is in {@link #close}, which may be called
 * in any thread, at any time, more than once.
 */
public final class Lab implements Closeable {

    /** Where all objects are. */
    public static final String NAMESPACE = "dhcp";

    /** The nodes, in the order of their addresses. */
    public static final List<String> NODES = List.of("node1", "node2");

    /** An address of the subnet of the example's scope. */
    private static final Ipv4Address SUBNET = Ipv4Address.parse("192.0.2.0");

    private static final int LOG_LINES = 15;

    private final LabFolder folder;
    private final Loopback loopback;
    private final Programs programs;
    private final Parts parts;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final PartnerLink link;
    private final EmbeddedApi api;
    private final Access access;
    private final LocalNodes nodes;
    private final Clients clients;
    private final OperatorProcess operator;

    /**
     * Starts everything but the manifests of a user.
     *
     * @throws LabException where that cannot be, with what to do; nothing is left then
     */
    public static Lab start(Programs programs) throws LabException {
        Parts parts = new Parts();
        // Ctrl-C, at any moment.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(parts)));
        try {
            return new Lab(programs, parts);
        } catch (IOException | ApiException | RuntimeException e) {
            end(parts);
            throw new LabException("The lab could not be set up: " + e.getMessage(), e);
        } catch (LabException e) {
            end(parts);
            throw e;
        }
    }

    private Lab(Programs programs, Parts parts) throws IOException, ApiException, LabException {
        this.programs = programs;
        this.parts = parts;
        folder = parts.start(LabFolder::create);
        Path temporary = Files.createDirectory(folder.path().resolve("tmp"));
        List<String> server = programs.server(temporary);
        List<String> manager = programs.operator(temporary);
        loopback = Loopback.find();
        List<Ipv4Address> servers = List.of(loopback.server(1), loopback.server(2));
        link = parts.start(() -> PartnerLink.open(servers, loopback.linkPort(), loopback.failoverPort()));
        Relay relay = parts.start(() -> Relay.open(loopback.relay(), SUBNET, loopback.serverPort(), servers));
        clients = parts.start(() -> new Clients(relay));
        InetAddress control = InetAddress.getByName(loopback.control().toString());
        api = parts.start(() -> EmbeddedApi.start(control, new LabAdmission(loopback.failoverPort())));
        access = api.access();
        ObjectNode namespace =
                new ObjectMapper().createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
        namespace.putObject("metadata").put("name", NAMESPACE);
        access.create("", namespace);
        Files.writeString(kubeconfig(), api.kubeconfig(NAMESPACE));
        Program program = new Program(server, List.of("--loopback-ports", loopback.ports()));
        nodes = parts.start(() -> LocalNodes.start(
                access,
                Map.of(
                        NODES.get(0), loopback.server(1).toString(),
                        NODES.get(1), loopback.server(2).toString()),
                folder.path(),
                program,
                problems::add));
        operator = parts.start(() -> OperatorProcess.start(
                manager, kubeconfig(), NAMESPACE, loopback, folder.path().resolve("operator.log")));
    }

    /** Applies the manifests of a folder. */
    public void apply(Path manifests) throws LabException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        try (Stream<Path> files = Files.list(manifests)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                try (MappingIterator<JsonNode> documents =
                        yaml.readerFor(JsonNode.class).readValues(file.toFile())) {
                    for (JsonNode document : documents.readAll()) {
                        access.apply(NAMESPACE, (ObjectNode) document);
                    }
                }
            }
        } catch (IOException | ApiException e) {
            throw new LabException("The manifests in " + manifests + " could not be applied: " + e.getMessage(), e);
        }
    }

    /** Applies the manifests of the example. */
    public void applyExample() throws LabException {
        apply(programs.examples());
    }

    /** The API. */
    public Access api() {
        return access;
    }

    /** The nodes. */
    public LocalNodes nodes() {
        return nodes;
    }

    /** What is between both servers. */
    public PartnerLink link() {
        return link;
    }

    /** The clients. */
    public Clients clients() {
        return clients;
    }

    /** Whether the operator runs; it ends by itself only where it cannot. */
    public boolean hasOperator() {
        return operator.isAlive();
    }

    /** Whether somebody has told it to end: what fails then fails for that. */
    public boolean isEnding() {
        return parts.isClosed();
    }

    /** Where a server is, by the number of its node, from 1. */
    public Ipv4Address server(int number) {
        return loopback.server(number);
    }

    /** What kubectl needs. */
    public Path kubeconfig() {
        return folder.path().resolve("kubeconfig");
    }

    /** The folder of all files. */
    public Path folder() {
        return folder.path();
    }

    /** Leaves the folder where it is, for a look at logs. */
    public void keepFolder() {
        folder.keep();
    }

    /** What could tell why something did not come: what the nodes could not do, and the last lines of all logs. */
    public String logs() {
        List<String> said =
                new ArrayList<>(problems.stream().distinct().limit(5).toList());
        said.add("operator:\n" + LabFolder.tail(folder.path().resolve("operator.log"), LOG_LINES));
        for (int i = 0; i < NODES.size(); i++) {
            said.add(
                    NODES.get(i) + ":\n" + LabFolder.tail(nodes.log(NODES.get(i), "dhcp" + (i + 1) + "-0"), LOG_LINES));
        }
        return String.join("\n\n", said);
    }

    private static void end(Parts parts) {
        try {
            parts.close();
        } catch (IOException e) {
            System.err.println("The lab could not end in order: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        end(parts);
    }
}
