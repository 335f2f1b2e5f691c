package io.dhcpfailover.node.failover.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The digest of the frames of one link: option message-digest, the first of each frame (draft-ietf-dhc-failover-12,
 * sections 11.1 and 12.17), of type 2 and with 32 octets, which are HMAC-SHA256 with the secret in UTF-8 as its key.
 * Frames are checked before anything in them but their length is read.
 *
 * <p>The digest covers the frame, with zeros in place of the digest, and then what both servers know of the link and
 * never send again:
 *
 * <ul>
 *   <li>of the CONNECT, nothing;
 *   <li>of what follows {@link #connected}, which is the CONNECTACK, the 16 octets of the CONNECT's nonce;
 *   <li>of what follows {@link #acknowledged}, both nonces, an octet that says who sends (1 for who sent the CONNECT,
 *       otherwise 2), and the number of frames that the sender sealed since, in eight octets.
 * </ul>
 *
 * <p>A frame begins with its length, so no frame and what follows it are the octets of another.
 *
 * <p><b>What this protects from</b>, where both nonces were drawn anew for the link: somebody without the secret cannot
 * make a frame, change one, leave one out, repeat one, exchange two, send one back to its sender, or use one of another
 * link, be it of years ago; each fails at the first such frame. A CONNECTACK of another link fails by the CONNECT's
 * nonce. Where a partner is no server of this project, there are no nonces, and frames can be repeated.
 *
 * <p><b>What it does not</b>: a recorded CONNECT passes once more within the minute that clocks may be apart. It opens a
 * link on which nothing else passes: a receiver must not give up a link that works for one on which no frame has followed
 * the CONNECT, nor take that one for a link. Frames can be read, held back in their order (the header's time tells for how long), and cut off. Whoever
 * has the secret is the partner.
 *
 * <p>Keeps the count of frames, and is not for several threads.
 */
public final class FrameAuthenticator {

    /** Octets by which a digest makes a frame longer. */
    public static final int OPTION_LENGTH = 37;

    private static final int TYPE_HMAC_SHA256 = 2;
    private static final int DIGEST_LENGTH = 32;
    private static final int VALUE_LENGTH = 1 + DIGEST_LENGTH;
    private static final int DIGEST_OFFSET = Header.LENGTH + OPTION_LENGTH - DIGEST_LENGTH;
    private static final int AFTER_DIGEST = Header.LENGTH + OPTION_LENGTH;
    private static final byte[] ZEROS = new byte[DIGEST_LENGTH];
    private static final String ALGORITHM = "HmacSHA256";

    /** Octets after the nonces: who sends, and the number of the frame. */
    private static final int PLACE_LENGTH = 9;

    private final Side side;
    private List<Mac> macs;
    private @Nullable Octets connectNonce;
    private @Nullable Octets acknowledgementNonce;
    private long sealed;
    private long checked;

    /** Which end of the link this is. */
    public enum Side {
        /** The one that sent the CONNECT. */
        CONNECTOR(1),
        /** The one that answered it. */
        ACCEPTOR(2);

        private final int code;

        Side(int code) {
            this.code = code;
        }

        private Side other() {
            return this == CONNECTOR ? ACCEPTOR : CONNECTOR;
        }
    }

    /**
     * For a new link.
     *
     * @param secrets null where frames have no digest
     */
    public FrameAuthenticator(Side side, @Nullable Secrets secrets) {
        this.side = side;
        this.macs = macs(secrets);
    }

    /** Takes other secrets, from the next frame on. */
    public void useSecrets(@Nullable Secrets secrets) {
        macs = macs(secrets);
    }

    /** The CONNECT with this nonce was sealed, or checked and read. */
    public void connected(Octets nonce) {
        connectNonce = nonce;
    }

    /**
     * The CONNECTACK with this nonce was sealed, or checked and read; both servers have
     * {@link Extension.Feature#FRAME_COUNTER}.
     */
    public void acknowledged(Octets nonce) {
        if (connectNonce == null) {
            throw new IllegalStateException("a CONNECTACK with a nonce follows a CONNECT with one");
        }
        acknowledgementNonce = nonce;
        sealed = 0;
        checked = 0;
    }

    /** A frame with its digest, where there is a secret; as it is, where there is none. */
    public byte[] seal(byte[] frame) {
        if (macs.isEmpty()) {
            return frame;
        }
        byte[] with = new byte[frame.length + OPTION_LENGTH];
        ByteBuffer.wrap(with)
                .put(frame, 0, Header.LENGTH)
                .putShort((short) FailoverOption.MESSAGE_DIGEST_CODE)
                .putShort((short) VALUE_LENGTH)
                .put((byte) TYPE_HMAC_SHA256)
                .put(ZEROS)
                .put(frame, Header.LENGTH, frame.length - Header.LENGTH)
                .putShort(0, (short) with.length);
        byte[] digest = digest(macs.get(0), with, context(side, sealed));
        System.arraycopy(digest, 0, with, DIGEST_OFFSET, DIGEST_LENGTH);
        sealed++;
        return with;
    }

    /**
     * Whether a frame of {@link FrameReader} is the partner's next; null where it is. Otherwise the link has to be
     * closed for the reason: {@link RejectReason#DIGEST_MISSING}, {@link RejectReason#DIGEST_MISMATCH},
     * {@link RejectReason#DIGEST_NOT_SUPPORTED} for one of another type, or {@link RejectReason#DIGEST_NOT_CONFIGURED}
     * for one where there is no secret.
     */
    public @Nullable RejectReason check(byte[] frame) {
        if (macs.isEmpty()) {
            return hasDigest(frame) ? RejectReason.DIGEST_NOT_CONFIGURED : null;
        }
        if (!hasDigest(frame)) {
            return RejectReason.DIGEST_MISSING;
        }
        ByteBuffer octets = ByteBuffer.wrap(frame);
        if (frame.length > DIGEST_OFFSET - 1 && frame[DIGEST_OFFSET - 1] != TYPE_HMAC_SHA256) {
            return RejectReason.DIGEST_NOT_SUPPORTED;
        }
        if (MessageDecoder.payload(frame) != Header.LENGTH
                || frame.length < AFTER_DIGEST
                || octets.getShort(Header.LENGTH + 2) != VALUE_LENGTH) {
            return RejectReason.DIGEST_MISMATCH;
        }
        byte[] context = context(side.other(), checked);
        byte[] found = new byte[DIGEST_LENGTH];
        octets.get(DIGEST_OFFSET, found);
        boolean matches = false;
        for (Mac mac : macs) {
            // Every secret is tried, in the same time whatever is found.
            matches |= MessageDigest.isEqual(digest(mac, frame, context), found);
        }
        if (!matches) {
            return RejectReason.DIGEST_MISMATCH;
        }
        checked++;
        return null;
    }

    private static boolean hasDigest(byte[] frame) {
        if (frame.length < Header.LENGTH) {
            return false;
        }
        int first = MessageDecoder.payload(frame);
        return first + 1 < frame.length && frame[first] == 0 && frame[first + 1] == FailoverOption.MESSAGE_DIGEST_CODE;
    }

    /** What the digest covers after the frame. Counts from 0 with the first frame after the CONNECTACK. */
    private byte[] context(Side sender, long number) {
        if (connectNonce == null) {
            return new byte[0];
        }
        if (acknowledgementNonce == null) {
            return connectNonce.shared();
        }
        return ByteBuffer.allocate(2 * Extension.NONCE_LENGTH + PLACE_LENGTH)
                .put(connectNonce.shared())
                .put(acknowledgementNonce.shared())
                .put((byte) sender.code)
                .putLong(number)
                .array();
    }

    private static byte[] digest(Mac mac, byte[] frame, byte[] context) {
        mac.update(frame, 0, DIGEST_OFFSET);
        mac.update(ZEROS);
        mac.update(frame, AFTER_DIGEST, frame.length - AFTER_DIGEST);
        return mac.doFinal(context);
    }

    private static List<Mac> macs(@Nullable Secrets secrets) {
        List<Mac> macs = new ArrayList<>();
        if (secrets != null) {
            macs.add(mac(secrets.first()));
            String second = secrets.second();
            if (second != null) {
                macs.add(mac(second));
            }
        }
        return List.copyOf(macs);
    }

    private static Mac mac(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
