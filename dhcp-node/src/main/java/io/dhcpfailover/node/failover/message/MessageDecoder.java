package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.message.Decoded.Reason;
import io.dhcpfailover.node.failover.message.Message.Connect;
import io.dhcpfailover.node.failover.message.Message.ConnectAck;
import org.jspecify.annotations.Nullable;

/**
 * Frames to messages. Total: any octets give a message or a refusal, in time and memory that their number bounds.
 *
 * <p>Read more liberally than written: options in any order, those that are not known skipped, and times of a binding
 * missing or where the draft does not want them.
 */
public final class MessageDecoder {

    static final int PROTOCOL_VERSION = 1;

    /** What the text of the draft says where options begin (section 6.1), against its figure, whose header has 12. */
    private static final int PAYLOAD_OFFSET_OF_TEXT = 8;

    private static final int TYPE_OFFSET = 2;
    private static final int PAYLOAD_OFFSET_OFFSET = 3;
    private static final int TIME_OFFSET = 4;
    private static final int XID_OFFSET = 8;

    private MessageDecoder() {}

    /** The message that the frame is, which is not kept. Its digest has been checked by {@link FrameAuthenticator}. */
    public static Decoded decode(byte[] frame, Dialect dialect) {
        if (frame.length < Header.LENGTH) {
            return new Decoded.Refused(Reason.TOO_SHORT, frame.length, null, null);
        }
        Header header = new Header(uint32(frame, TIME_OFFSET), uint32(frame, XID_OFFSET));
        MessageType type = MessageType.ofCode(frame[TYPE_OFFSET] & 0xFF);
        try {
            return new Decoded.Accepted(message(frame, type, header, dialect));
        } catch (Refusal refusal) {
            return new Decoded.Refused(refusal.reason(), refusal.offset(), type, header);
        }
    }

    /**
     * Where the options of a frame begin, whose header is there: 12, or what it says beyond. 8 is read as 12. A number
     * below 12 where it says anything else.
     */
    static int payload(byte[] frame) {
        int payload = frame[PAYLOAD_OFFSET_OFFSET] & 0xFF;
        return payload == PAYLOAD_OFFSET_OF_TEXT ? Header.LENGTH : payload;
    }

    private static Message message(byte[] frame, @Nullable MessageType type, Header header, Dialect dialect)
            throws Refusal {
        if (frame.length > dialect.lengthMax()) {
            throw new Refusal(Reason.TOO_LONG, dialect.lengthMax());
        }
        if ((((frame[0] & 0xFF) << 8) | (frame[1] & 0xFF)) != frame.length) {
            throw new Refusal(Reason.LENGTH_DIFFERS, 0);
        }
        if (type == null) {
            boolean ignored = (frame[TYPE_OFFSET] & 0xFF) >= MessageType.IGNORED_MIN;
            throw new Refusal(ignored ? Reason.IGNORED_TYPE : Reason.UNKNOWN_TYPE, TYPE_OFFSET);
        }
        int payload = payload(frame);
        if (payload < Header.LENGTH || payload > frame.length) {
            throw new Refusal(Reason.PAYLOAD_OFFSET, PAYLOAD_OFFSET_OFFSET);
        }
        Fields fields = new Fields(frame, type, payload);
        if (type == MessageType.BNDUPD || type == MessageType.BNDACK) {
            BindingReader reader = new BindingReader(fields, payload, frame.length, dialect);
            return type == MessageType.BNDUPD ? reader.updates(header) : reader.answers(header);
        }
        fields.read(payload);
        return switch (type) {
            case POOLREQ -> new Message.PoolRequest(header);
            case POOLRESP -> new Message.PoolResponse(header, fields.uint32(FailoverOption.ADDRESSES_TRANSFERRED));
            case CONNECT -> connect(header, fields, frame);
            case CONNECTACK -> connectAck(header, fields, frame);
            case UPDREQALL -> new Message.UpdateRequestAll(header);
            case UPDDONE -> new Message.UpdateDone(header);
            case UPDREQ -> new Message.UpdateRequest(header);
            case STATE -> state(header, fields, dialect);
            case CONTACT -> new Message.Contact(header);
            case DISCONNECT ->
                new Message.Disconnect(
                        header,
                        RejectReason.ofCode(fields.uint8(FailoverOption.REJECT_REASON, RejectReason.UNKNOWN.code())),
                        fields.text(FailoverOption.MESSAGE));
            case BNDUPD, BNDACK -> throw new Refusal(Reason.UNKNOWN_TYPE, TYPE_OFFSET);
        };
    }

