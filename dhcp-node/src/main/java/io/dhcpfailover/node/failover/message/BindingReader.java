package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.message.Decoded.Reason;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the transactions of BNDUPD and BNDACK, each of which is about one address. */
final class BindingReader {

    private final Fields fields;
    private final int payload;
    private final int end;
    private final Dialect dialect;

    BindingReader(Fields fields, int payload, int end, Dialect dialect) {
        this.fields = fields;
        this.payload = payload;
        this.end = end;
        this.dialect = dialect;
    }

    Message updates(Header header) throws Refusal {
        List<BindingUpdate> updates = new ArrayList<>();
        List<BindingAnswer> refused = new ArrayList<>();
        int place = payload;
        do {
            place = next(place, updates.size() + refused.size());
            Ipv4Address address = address();
            BindingAnswer refusal = refusal(address);
            if (refusal == null) {
                updates.add(update(address));
            } else {
                refused.add(refusal);
            }
        } while (place < end);
        return new Message.BindingUpdates(header, updates, refused);
    }

    Message answers(Header header) throws Refusal {
        List<BindingAnswer> answers = new ArrayList<>();
        int place = payload;
        do {
            place = next(place, answers.size());
            Ipv4Address address = address();
            int reason = fields.uint8(FailoverOption.REJECT_REASON, -1);
            answers.add(
                    reason < 0
                            ? BindingAnswer.accepted(address)
                            : new BindingAnswer(
                                    address, RejectReason.ofCode(reason), fields.text(FailoverOption.MESSAGE)));
        } while (place < end);
        return new Message.BindingAcknowledgement(header, answers);
    }

    private int next(int place, int before) throws Refusal {
        if (before == dialect.receivedUpdatesMax()) {
            throw new Refusal(Reason.TOO_MANY_UPDATES, place);
        }
        return fields.read(place);
    }

    private Ipv4Address address() throws Refusal {
        return new Ipv4Address((int) fields.uint32(FailoverOption.ASSIGNED_ADDRESS));
    }

    /** Why the transaction is no update; null where it is one. */
    private @Nullable BindingAnswer refusal(Ipv4Address address) throws Refusal {
        if (!fields.has(FailoverOption.BINDING_STATUS)) {
            return BindingAnswer.refused(address, RejectReason.MISSING_BINDING_INFORMATION, "no binding-status");
        }
        int code = fields.uint8(FailoverOption.BINDING_STATUS);
        BindingState status = BindingState.ofCode(code);
        if (status == null) {
            return BindingAnswer.refused(address, RejectReason.MISCELLANEOUS, "unknown binding-status " + code);
        }
        if (status == BindingState.ABANDONED) {
            return null;
        }
        int hardware = fields.length(FailoverOption.CLIENT_HARDWARE_ADDRESS);
        if (hardware < 0 && BindingUpdate.needsHardwareAddress(status)) {
            return BindingAnswer.refused(
                    address, RejectReason.MISSING_BINDING_INFORMATION, "no client-hardware-address");
        }
        if (hardware == 0 || hardware > 1 + HardwareAddress.LENGTH_MAX) {
            return BindingAnswer.refused(
                    address,
                    RejectReason.MISCELLANEOUS,
                    "client-hardware-address of " + hardware + " octets, type included");
        }
        int identifier = fields.length(FailoverOption.CLIENT_IDENTIFIER);
        if (identifier > BindingUpdate.CLIENT_IDENTIFIER_LENGTH_MAX) {
            return BindingAnswer.refused(
                    address, RejectReason.MISCELLANEOUS, "client-identifier of " + identifier + " octets");
        }
        return null;
    }

    private BindingUpdate update(Ipv4Address address) throws Refusal {
        BindingState status = BindingState.ofCode(fields.uint8(FailoverOption.BINDING_STATUS));
        if (status == null) {
            throw new Refusal(Reason.OPTION_VALUE, fields.place(FailoverOption.BINDING_STATUS));
        }
        boolean client = status != BindingState.ABANDONED;
        int flags = fields.lowOctet(FailoverOption.IP_FLAGS);
        return new BindingUpdate(
                address,
                status,
                (flags & BindingUpdate.RESERVED) != 0,
                (flags & BindingUpdate.BOOTP) != 0,
                client ? fields.octets(FailoverOption.CLIENT_IDENTIFIER) : null,
                client ? hardwareAddress() : null,
                fields.uint32(FailoverOption.LEASE_EXPIRATION_TIME, 0),
                fields.uint32(FailoverOption.POTENTIAL_EXPIRATION_TIME, 0),
                fields.uint32(FailoverOption.START_TIME_OF_STATE, 0),
                fields.uint32(FailoverOption.CLIENT_LAST_TRANSACTION_TIME, 0),
                client ? ClientOptions.decode(fields.octets(FailoverOption.CLIENT_REQUEST_OPTIONS)) : Options.NONE,
                dialect == Dialect.NATIVE
                        ? NativeCodec.decode(fields.octets(FailoverOption.VENDOR_SPECIFIC_OPTIONS))
                        : null);
    }

    private @Nullable HardwareAddress hardwareAddress() {
        Octets octets = fields.octets(FailoverOption.CLIENT_HARDWARE_ADDRESS);
        if (octets == null) {
            return null;
        }
        byte[] value = octets.shared();
        return HardwareAddress.of(value[0] & 0xFF, Arrays.copyOfRange(value, 1, value.length));
    }
}
