package io.dhcpfailover.node.failover.message;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The value of vendor-specific-options of servers of this project (draft-ietf-dhc-failover-12, section 12.29). */
final class ExtensionCodec {

    private static final int FEATURES_LENGTH = 4;

    private ExtensionCodec() {}

    static byte[] encode(Extension extension) {
        byte[] nonce = extension.nonce().shared();
        return ByteBuffer.allocate(2 * FailoverOption.HEADER_LENGTH + FEATURES_LENGTH + nonce.length)
                .putShort((short) Extension.FEATURES_CODE)
                .putShort((short) FEATURES_LENGTH)
                .putInt(extension.bits())
                .putShort((short) Extension.NONCE_CODE)
                .putShort((short) nonce.length)
                .put(nonce)
                .array();
    }

    /** What the octets say; null where they are no extension. What a later version has besides is skipped. */
    static @Nullable Extension decode(@Nullable Octets value) {
        if (value == null) {
            return null;
        }
        ByteBuffer rest = ByteBuffer.wrap(value.shared());
        Integer features = null;
        Octets nonce = null;
        while (rest.remaining() >= FailoverOption.HEADER_LENGTH) {
            int code = rest.getShort() & 0xFFFF;
            int length = rest.getShort() & 0xFFFF;
            if (length > rest.remaining()) {
                return null;
            }
            int start = rest.position();
            if (code == Extension.FEATURES_CODE && length == FEATURES_LENGTH) {
                features = rest.getInt();
            } else if (code == Extension.NONCE_CODE && length == Extension.NONCE_LENGTH) {
                nonce = Octets.of(rest.array(), start, length);
            }
            rest.position(start + length);
        }
        return features == null || nonce == null || rest.hasRemaining()
                ? null
                : new Extension(Extension.features(features), nonce);
    }
}
