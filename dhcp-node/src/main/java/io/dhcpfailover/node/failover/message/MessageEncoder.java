package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.node.failover.message.Message.BindingAcknowledgement;
import io.dhcpfailover.node.failover.message.Message.BindingUpdates;
import io.dhcpfailover.node.failover.message.Message.Connect;
import io.dhcpfailover.node.failover.message.Message.ConnectAck;
import io.dhcpfailover.node.failover.message.Message.Disconnect;
import io.dhcpfailover.node.failover.message.Message.PoolResponse;
import io.dhcpfailover.node.failover.message.Message.State;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages to frames, with the options in the order of ISC dhcpd 4.4.3, each of them once in a message or update. The
 * frame has no digest, and leaves room for one: {@link FrameAuthenticator#seal}.
 */
public final class MessageEncoder {

    private MessageEncoder() {}

    /**
     * The frame of a message.
     *
     * @throws IllegalArgumentException when it has no updates or answers, more than the dialect allows, more than
     *     {@link #fitting} said, or refused updates
     */
    public static byte[] encode(Message message, Dialect dialect) {
        FrameBuilder frame = new FrameBuilder(message.type(), message.header());
        switch (message) {
            case Connect connect -> connect(frame, connect);
            case ConnectAck ack -> connectAck(frame, ack);
            case State state -> state(frame, state, dialect);
            case Disconnect disconnect -> refusal(frame, disconnect.reason(), disconnect.message());
            case BindingUpdates updates -> updates(frame, updates, dialect);
            case BindingAcknowledgement answers -> answers(frame, answers.answers(), dialect);
            case PoolResponse response ->
                frame.uint32(FailoverOption.ADDRESSES_TRANSFERRED, response.addressesTransferred());
            case Message.Contact _,
                    Message.UpdateRequest _,
                    Message.UpdateRequestAll _,
                    Message.UpdateDone _,
                    Message.PoolRequest _ -> {}
        }
        if (frame.length() > lengthMax(dialect)) {
            throw new IllegalArgumentException("a " + message.type() + " of " + frame.length()
                    + " octets: there is room for " + lengthMax(dialect));
        }
        return frame.build();
    }

    /** How many of these updates, from the first on, go into one BNDUPD: at least 1 where there is one. */
    public static int fitting(List<BindingUpdate> updates, Dialect dialect) {
        FrameBuilder frame = new FrameBuilder(MessageType.BNDUPD, new Header(0, 0));
        int most = Math.min(updates.size(), dialect.sentUpdatesMax());
        for (int i = 0; i < most; i++) {
            update(frame, updates.get(i), dialect);
            if (frame.length() > lengthMax(dialect)) {
                return i;
            }
        }
        return most;
    }

    /** Octets of the longest frame that a digest still fits in. */
    private static int lengthMax(Dialect dialect) {
        return dialect.lengthMax() - FrameAuthenticator.OPTION_LENGTH;
    }

    private static void connect(FrameBuilder frame, Connect connect) {
        frame.octets(FailoverOption.RELATIONSHIP_NAME, Texts.octets(connect.relationshipName()));
        parameters(frame, connect.parameters());
        frame.octets(FailoverOption.VENDOR_CLASS_IDENTIFIER, Texts.shortened(connect.vendorClass()))
                .uint8(FailoverOption.PROTOCOL_VERSION, MessageDecoder.PROTOCOL_VERSION)
                .uint8(FailoverOption.TLS_REQUEST, connect.tlsRequest())
                .uint32(FailoverOption.MCLT, connect.mclt())
                .octets(
                        FailoverOption.HASH_BUCKET_ASSIGNMENT,
                        connect.hashBuckets().shared());
        extension(frame, connect.extension());
    }

    private static void connectAck(FrameBuilder frame, ConnectAck ack) {
        if (!ack.relationshipName().isEmpty()) {
            frame.octets(FailoverOption.RELATIONSHIP_NAME, Texts.octets(ack.relationshipName()));
        }
        if (ack.parameters() != null) {
            parameters(frame, ack.parameters());
        }
        frame.octets(FailoverOption.VENDOR_CLASS_IDENTIFIER, Texts.shortened(ack.vendorClass()))
                .uint8(FailoverOption.PROTOCOL_VERSION, MessageDecoder.PROTOCOL_VERSION);
        if (ack.tlsReply() != null) {
            frame.uint8(FailoverOption.TLS_REPLY, ack.tlsReply());
        }
        if (ack.refusal() != null) {
            refusal(frame, ack.refusal(), ack.message());
        }
        extension(frame, ack.extension());
    }

    private static void parameters(FrameBuilder frame, LinkParameters parameters) {
        frame.uint32(FailoverOption.MAX_UNACKED_BNDUPD, parameters.unackedUpdatesMax())
                .uint32(FailoverOption.RECEIVE_TIMER, parameters.receiveTimer());
    }

    private static void extension(FrameBuilder frame, @Nullable Extension extension) {
        if (extension != null) {
            frame.octets(FailoverOption.VENDOR_SPECIFIC_OPTIONS, ExtensionCodec.encode(extension));
        }
    }

    private static void state(FrameBuilder frame, State state, Dialect dialect) {
        frame.uint8(FailoverOption.SERVER_STATE, state.state().code())
                .uint8(FailoverOption.SERVER_FLAGS, state.startup() ? State.STARTUP : 0)
                .uint32(FailoverOption.START_TIME_OF_STATE, state.since());
        if (state.terms() != null && dialect == Dialect.NATIVE) {
            frame.octets(FailoverOption.VENDOR_SPECIFIC_OPTIONS, NativeCodec.encode(state.terms()));
        }
    }

    private static void refusal(FrameBuilder frame, RejectReason reason, @Nullable String message) {
        frame.uint8(FailoverOption.REJECT_REASON, reason.code());
        if (message != null) {
            frame.octets(FailoverOption.MESSAGE, Texts.shortened(message));
        }
    }

    private static void updates(FrameBuilder frame, BindingUpdates message, Dialect dialect) {
        List<BindingUpdate> updates = message.updates();
        if (updates.isEmpty() || updates.size() > dialect.sentUpdatesMax()) {
            throw new IllegalArgumentException(
                    updates.size() + " updates in a BNDUPD: there is room for 1 to " + dialect.sentUpdatesMax());
        }
        if (!message.refused().isEmpty()) {
            throw new IllegalArgumentException("a BNDUPD that was received in part is not sent on");
        }
        updates.forEach(update -> update(frame, update, dialect));
    }

    private static void update(FrameBuilder frame, BindingUpdate update, Dialect dialect) {
        frame.uint32(FailoverOption.ASSIGNED_ADDRESS, update.address().number())
                .uint8(FailoverOption.BINDING_STATUS, update.status().code());
        boolean client = update.status() != BindingState.ABANDONED;
        if (client && update.clientIdentifier() != null) {
            frame.octets(
                    FailoverOption.CLIENT_IDENTIFIER, update.clientIdentifier().shared());
        }
        if (client && update.hardwareAddress() != null) {
            frame.octets(FailoverOption.CLIENT_HARDWARE_ADDRESS, octets(update.hardwareAddress()));
        }
        frame.uint32(FailoverOption.LEASE_EXPIRATION_TIME, update.leaseExpiration())
                .uint32(FailoverOption.POTENTIAL_EXPIRATION_TIME, update.potentialExpiration())
                .uint32(FailoverOption.START_TIME_OF_STATE, update.stateStart());
        if (update.clientLastTransaction() != 0) {
            frame.uint32(FailoverOption.CLIENT_LAST_TRANSACTION_TIME, update.clientLastTransaction());
        }
        int flags = (update.reserved() ? BindingUpdate.RESERVED : 0) | (update.bootp() ? BindingUpdate.BOOTP : 0);
        if (flags != 0) {
            frame.uint16(FailoverOption.IP_FLAGS, flags);
        }
        byte[] options = client && dialect == Dialect.NATIVE ? ClientOptions.encode(update.clientOptions()) : null;
        if (options != null) {
            frame.octets(FailoverOption.CLIENT_REQUEST_OPTIONS, options);
        }
        if (update.version() != null && dialect == Dialect.NATIVE) {
            frame.octets(FailoverOption.VENDOR_SPECIFIC_OPTIONS, NativeCodec.encode(update.version()));
        }
    }

    private static byte[] octets(HardwareAddress hardware) {
        byte[] address = hardware.octets();
        byte[] octets = new byte[1 + address.length];
        octets[0] = (byte) hardware.type();
        System.arraycopy(address, 0, octets, 1, address.length);
        return octets;
    }

    private static void answers(FrameBuilder frame, List<BindingAnswer> answers, Dialect dialect) {
        if (answers.isEmpty() || answers.size() > dialect.receivedUpdatesMax()) {
            throw new IllegalArgumentException(
                    answers.size() + " answers in a BNDACK: there is room for 1 to " + dialect.receivedUpdatesMax());
        }
        int before = frame.length();
        answers.forEach(answer -> answer(frame, answer, answer.message()));
        if (frame.length() > lengthMax(dialect)) {
            // One BNDACK answers the whole BNDUPD; what is for persons is what can be left out.
            frame.shorten(before);
            answers.forEach(answer -> answer(frame, answer, null));
        }
    }

    private static void answer(FrameBuilder frame, BindingAnswer answer, @Nullable String message) {
        frame.uint32(FailoverOption.ASSIGNED_ADDRESS, answer.address().number());
        if (answer.refusal() != null) {
            refusal(frame, answer.refusal(), message);
        }
    }
}
