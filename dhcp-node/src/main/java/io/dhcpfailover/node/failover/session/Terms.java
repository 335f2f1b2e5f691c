package io.dhcpfailover.node.failover.session;

import io.dhcpfailover.node.failover.PartnerKind;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.message.LinkParameters;
import io.dhcpfailover.node.failover.message.Secrets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * On what terms this server begins a session of a relationship.
 *
 * @param relationship as this server obeys it
 * @param secrets by which frames are authenticated; null where they are not
 */
public record Terms(Relationship relationship, @Nullable Secrets secrets) {

    /** Four of the largest batches. */
    private static final long UNACKED_NATIVE = 1024;

    /**
     * The least that the draft advises (section 12.14). ISC dhcpd 4.4.3 answers at once when half as many of its
     * partner's updates wait for it as the partner itself takes, and else after two seconds: what is more than it takes
     * itself would make every window of updates wait.
     */
    private static final long UNACKED_DRAFT = 10;

    private static final long MILLIS = 1000;

    /** Under which both servers know the relationship. */
    public String name() {
        return relationship.name();
    }

    boolean isNative() {
        return relationship.partnerKind() == PartnerKind.NATIVE;
    }

    /** What is asked of the partner: the receive timer is the silence that this server bears, in whole seconds. */
    LinkParameters parameters() {
        return new LinkParameters(
                isNative() ? UNACKED_NATIVE : UNACKED_DRAFT, Math.ceilDiv(relationship.silenceMillis(), MILLIS));
    }

    /**
     * Whether a session that began on these terms can go on with the next ones. It cannot where the partner was told
     * something at its beginning that no longer holds.
     */
    boolean goOnWith(Terms next) {
        Relationship now = next.relationship;
        boolean sameLink = relationship.self() == now.self()
                && relationship.partnerKind() == now.partnerKind()
                && relationship.contactMillis() == now.contactMillis()
                && (secrets == null) == (next.secrets == null);
        // A server of the draft learns the MCLT and who serves whom from the CONNECT, and only from there.
        boolean sameConnect =
                relationship.mclt() == now.mclt() && Objects.equals(relationship.buckets(), now.buckets());
        return sameLink && (isNative() || sameConnect);
    }
}
