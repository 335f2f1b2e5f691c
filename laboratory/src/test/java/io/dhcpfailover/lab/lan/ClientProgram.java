package io.dhcpfailover.lab.lan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A DHCP client of Debian, in the foreground, with all of its files in a folder. It asks every second or two. */
public enum ClientProgram {
    /** Of BusyBox. */
    UDHCPC {
        @Override
        List<String> command(Path folder, String link, String script) {
            return List.of("busybox", "udhcpc", "-f", "-i", link, "-s", script, "-t", "3", "-T", "1", "-A", "1");
        }
    },

    /** Of ISC. */
    DHCLIENT {
        @Override
        List<String> command(Path folder, String link, String script) throws IOException {
            Path configuration = folder.resolve("dhclient.conf");
            Files.writeString(
                    configuration,
                    "request subnet-mask, routers; timeout 60; reboot 5; retry 1; initial-interval 1; backoff-cutoff 2;\n");
            return List.of(
                    "dhclient",
                    "-4",
                    "-d",
                    "-sf",
                    script,
                    "-cf",
                    configuration.toString(),
                    "-lf",
                    folder.resolve("leases").toString(),
                    "-pf",
                    folder.resolve("pid").toString(),
                    link);
        }
    },

    /** Of Roy Marples. Its folders are built in, so others are mounted in their place, which it alone sees. */
    DHCPCD {
        @Override
        List<String> command(Path folder, String link, String script) throws IOException {
            Path database = Files.createDirectories(folder.resolve("database"));
            Path configuration = folder.resolve("dhcpcd.conf");
            Files.writeString(
                    configuration,
                    "duid\nnodev\nnoipv4ll\nnoarp\nscript " + script
                            + "\noption subnet_mask, routers\nrequire dhcp_server_identifier\ntimeout 0\nreboot 5\n");
            return List.of(
                    "unshare",
                    "--mount",
                    "sh",
                    "-c",
                    "mount -t tmpfs tmpfs /run && mount --bind \"$1\" /var/lib/dhcpcd && exec dhcpcd -4 -B -d -f \"$2\" \"$3\"",
                    "sh",
                    database.toString(),
                    configuration.toString(),
                    link);
        }
    };

    /**
     * The command that gets an address and keeps it.
     *
     * @param folder its own
     * @param link the interface that it configures
     * @param script what it runs at each event
     */
    abstract List<String> command(Path folder, String link, String script) throws IOException;
}
