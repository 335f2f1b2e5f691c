package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.BindingVersion;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.message.Message.Connect;
import io.dhcpfailover.node.failover.message.Message.ConnectAck;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.Options;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Messages that can be sent in a dialect. */
final class RandomMessages {

    private static final int[] CLIENT_OPTIONS = {12, 60, 81, 82};

    private final RandomGenerator random;
    private final Dialect dialect;

    RandomMessages(RandomGenerator random, Dialect dialect) {
        this.random = random;
        this.dialect = dialect;
    }

    Message message() {
        Header header = new Header(uint32(), uint32());
        return switch (pick(MessageType.values())) {
            case POOLREQ -> new Message.PoolRequest(header);
            case POOLRESP -> new Message.PoolResponse(header, uint32());
            case BNDUPD -> updates(header);
            case BNDACK ->
                new Message.BindingAcknowledgement(
                        header,
                        IntStream.rangeClosed(0, random.nextInt(dialect == Dialect.NATIVE ? 30 : 6))
                                .mapToObj(_ -> answer())
                                .toList());
            case CONNECT ->
                new Connect(
                        header,
                        name(),
                        parameters(),
                        extended() ? Extension.VENDOR_CLASS : text(),
                        random.nextInt(3),
                        random.nextLong(1, Ranges.UINT32_MAX + 1),
                        octets(32),
                        dialect == Dialect.NATIVE ? extension() : null);
            case CONNECTACK -> connectAck(header);
            case UPDREQALL -> new Message.UpdateRequestAll(header);
            case UPDDONE -> new Message.UpdateDone(header);
            case UPDREQ -> new Message.UpdateRequest(header);
            case STATE ->
                new Message.State(
                        header,
                        state(),
                        random.nextBoolean(),
                        uint32(),
                        dialect == Dialect.NATIVE && random.nextBoolean() ? terms() : null);
            case CONTACT -> new Message.Contact(header);
            case DISCONNECT -> new Message.Disconnect(header, reason(), perhapsText());
        };
    }

    private boolean extended() {
        return dialect == Dialect.NATIVE;
    }

    private Message updates(Header header) {
        List<BindingUpdate> updates = IntStream.rangeClosed(0, random.nextInt(dialect.sentUpdatesMax()))
                .mapToObj(_ -> update())
                .toList();
        return new Message.BindingUpdates(header, updates.subList(0, MessageEncoder.fitting(updates, dialect)));
    }

    private ConnectAck connectAck(Header header) {
        String vendorClass = extended() ? Extension.VENDOR_CLASS : text();
        Integer tls = random.nextBoolean() ? random.nextInt(2) : null;
        Extension extension = extended() ? extension() : null;
        if (random.nextBoolean()) {
            return ConnectAck.accept(header, name(), parameters(), vendorClass, tls, extension);
        }
        return new ConnectAck(
                header,
                random.nextBoolean() ? name() : "",
                random.nextBoolean() ? parameters() : null,
                vendorClass,
                tls,
                reason(),
                perhapsText(),
                extension);
    }

    BindingUpdate update() {
        BindingState status = pick(BindingState.values());
        boolean client = status != BindingState.ABANDONED;
        boolean hardware = BindingUpdate.needsHardwareAddress(status) || random.nextBoolean();
        return new BindingUpdate(
                address(),
                status,
                random.nextBoolean(),
                random.nextBoolean(),
                client && random.nextBoolean() ? octets(random.nextInt(256)) : null,
                client && hardware ? HardwareAddress.of(random.nextInt(256), array(random.nextInt(17))) : null,
                uint32(),
                uint32(),
                uint32(),
                uint32(),
                client && dialect == Dialect.NATIVE ? clientOptions() : Options.NONE,
                dialect == Dialect.NATIVE && random.nextBoolean()
                        ? new BindingVersion(
                                random.nextLong(BindingVersion.NUMBER_MAX), random.nextLong(BindingVersion.NUMBER_MAX))
                        : null);
    }

    private Terms terms() {
        List<Ipv4Address> scopes = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            scopes.add(address());
        }
        return new Terms(
                random.nextLong(BindingVersion.NUMBER_MAX),
                random.nextLong(BindingVersion.NUMBER_MAX),
                Math.max(1, uint32()),
                random.nextBoolean(),
                scopes);
    }

    private Options clientOptions() {
        Options.Builder options = new Options.Builder();
        for (int code : CLIENT_OPTIONS) {
            if (random.nextInt(3) == 0) {
                options.put(code, array(random.nextInt(1, 256)));
            }
        }
        return options.build();
    }

    private BindingAnswer answer() {
        return random.nextBoolean()
                ? BindingAnswer.accepted(address())
                : new BindingAnswer(address(), reason(), perhapsText());
    }

    Extension extension() {
        Set<Extension.Feature> features = EnumSet.noneOf(Extension.Feature.class);
        for (Extension.Feature feature : Extension.Feature.values()) {
            if (random.nextBoolean()) {
                features.add(feature);
            }
        }
        return new Extension(features, octets(Extension.NONCE_LENGTH));
    }

    private LinkParameters parameters() {
        return new LinkParameters(random.nextLong(1, Ranges.UINT32_MAX + 1), random.nextLong(3, Ranges.UINT32_MAX + 1));
    }

    private RejectReason reason() {
        return pick(RejectReason.values());
    }

    private Ipv4Address address() {
        return new Ipv4Address(random.nextInt());
    }

    private String name() {
        return random.nextBoolean() ? "relationship-" + random.nextInt(1000) : "é".repeat(random.nextInt(1, 128));
    }

    private @Nullable String perhapsText() {
        return random.nextBoolean() ? text() : null;
    }

    private String text() {
        return random.ints(random.nextInt(256), ' ', '~' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private long uint32() {
        return random.nextInt(4) == 0 ? 0 : Integer.toUnsignedLong(random.nextInt());
    }

    Octets octets(int length) {
        return Octets.of(array(length));
    }

    private byte[] array(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    /** Any that a message can tell. */
    private ServerState state() {
        ServerState state = pick(ServerState.values());
        return state == ServerState.STARTUP ? ServerState.NORMAL : state;
    }
}
