package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.node.failover.BindingVersion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The value of vendor-specific-options in an update and in a STATE between servers of this project, with code and length
 * of two octets each as in {@link Extension}. In an update code 3, the latest change by the primary and by the secondary
 * in eight octets each; in a STATE code 4, the latest change by the receiver that the sender knows of, in eight octets.
 */
final class VersionCodec {

    private static final int VERSION_CODE = 3;
    private static final int VERSION_LENGTH = 2 * Long.BYTES;
    private static final int CHANGE_CODE = 4;
    private static final int CHANGE_LENGTH = Long.BYTES;

    private VersionCodec() {}

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
        return isVersion && primary >= 0 && secondary >= 0 ? new BindingVersion(primary, secondary) : null;
    }

    static byte[] encode(long change) {
        return ByteBuffer.allocate(FailoverOption.HEADER_LENGTH + CHANGE_LENGTH)
                .putShort((short) CHANGE_CODE)
                .putShort((short) CHANGE_LENGTH)
                .putLong(change)
                .array();
    }

    /** 0 where the octets say no change. */
    static long decodeChange(@Nullable Octets value) {
        if (value == null || value.length() != FailoverOption.HEADER_LENGTH + CHANGE_LENGTH) {
            return 0;
        }
        ByteBuffer octets = ByteBuffer.wrap(value.shared());
        boolean isChange = octets.getShort() == CHANGE_CODE && octets.getShort() == CHANGE_LENGTH;
        return isChange ? Math.max(0, octets.getLong()) : 0;
    }
}
