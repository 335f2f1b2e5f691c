package io.dhcpfailover.node.manage.clients;

import io.dhcpfailover.api.value.Ipv4Address;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A DHCP client of Debian, in the foreground, with all of its files in a folder. Each looks for other users of an
 * address before it takes it, and tells the server if there is one.
 */
enum ClientProgram {
    /** Of BusyBox. It keeps no file of leases: after a reboot, what is left is to ask for the address by {@code -r}. */
    UDHCPC {
        @Override
        List<String> command(Path folder, int leaseSeconds, @Nullable Ipv4Address before) throws IOException {
            List<String> command = new ArrayList<>(List.of("busybox", "udhcpc", "-f", "-i", "eth0", "-a"));
            command.addAll(List.of("-s", script(folder, "udhcpc.sh")));
            // Twenty discovers, two seconds between them, and as much after a conflict.
            command.addAll(List.of("-t", "20", "-T", "2", "-A", "2"));
            if (leaseSeconds > 0) {
                command.addAll(List.of("-x", "lease:" + leaseSeconds));
            }
            if (before != null) {
                command.addAll(List.of("-r", before.toString()));
            }
            return command;
        }

        @Override
        List<String> release(Path folder, long pid) {
            return List.of("kill", "-USR2", Long.toString(pid));
        }
    },

    /**
     * Of ISC. It looks for no other user itself: its script may, and says so by its exit status (dhclient-script(8)).
     * Debian's does not, unless an enter hook is installed that does.
     */
    DHCLIENT {
        @Override
        List<String> command(Path folder, int leaseSeconds, @Nullable Ipv4Address before) throws IOException {
            Files.writeString(
                    folder.resolve("dhclient.conf"),
                    "request subnet-mask, routers; timeout 60; reboot 20; retry 2; initial-interval 1; backoff-cutoff 2;\n"
                            + (leaseSeconds > 0 ? "send dhcp-lease-time " + leaseSeconds + ";\n" : ""));
            return dhclient(folder, "-d");
        }

        @Override
        List<String> release(Path folder, long pid) throws IOException {
            return dhclient(folder, "-r");
        }

        private List<String> dhclient(Path folder, String mode) throws IOException {
            List<String> command = new ArrayList<>(List.of("dhclient", "-4", mode));
            command.addAll(List.of("-sf", script(folder, "dhclient.sh")));
            command.addAll(List.of("-cf", folder.resolve("dhclient.conf").toString()));
            command.addAll(List.of("-lf", folder.resolve("leases").toString()));
            command.addAll(List.of("-pf", folder.resolve("pid").toString(), "eth0"));
            return command;
        }
    },

    /** As Debian configures it, with a DUID for its identifier (RFC 4361). Its folders cannot be named: they are hidden. */
    DHCPCD {
        @Override
        List<String> command(Path folder, int leaseSeconds, @Nullable Ipv4Address before) throws IOException {
            Path database = Files.createDirectories(folder.resolve("database"));
            Path configuration = folder.resolve("dhcpcd.conf");
            Files.writeString(configuration, """
                    duid
                    nodev
                    noipv4ll
                    script /bin/true
                    option subnet_mask, routers
                    require dhcp_server_identifier
                    timeout 0
                    reboot 20
                    """ + (leaseSeconds > 0 ? "leasetime " + leaseSeconds + "\n" : ""));
            return List.of(script(folder, "dhcpcd.sh"), database.toString(), configuration.toString());
        }

        @Override
        List<String> release(Path folder, long pid) {
            return List.of("kill", "-ALRM", Long.toString(pid));
        }
    };

    /**
     * The command that gets an address and keeps it.
     *
     * @param folder its own
     * @param leaseSeconds the lease that it asks for; 0 where it leaves that to the server
     * @param before the address that it had; null where it had none
     */
    abstract List<String> command(Path folder, int leaseSeconds, @Nullable Ipv4Address before) throws IOException;

    /** The command by which the one that runs under this number gives its address back. */
    abstract List<String> release(Path folder, long pid) throws IOException;

    private static String script(Path folder, String name) throws IOException {
        Path script = folder.resolve(name);
        if (!Files.exists(script)) {
            try (InputStream resource = Objects.requireNonNull(ClientProgram.class.getResourceAsStream(name))) {
                Files.copy(resource, script);
            }
            if (!script.toFile().setExecutable(true)) {
                throw new IOException(script + " cannot be made executable");
            }
        }
        return script.toString();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
