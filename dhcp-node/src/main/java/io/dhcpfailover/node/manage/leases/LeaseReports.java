package io.dhcpfailover.node.manage.leases;

import io.dhcpfailover.api.node.ClientExplanation;
import io.dhcpfailover.api.node.Lease;
import io.dhcpfailover.api.node.LeaseHistory;
import io.dhcpfailover.api.node.LeaseState;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Explanation;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingView;
import io.dhcpfailover.node.lease.PastLease;
import io.dhcpfailover.node.manage.history.ClientText;
import io.dhcpfailover.node.manage.history.HistoryLine;
import io.dhcpfailover.node.scope.ScopeTable;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the API says of leases. */
public final class LeaseReports {

    private static final HexFormat HEX = HexFormat.of();

    private LeaseReports() {}

    /** A lease, in one of these scopes or in none. */
    public static Lease lease(BindingView binding, ScopeTable scopes) {
        ServedScope scope = scopes.ofAddress(binding.address());
        HardwareAddress hardware = binding.hardware();
        byte[] name = binding.details().value(DhcpOption.HOST_NAME.code());
        byte[] information = binding.details().value(DhcpOption.RELAY_AGENT_INFORMATION.code());
        return new Lease(
                binding.address(),
                state(binding.state()),
                scope == null ? null : scope.name(),
                text(binding.client()),
                binding.identified(),
                hardware == null || hardware.length() == 0 ? null : hardware.toString(),
                name == null ? null : ClientText.escaped(name),
                information == null ? null : HEX.formatHex(information),
                time(binding.start()),
                time(binding.end()),
                time(binding.lastTransaction()),
                time(binding.since()),
                text(binding.offeredTo()),
                binding.pending(),
                binding.history().stream().map(LeaseReports::past).toList());
    }

    private static Lease.Past past(PastLease past) {
        return new Lease.Past(past.client().toString(), time(past.start()), time(past.end()));
    }

    private static LeaseState state(BindingState state) {
        return switch (state) {
            case FREE -> LeaseState.FREE;
            case ACTIVE -> LeaseState.ACTIVE;
            case EXPIRED -> LeaseState.EXPIRED;
            case RELEASED -> LeaseState.RELEASED;
            case ABANDONED -> LeaseState.ABANDONED;
            case RESET -> LeaseState.RESET;
            case BACKUP -> LeaseState.BACKUP;
        };
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable Instant time(long seconds) {
        return seconds == 0 || seconds == Binding.UNLIMITED ? null : Instant.ofEpochSecond(seconds);
    }

    /** An event of the history. */
    public static LeaseHistory.Entry entry(HistoryLine line) {
        String end = line.get(HistoryLine.END);
        return new LeaseHistory.Entry(
                line.time(),
                Objects.requireNonNullElse(line.get(HistoryLine.SERVER), ""),
                Objects.requireNonNullElse(line.get(HistoryLine.ACTION), ""),
                Ipv4Address.parse(Objects.requireNonNull(line.get(HistoryLine.ADDRESS))),
                line.get(HistoryLine.SCOPE),
                line.get(HistoryLine.CLIENT),
                line.get(HistoryLine.HARDWARE),
                line.get(HistoryLine.HOST_NAME),
                line.get(HistoryLine.RELAY),
                line.get(HistoryLine.RELAY_AGENT_INFORMATION),
                end == null || end.equals(HistoryLine.UNLIMITED) ? null : Instant.parse(end));
    }

    /** What a client would get in a scope. */
    static ClientExplanation.Place place(Explanation said) {
        DhcpPacket offer = said.offer();
        return new ClientExplanation.Place(
                said.scope(),
                offer != null,
                said.outcome().name(),
                offer == null || offer.yiaddr().equals(Ipv4Address.UNSPECIFIED) ? null : offer.yiaddr(),
                seconds(offer),
                said.leased(),
                said.renewal() == null ? null : said.renewal().name(),
                seconds(said.acknowledgement()),
                offer == null ? List.of() : options(offer),
                said.sharing() == null ? null : sharing(said.sharing()),
                said.reasons());
    }

    private static @Nullable Long seconds(@Nullable DhcpPacket answer) {
        return answer == null ? null : answer.options().get(DhcpOption.LEASE_TIME);
    }

    private static List<ClientExplanation.Option> options(DhcpPacket answer) {
        List<ClientExplanation.Option> options = new ArrayList<>();
        for (int i = 0; i < answer.options().size(); i++) {
            int code = answer.options().code(i);
            byte[] octets = answer.options().octets(code);
            if (octets != null) {
                options.add(new ClientExplanation.Option(code, HEX.formatHex(octets)));
            }
        }
        return options;
    }

    private static ClientExplanation.Sharing sharing(Explanation.Sharing sharing) {
        return new ClientExplanation.Sharing(
                sharing.relationship(),
                sharing.mode(),
                sharing.self(),
                sharing.state().shown(),
                sharing.partner() == null ? null : sharing.partner().shown(),
                sharing.bucket(),
                sharing.server(),
                sharing.mclt());
    }
}
