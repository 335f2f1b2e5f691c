package io.dhcpfailover.node.manage;

import io.dhcpfailover.api.node.NodeApi;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Does something to one lease of a server that runs. */
abstract sealed class LeaseActionCommand implements Callable<Integer> {

    @Option(names = "--state", paramLabel = "DIR", required = true, description = "the folder of leases")
    private @Nullable Path state;

    @Parameters(paramLabel = "ADDRESS", description = "of which lease")
    private @Nullable String address;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    private final String operation;
    private final String done;

    private LeaseActionCommand(String operation, String done) {
        this.operation = operation;
        this.done = done;
    }

    @Override
    public Integer call() {
        return ReviewOptions.run(spec, out -> {
            String which = Objects.requireNonNull(address);
            new ServerQuery(Objects.requireNonNull(state)).post(operation.replace("{address}", which));
            out.println(which + done);
        });
    }

    /** Takes an address from its client. */
    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = {
                "Takes a leased address from its client, agreed with the partner.",
                "The client hears of it when it wants to prolong its lease, and may use the address until then."
            })
    static final class Release extends LeaseActionCommand {

        Release() {
            super(NodeApi.LEASE_RELEASE, ": the lease is released");
        }
    }

    /** Says that an address is in order again. */
    @Command(
            name = "reset",
            mixinStandardHelpOptions = true,
            description = "Makes an abandoned address free again, agreed with the partner: nobody uses it any more.")
    static final class Reset extends LeaseActionCommand {

        Reset() {
            super(NodeApi.LEASE_RESET, ": the address is free again");
        }
    }
}
