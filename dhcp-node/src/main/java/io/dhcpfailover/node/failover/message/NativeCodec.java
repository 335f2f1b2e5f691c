package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.BindingVersion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of vendor-specific-options in an update and in a STATE between servers of this project, with code and length
 * of two octets each as in {@link Extension}. In an update code 3, the latest change by the primary and by the secondary
 * in eight octets each; in a STATE code 4: the latest change by the receiver that the sender knows of, and the latest one by
 * the sender that the receiver has acknowledged, in eight octets each, MCLT in four, whether it never had a partner in one,
 * and the network of each scope in four.
 */
final class NativeCodec {

    private static final int VERSION_CODE = 3;
    private static final int VERSION_LENGTH = 2 * Long.BYTES;
    private static final int TERMS_CODE = 4;
    private static final int TERMS_LENGTH = 2 * Long.BYTES + Integer.BYTES + 1;

    private NativeCodec() {}

    static byte[] encode(BindingVersion version) {
        return ByteBuffer.allocate(FailoverOption.HEADER_LENGTH + VERSION_LENGTH)
                .putShort((short) VERSION_CODE)
                .putShort((short) VERSION_LENGTH)
                .putLong(version.primary())
                .putLong(version.secondary())
                .array();
    }

    /** Null where the octets say no version. */
    static @Nullable BindingVersion decode(@Nullable Octets value) {
        if (value == null || value.length() != FailoverOption.HEADER_LENGTH + VERSION_LENGTH) {
            return null;
        }
        ByteBuffer octets = ByteBuffer.wrap(value.shared());
        boolean isVersion = octets.getShort() == VERSION_CODE && octets.getShort() == VERSION_LENGTH;
        long primary = octets.getLong();
        long secondary = octets.getLong();
        return isVersion && BindingVersion.isNumber(primary) && BindingVersion.isNumber(secondary)
                ? new BindingVersion(primary, secondary)
                : null;
    }

    static byte[] encode(Terms terms) {
        int length = TERMS_LENGTH + terms.scopes().size() * Integer.BYTES;
        ByteBuffer octets = ByteBuffer.allocate(FailoverOption.HEADER_LENGTH + length)
                .putShort((short) TERMS_CODE)
                .putShort((short) length)
                .putLong(terms.knownChange())
                .putLong(terms.acknowledgedChange())
                .putInt((int) terms.mclt())
                .put((byte) (terms.alone() ? 1 : 0));
        terms.scopes().forEach(network -> octets.putInt(network.bits()));
        return octets.array();
    }

    /** Null where the octets say none. */
    static @Nullable Terms decodeTerms(@Nullable Octets value) {
        int rest = value == null ? -1 : value.length() - FailoverOption.HEADER_LENGTH - TERMS_LENGTH;
        if (value == null || rest < 0 || rest % Integer.BYTES != 0 || rest / Integer.BYTES > Terms.SCOPES_MAX) {
            return null;
        }
        ByteBuffer octets = ByteBuffer.wrap(value.shared());
        boolean isTerms = octets.getShort() == TERMS_CODE && (octets.getShort() & 0xFFFF) == TERMS_LENGTH + rest;
        long known = octets.getLong();
        long acknowledged = octets.getLong();
        long mclt = Integer.toUnsignedLong(octets.getInt());
        boolean alone = octets.get() != 0;
        List<Ipv4Address> scopes = new ArrayList<>();
        while (octets.hasRemaining()) {
            scopes.add(new Ipv4Address(octets.getInt()));
        }
        boolean numbers = BindingVersion.isNumber(known) && BindingVersion.isNumber(acknowledged);
        return isTerms && numbers && mclt > 0 ? new Terms(known, acknowledged, mclt, alone, scopes) : null;
    }
}
