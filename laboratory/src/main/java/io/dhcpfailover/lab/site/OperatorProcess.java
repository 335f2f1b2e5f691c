package io.dhcpfailover.lab.site;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The operator that ships, in a process of its own, with the embedded API as its cluster. */
final class OperatorProcess implements Closeable {

    private static final long END_SECONDS = 5;

    private final Process process;

    private OperatorProcess(Process process) {
        this.process = process;
    }

    static OperatorProcess start(List<String> command, Path kubeconfig, String namespace, Loopback loopback, Path log)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("DHCP_FAILOVER_WATCHED_NAMESPACES", namespace);
        environment.put("DHCP_FAILOVER_NAMESPACE", namespace);
        environment.put("DHCP_FAILOVER_IDENTITY", "lab");
        environment.put("DHCP_FAILOVER_LEADER_ELECTION", "false");
        environment.put("DHCP_FAILOVER_NODE_IMAGE", "dhcp-node:lab");
        environment.put("MICRONAUT_SERVER_HOST", loopback.control().toString());
        environment.put("MICRONAUT_SERVER_PORT", "-1");
        return new OperatorProcess(builder.start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