    private static Message connect(Header header, Fields fields, byte[] frame) throws Refusal {
        // In this order, so that the reason is the one that a partner's operator needs first: which relationship,
        // then whether the two can talk at all.
        String name = name(fields, frame);
        checkVersion(fields);
        LinkParameters parameters = parameters(fields);
        int tls = fields.uint8(FailoverOption.TLS_REQUEST, 0);
        if (tls > Connect.TLS_REQUEST_MAX) {
            throw new Refusal(Reason.OPTION_VALUE, fields.place(FailoverOption.TLS_REQUEST));
        }
        Octets buckets = fields.octets(FailoverOption.HASH_BUCKET_ASSIGNMENT);
        if (buckets == null || buckets.length() != Connect.HASH_BUCKETS_LENGTH) {
            throw new Refusal(Reason.HASH_BUCKETS, fields.place(FailoverOption.HASH_BUCKET_ASSIGNMENT));
        }
        long mclt = fields.uint32(FailoverOption.MCLT, 0);
        if (mclt == 0) {
            throw new Refusal(Reason.MCLT, fields.place(FailoverOption.MCLT));
        }
        String vendorClass = vendorClass(fields);
        return new Connect(header, name, parameters, vendorClass, tls, mclt, buckets, extension(fields, vendorClass));
    }

    private static Message connectAck(Header header, Fields fields, byte[] frame) throws Refusal {
        int reason = fields.uint8(FailoverOption.REJECT_REASON, -1);
        int tls = fields.uint8(FailoverOption.TLS_REPLY, 0);
        if (tls > ConnectAck.TLS_REPLY_MAX) {
            throw new Refusal(Reason.OPTION_VALUE, fields.place(FailoverOption.TLS_REPLY));
        }
        Integer tlsReply = fields.has(FailoverOption.TLS_REPLY) ? tls : null;
        String vendorClass = vendorClass(fields);
        if (reason < 0) {
            String name = name(fields, frame);
            checkVersion(fields);
            return ConnectAck.accept(
                    header, name, parameters(fields), vendorClass, tlsReply, extension(fields, vendorClass));
        }
        // Why the partner refuses is worth more than what it leaves out.
        boolean said = fields.has(FailoverOption.MAX_UNACKED_BNDUPD) && fields.has(FailoverOption.RECEIVE_TIMER);
        return new ConnectAck(
                header,
                fields.has(FailoverOption.RELATIONSHIP_NAME) ? name(fields, frame) : "",
                said ? parameters(fields) : null,
                vendorClass,
                tlsReply,
                RejectReason.ofCode(reason),
                fields.text(FailoverOption.MESSAGE),
                extension(fields, vendorClass));
    }

    private static Message state(Header header, Fields fields, Dialect dialect) throws Refusal {
        ServerState state = ServerState.ofCode(fields.uint8(FailoverOption.SERVER_STATE));
        if (state == null || state == ServerState.STARTUP) {
            throw new Refusal(Reason.OPTION_VALUE, fields.place(FailoverOption.SERVER_STATE));
        }
        boolean startup = (fields.uint8(FailoverOption.SERVER_FLAGS) & Message.State.STARTUP) != 0;
        long since = fields.uint32(FailoverOption.START_TIME_OF_STATE);
        Terms terms = dialect == Dialect.NATIVE
                ? NativeCodec.decodeTerms(fields.octets(FailoverOption.VENDOR_SPECIFIC_OPTIONS))
                : null;
        return new Message.State(header, state, startup, since, terms);
    }

    private static String name(Fields fields, byte[] frame) throws Refusal {
        int place = fields.place(FailoverOption.RELATIONSHIP_NAME);
        String name = fields.has(FailoverOption.RELATIONSHIP_NAME)
                ? Texts.name(frame, place, fields.length(FailoverOption.RELATIONSHIP_NAME))
                : null;
        if (name == null) {
            throw new Refusal(Reason.RELATIONSHIP_NAME, place);
        }
        return name;
    }

    private static void checkVersion(Fields fields) throws Refusal {
        if (fields.uint8(FailoverOption.PROTOCOL_VERSION, PROTOCOL_VERSION) != PROTOCOL_VERSION) {
            throw new Refusal(Reason.PROTOCOL_VERSION, fields.place(FailoverOption.PROTOCOL_VERSION));
        }
    }

    private static LinkParameters parameters(Fields fields) throws Refusal {
        long unacked = fields.uint32(FailoverOption.MAX_UNACKED_BNDUPD);
        long timer = fields.uint32(FailoverOption.RECEIVE_TIMER);
        if (unacked < LinkParameters.UNACKED_UPDATES_MIN) {
            throw new Refusal(Reason.OPTION_VALUE, fields.place(FailoverOption.MAX_UNACKED_BNDUPD));
        }
        if (timer < LinkParameters.RECEIVE_TIMER_MIN) {
            throw new Refusal(Reason.OPTION_VALUE, fields.place(FailoverOption.RECEIVE_TIMER));
        }
        return new LinkParameters(unacked, timer);
    }

    private static String vendorClass(Fields fields) {
        String text = fields.text(FailoverOption.VENDOR_CLASS_IDENTIFIER);
        return text == null ? "" : text;
    }

    private static @Nullable Extension extension(Fields fields, String vendorClass) {
        return vendorClass.equals(Extension.VENDOR_CLASS)
                ? ExtensionCodec.decode(fields.octets(FailoverOption.VENDOR_SPECIFIC_OPTIONS))
                : null;
    }

    private static long uint32(byte[] frame, int place) {
        return ((frame[place] & 0xFFL) << 24)
                | ((frame[place + 1] & 0xFFL) << 16)
                | ((frame[place + 2] & 0xFFL) << 8)
                | (frame[place + 3] & 0xFFL);
    }
}
