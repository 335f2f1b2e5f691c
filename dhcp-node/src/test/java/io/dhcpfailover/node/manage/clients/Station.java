package io.dhcpfailover.node.manage.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.network.testing.Host;
import io.dhcpfailover.node.network.testing.Namespaces;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A machine with a DHCP client. */
final class Station {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final Place place;
    final ClientProgram program;
    final Story story;
    private final Namespaces namespaces;
    private final Host machine;
    private final HardwareAddress hardware;
    private final Wire wire;
    private final Path folder;
    private @Nullable Process process;
    private @Nullable Ipv4Address address;
    private int forgotten;

    Station(Namespaces namespaces, Place place, ClientProgram program, Story story, Wire wire, Path folder)
            throws IOException {
        this.namespaces = namespaces;
        this.place = place;
        this.program = program;
        this.story = story;
        this.wire = wire;
        this.folder = Files.createDirectories(folder);
        machine = namespaces.addClient(place.bridge);
        hardware = HardwareAddress.of(namespaces.mac(machine, "eth0"));
    }

    /** Starts the client, which finds what it kept in its folder. */
    void start() throws IOException {
        List<String> command = program.command(folder, story.leaseSeconds(), address);
        process = namespaces.start(machine, log(), command.toArray(String[]::new));
    }

    /** Waits until the interface has the address that the server granted last; from then on, that is its address. */
    Ipv4Address awaitAddress() {
        return await(this + ", until its interface has the address that it was granted")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(this::configured, granted -> {
                    address = granted;
                    return granted != null;
                });
    }

    private @Nullable Ipv4Address configured() throws IOException {
        if (heard().stream().noneMatch(message -> message.kind() == Kind.ACK)) {
            return null;
        }
        Ipv4Address granted = lastAck().packet().yiaddr();
        String addresses = namespaces.exec(machine, "ip", "-4", "-o", "address", "show", "dev", "eth0");
        return addresses.contains(" " + granted + "/24 ") ? granted : null;
    }

    /** What it was granted last. */
    Message lastAck() throws IOException {
        return heard().stream()
                .filter(message -> message.kind() == Kind.ACK)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    /** The address that it had when it was last waited for. */
    Ipv4Address address() {
        if (address == null) {
            throw new AssertionError(this + " has never had an address");
        }
        return address;
    }

    /** Loses its power: nothing is left but what is in its folder. */
    void crash() throws IOException, InterruptedException {
        Process running = running();
        running.descendants().forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
        assertThat(running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        namespaces.ip(machine, "address flush dev eth0");
        forgotten = heard().size();
    }

    /** Tells the client to give its address back. */
    void release() throws IOException {
        forgotten = heard().size();
        namespaces.exec(machine, program.release(folder, running().pid()).toArray(String[]::new));
    }

    /** Makes it take a machine that answers nobody for its router. */
    void misleadTo(String mac) throws IOException {
        namespaces.ip(machine, "neighbor replace " + place.router() + " lladdr " + mac + " dev eth0 nud permanent");
    }

    private Process running() {
        if (process == null) {
            throw new AssertionError(this + " was never started");
        }
        return process;
    }

    /** What it said and was told on its link, since it crashed or left. */
    List<Message> conversation() throws IOException {
        List<Message> heard = heard();
        return heard.subList(forgotten, heard.size());
    }

    private List<Message> heard() throws IOException {
        return wire.said().stream()
                .filter(message -> message.packet().chaddr().equals(hardware))
                .toList();
    }

    /**
     * Waits until the conversation begins with the first of these and has the others in this order. Between them may be
     * what a slow machine makes client and server repeat, but no refusal and nothing that the standard does not know.
     */
    List<Message> awaitConversation(Kind... kinds) {
        AtomicReference<List<Message>> said = new AtomicReference<>(List.of());
        await(toString()).atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            said.set(conversation());
            assertThat(said.get())
                    .as(() -> this + ": " + evidence())
                    .extracting(Message::kind)
                    .startsWith(kinds[0])
                    .containsSubsequence(kinds)
                    .doesNotContain(Kind.NAK, Kind.OTHER);
        });
        return said.get();
    }

    /** Everything that may say why it does not do what it should. */
    private String evidence() {
        try {
            StringBuilder text = new StringBuilder("what was said:\n");
            heard().forEach(message -> text.append(message).append('\n'));
            return text.append("its log:\n").append(Files.readString(log())).toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    @Override
    public String toString() {
        return program + (place == Place.DIRECT ? "" : " behind a relay");
    }
}
