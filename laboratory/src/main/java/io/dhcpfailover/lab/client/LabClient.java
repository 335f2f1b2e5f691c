package io.dhcpfailover.lab.client;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.MacAddress;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client. It asks again and again, most each second, until it is answered; for its own address it first asks the server
 * that gave it, and where that is silent all of them.
 */
public final class LabClient {

    /** Locally administered addresses; the last octets are the client's number. */
    private static final long HARDWARE = 0x0200_5E00_0000L;

    /** Subnet mask, routers, DNS servers, domain name, lease time. */
    private static final byte[] WANTED = {1, 3, 6, 15, 51};

    private final Relay relay;
    private final String name;
    private final HardwareAddress hardware;
    private final Duration retry;
    private volatile @Nullable Lease lease;

    LabClient(Relay relay, int number, Duration retry) {
        this.relay = relay;
        this.retry = retry;
        this.name = "client " + number;
        this.hardware = HardwareAddress.of(new MacAddress(HARDWARE + number));
    }

    /** How it is called here. */
    public String name() {
        return name;
    }

    /** By which servers know it. */
    public String hardwareAddress() {
        return hardware.toString();
    }

    /** Its lease; null where it has none, or that has ended. */
    public @Nullable Lease lease() {
        Lease held = lease;
        return held != null && held.end().isAfter(Instant.now()) ? held : null;
    }

    /**
     * Gets an address, or prolongs the one that it has.
     *
     * @return its lease; null where nobody gave it one in that time
     */
    public synchronized @Nullable Lease ask(Duration patience) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(patience);
        Lease held = lease();
        Lease got = held == null ? null : renew(held, end);
        if (got == null && lease() == null) {
            got = discover(end);
        }
        return got;
    }

    private @Nullable Lease renew(Lease held, Instant end) throws IOException, InterruptedException {
        Instant begin = Instant.now();
        try (Relay.Question question = relay.question()) {
            for (int tries = 0; tries == 0 || Instant.now().isBefore(end); tries++) {
                Instant asked = Instant.now();
                question.send(
                        packet(question, begin, held.address(), options(MessageType.REQUEST)),
                        tries == 0 ? held.server() : null);
                DhcpPacket answer = answer(question, asked, end, MessageType.ACK, MessageType.NAK);
                if (answer != null && is(answer, MessageType.ACK)) {
                    return taken(Lease.of(answer, asked));
                }
                if (answer != null) {
                    lease = null;
                    return null;
                }
            }
        }
        return null;
    }

    private @Nullable Lease discover(Instant end) throws IOException, InterruptedException {
        Instant begin = Instant.now();
        try (Relay.Question question = relay.question()) {
            for (int tries = 0; tries == 0 || Instant.now().isBefore(end); tries++) {
                Instant asked = Instant.now();
                question.send(packet(question, begin, Ipv4Address.UNSPECIFIED, options(MessageType.DISCOVER)), null);
                DhcpPacket offer = answer(question, asked, end, MessageType.OFFER, MessageType.OFFER);
                Lease got = offer == null ? null : select(question, begin, offer, end);
                if (got != null) {
                    return got;
                }
            }
        }
        return null;
    }

    private @Nullable Lease select(Relay.Question question, Instant begin, DhcpPacket offer, Instant end)
            throws IOException, InterruptedException {
        Ipv4Address server =
                Objects.requireNonNullElse(offer.options().get(DhcpOption.SERVER_IDENTIFIER), Ipv4Address.UNSPECIFIED);
        Options.Builder options = options(MessageType.REQUEST)
                .put(DhcpOption.SERVER_IDENTIFIER, server)
                .put(DhcpOption.REQUESTED_ADDRESS, offer.yiaddr());
        Instant asked = Instant.now();
        question.send(packet(question, begin, Ipv4Address.UNSPECIFIED, options), null);
        DhcpPacket answer = answer(question, asked, end, MessageType.ACK, MessageType.NAK);
        return answer != null && is(answer, MessageType.ACK) ? taken(Lease.of(answer, asked)) : null;
    }

    /** Gives its address back. */
    public synchronized void release() throws IOException {
        Lease held = lease();
        if (held != null) {
            try (Relay.Question question = relay.question()) {
                question.send(
                        packet(
                                question,
                                Instant.now(),
                                held.address(),
                                options(MessageType.RELEASE).put(DhcpOption.SERVER_IDENTIFIER, held.server())),
                        held.server());
            }
            lease = null;
        }
    }

    /** Has nothing pass between it and a server any more. */
    void cutFrom(Ipv4Address server) {
        relay.cut(hardware, server);
    }

    private Lease taken(Lease got) {
        lease = got;
        return got;
    }

    private @Nullable DhcpPacket answer(
            Relay.Question question, Instant asked, Instant end, MessageType one, MessageType other)
            throws InterruptedException {
        Instant next = asked.plus(retry);
        Instant until = next.isBefore(end) ? next : end;
        while (true) {
            long wait = Math.max(1, Duration.between(Instant.now(), until).toMillis());
            DhcpPacket answer = question.answers().poll(wait, TimeUnit.MILLISECONDS);
            if (answer == null || is(answer, one) || is(answer, other)) {
                return answer;
            }
        }
    }

    private static boolean is(DhcpPacket packet, MessageType type) {
        return packet.options().get(DhcpOption.MESSAGE_TYPE) == type;
    }

    private static Options.Builder options(MessageType type) {
        return new Options.Builder().put(DhcpOption.MESSAGE_TYPE, type).put(DhcpOption.PARAMETER_REQUEST_LIST, WANTED);
    }

    private DhcpPacket packet(Relay.Question question, Instant begin, Ipv4Address own, Options.Builder options) {
        int seconds = (int) Duration.between(begin, Instant.now()).toSeconds();
        // Option 82 is the last one (RFC 3046, section 2.1).
        Options said = options.put(DhcpOption.RELAY_AGENT_INFORMATION.code(), relay.information())
                .build();
        return new DhcpPacket(
                DhcpPacket.Op.BOOTREQUEST,
                1,
                question.xid(),
                seconds,
                0,
                own,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                relay.address(),
                hardware,
                "",
                "",
                said);
    }
}
