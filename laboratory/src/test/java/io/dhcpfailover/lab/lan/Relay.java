package io.dhcpfailover.lab.lan;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** ISC's dhcrelay between branch and LAN, until it is closed. */
public final class Relay implements AutoCloseable {

    private final Process process;

    private Relay(Process process) {
        this.process = process;
    }

    /** Starts it, to send what clients of the branch say to each of these servers. */
    public static Relay start(Lan lan, List<String> servers) throws IOException {
        List<String> command = new ArrayList<>(List.of("dhcrelay", "-4", "-d", "--no-pid"));
        command.addAll(List.of("-id", lan.relayDownstream(), "-iu", lan.relayUpstream()));
        command.addAll(servers);
        return new Relay(new ProcessBuilder(lan.command(lan.relay(), command))
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile("dhcrelay", ".log").toFile())
                .start());
    }

    @Override
    public void close() {
        Ending.end(process);
    }
}
