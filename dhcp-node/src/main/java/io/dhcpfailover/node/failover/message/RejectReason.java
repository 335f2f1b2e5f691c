package io.dhcpfailover.node.failover.message;

import java.util.Arrays;

/** Why something was refused: option 21 (draft-ietf-dhc-failover-12, section 12.21). */
public enum RejectReason {
    /** The address is in no pool of the relationship. */
    ILLEGAL_ADDRESS(1),
    /** Another client has the address. */
    FATAL_CONFLICT(2),
    /** An update lacks what its binding-status asks for. */
    MISSING_BINDING_INFORMATION(3),
    /** The clocks are too far apart. */
    TIME_MISMATCH(4),
    /** The MCLT is missing, or none. */
    INVALID_MCLT(5),
    /** Anything that no other number says. */
    MISCELLANEOUS(6),
    /** There is a link already. */
    DUPLICATE_CONNECTION(7),
    /** The relationship is not known. */
    INVALID_PARTNER(8),
    /** TLS is not supported. */
    TLS_NOT_SUPPORTED(9),
    /** TLS is supported, and not configured. */
    TLS_NOT_CONFIGURED(10),
    /** The refusing server asks for TLS. */
    TLS_REQUIRED(11),
    /** Message digests are not supported. */
    DIGEST_NOT_SUPPORTED(12),
    /** Message digests are not configured. */
    DIGEST_NOT_CONFIGURED(13),
    /** The versions of the protocol differ. */
    PROTOCOL_VERSION_MISMATCH(14),
    /** The refusing server knows something later. */
    OUTDATED_BINDING_INFORMATION(15),
    /** The refusing server knows something that counts more. */
    LESS_CRITICAL_BINDING_INFORMATION(16),
    /** Nothing was heard within the receive timer. */
    NO_TRAFFIC(17),
    /** The hash bucket assignment is missing, or none. */
    HASH_BUCKET_CONFLICT(18),
    /** The address is reserved on one server alone. */
    NOT_RESERVED(19),
    /** The digest is not that of the message. */
    DIGEST_MISMATCH(20),
    /** The message has no digest. */
    DIGEST_MISSING(21),
    /** No reason that the receiver knows. */
    UNKNOWN(254);

    private static final RejectReason[] BY_CODE = new RejectReason[256];

    static {
        Arrays.fill(BY_CODE, UNKNOWN);
        for (RejectReason reason : values()) {
            BY_CODE[reason.code] = reason;
        }
    }

    private final int code;

    RejectReason(int code) {
        this.code = code;
    }

    /** Its number: 1 to 21, or 254. */
    public int code() {
        return code;
    }

    /** The reason of a number, 0 to 255; {@link #UNKNOWN} where it is none's. */
    static RejectReason ofCode(int code) {
        return BY_CODE[code];
    }
}
