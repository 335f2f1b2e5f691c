package io.dhcpfailover.node.failover;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a server must find again of a relationship after a restart (draft-ietf-dhc-failover-12, section 9.2: on stable
 * storage before it takes effect). Times are seconds since 1970, UTC; 0 means never.
 *
 * @param state never STARTUP, which no restart has to find again
 * @param since since when it is in this state: its start-time-of-state
 * @param previous the state before; the same where there was none
 * @param partner the state that the partner said last; null where it never said any
 * @param partnerSince since when the partner is in that state, by its own word
 * @param lastContact when the partner was last heard
 * @param lastOperation until when it may have served before it last started
 * @param partnerDownFrom since when the partner certainly does not serve; in PARTNER-DOWN only
 * @param recoverFrom until when it may have given leases that nobody knows of, from which RECOVER-WAIT counts MCLT
 * @param storeLost whether it lost its leases and has not yet been told all of them again
 */
public record RelationshipState(
        ServerState state,
        long since,
        ServerState previous,
        @Nullable ServerState partner,
        long partnerSince,
        long lastContact,
        long lastOperation,
        long partnerDownFrom,
        long recoverFrom,
        boolean storeLost) {

    /** The kind of a stored record of a relationship: its first octet. Bindings and clock steps are 1 and 2. */
    public static final byte KIND = 3;

    private static final int STORE_LOST = 1;
    private static final int SECONDARY = 2;
    private static final int NAME_LENGTH_MAX = 255;
    private static final int FIXED_LENGTH = 6 + 6 * Long.BYTES;

    /** Refuses what no server keeps. */
    public RelationshipState {
        if (state == ServerState.STARTUP || previous == ServerState.STARTUP || partner == ServerState.STARTUP) {
            throw new IllegalArgumentException("STARTUP is nothing that a server keeps or says");
        }
    }

    /**
     * Of a server that has no record, and must ask its partner.
     *
     * @param lost whether it may have had leases before: false only where it certainly never served in this
     *     relationship, so that nobody can have leases of it
     */
    public static RelationshipState unknown(boolean lost, long now) {
        return new RelationshipState(
                ServerState.RECOVER, now, ServerState.RECOVER, null, 0, 0, 0, 0, lost ? now : 0, lost);
    }

    /**
     * Of a server that served its scopes alone before they came into a relationship: its partner has never served
     * them, and gets every binding by RECOVER before it does.
     */
    public static RelationshipState alone(long now) {
        return new RelationshipState(
                ServerState.PARTNER_DOWN, now, ServerState.PARTNER_DOWN, null, 0, 0, now, 0, 0, false);
    }

    /**
     * Kept in a store: kind (1), name's length (1), name, state, previous, partner or 0, flags (1 each), times (8).
     *
     * @param self the role of the server whose store it is
     */
    public byte[] encode(String name, ServerRole self) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        if (octets.length > NAME_LENGTH_MAX) {
            throw new IllegalArgumentException("a relationship's name has at most 255 octets, not " + octets.length);
        }
        return ByteBuffer.allocate(FIXED_LENGTH + octets.length)
                .put(KIND)
                .put((byte) octets.length)
                .put(octets)
                .put((byte) state.code())
                .put((byte) previous.code())
                .put((byte) (partner == null ? 0 : partner.code()))
                .put((byte) ((storeLost ? STORE_LOST : 0) | (self == ServerRole.Secondary ? SECONDARY : 0)))
                .putLong(since)
                .putLong(partnerSince)
                .putLong(lastContact)
                .putLong(lastOperation)
                .putLong(partnerDownFrom)
                .putLong(recoverFrom)
                .array();
    }

    /** A record of a store: what a server of this role knew of the relationship of this name. */
    public record Named(String name, ServerRole self, RelationshipState state) {}

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException when the octets are no such record
     */
    public static Named decode(byte[] octets) {
        ByteBuffer record = ByteBuffer.wrap(octets);
        try {
            if (record.get() != KIND) {
                throw new IllegalArgumentException("a record of kind " + octets[0] + " is not of a relationship");
            }
            byte[] name = new byte[record.get() & 0xFF];
            record.get(name);
            ServerState state = ServerState.ofCode(record.get() & 0xFF);
            ServerState previous = ServerState.ofCode(record.get() & 0xFF);
            int partnerCode = record.get() & 0xFF;
            ServerState partner = ServerState.ofCode(partnerCode);
            int flags = record.get();
            long since = record.getLong();
            long partnerSince = record.getLong();
            long lastContact = record.getLong();
            long lastOperation = record.getLong();
            long partnerDownFrom = record.getLong();
            long recoverFrom = record.getLong();
            boolean sound = partnerCode == 0 || partner != null;
            if (state == null
                    || previous == null
                    || !sound
                    || (flags & ~(STORE_LOST | SECONDARY)) != 0
                    || record.hasRemaining()) {
                throw new IllegalArgumentException("the record of a relationship is not one that this version writes");
            }
            return new Named(
                    new String(name, StandardCharsets.UTF_8),
                    (flags & SECONDARY) == 0 ? ServerRole.Primary : ServerRole.Secondary,
                    new RelationshipState(
                            state,
                            since,
                            previous,
                            partner,
                            partnerSince,
                            lastContact,
                            lastOperation,
                            partnerDownFrom,
                            recoverFrom,
                            (flags & STORE_LOST) != 0));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a record of " + octets.length + " octets ends too early", e);
        }
    }

    /** The clock was set by that many seconds: all waiting goes on for as long as it would have. */
    public RelationshipState shifted(long seconds) {
        return new RelationshipState(
                state,
                shifted(since, seconds),
                previous,
                partner,
                shifted(partnerSince, seconds),
                shifted(lastContact, seconds),
                shifted(lastOperation, seconds),
                shifted(partnerDownFrom, seconds),
                shifted(recoverFrom, seconds),
                storeLost);
    }

    private static long shifted(long time, long seconds) {
        return time == 0 ? 0 : Math.max(1, time + seconds);
    }

    /**
     * Of a server that was taken for down: where it has not heard its partner since, that may have given all addresses,
     * as if this server had said SHUTDOWN. So it serves nobody until the two have met. One that recovers does so anyway.
     *
     * @param at by when it had ended, by any clock that failover tolerates
     */
    public RelationshipState declaredDown(long at) {
        boolean meetsFirst = switch (state) {
            case RECOVER, RECOVER_WAIT, RECOVER_DONE, SHUTDOWN -> true;
            case STARTUP,
                    NORMAL,
                    COMMUNICATIONS_INTERRUPTED,
                    PARTNER_DOWN,
                    POTENTIAL_CONFLICT,
                    RESOLUTION_INTERRUPTED,
                    CONFLICT_DONE,
                    PAUSED -> false;
        };
        return meetsFirst || lastContact > at ? this : in(ServerState.SHUTDOWN, at);
    }

    RelationshipState heard(ServerState said, long saidSince, long now) {
        return new RelationshipState(
                state, since, previous, said, saidSince, now, lastOperation, partnerDownFrom, recoverFrom, storeLost);
    }

    RelationshipState lastHeard(long time) {
        return new RelationshipState(
                state,
                since,
                previous,
                partner,
                partnerSince,
                Math.max(lastContact, time),
                lastOperation,
                partnerDownFrom,
                recoverFrom,
                storeLost);
    }

    RelationshipState operatedUntil(long time) {
        return new RelationshipState(
                state,
                since,
                previous,
                partner,
                partnerSince,
                lastContact,
                time,
                partnerDownFrom,
                recoverFrom,
                storeLost);
    }

    /** In another state from now on. */
    RelationshipState in(ServerState next, long now) {
        return new RelationshipState(
                next, now, state, partner, partnerSince, lastContact, lastOperation, 0, recoverFrom, storeLost);
    }

    RelationshipState withPartnerDownFrom(long time) {
        return new RelationshipState(
                state,
                since,
                previous,
                partner,
                partnerSince,
                lastContact,
                lastOperation,
                time,
                recoverFrom,
                storeLost);
    }

    RelationshipState withRecovery(long from, boolean lost) {
        return new RelationshipState(
                state, since, previous, partner, partnerSince, lastContact, lastOperation, partnerDownFrom, from, lost);
    }
}
