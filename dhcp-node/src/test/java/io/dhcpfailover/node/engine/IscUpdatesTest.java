package io.dhcpfailover.node.engine;

import static io.dhcpfailover.node.engine.ClientPacket.client;
import static io.dhcpfailover.node.failover.ServerState.NORMAL;
import static io.dhcpfailover.node.failover.ServerState.RECOVER;
import static io.dhcpfailover.node.failover.ServerState.RECOVER_DONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.PartnerKind;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.message.BindingAnswer;
import io.dhcpfailover.node.failover.message.BindingUpdate;
import io.dhcpfailover.node.failover.message.Dialect;
import io.dhcpfailover.node.failover.message.Header;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.RejectReason;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.Options;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A server in NORMAL whose partner is ISC dhcpd: what each says of bindings to the other. */
class IscUpdatesTest {

    private static final String ADDRESS = "192.0.2.20";
    private static final String RESERVED = "192.0.2.200";

    private long now = 1_800_000_000L;
    private long xid;

    private PairNode node(ServerRole role, String more) {
        Relationship relationship = new Relationship(
                PairNode.NAME, role, PartnerKind.ISC, Mode.LoadBalance, 50, 5, ServerPair.MCLT, 0, true, 3, 1000);
        PairNode node = new PairNode(role, relationship, List.of(ServerPair.SCOPE + more));
        node.start(now);
        node.sync(now, null);
        node.engine().sessionBegan(PairNode.NAME, new PartnerSession(Dialect.DRAFT12, 100, 0), now, node.waiting::add);
        state(node, RECOVER);
        hear(
                node,
                new Message.UpdateDone(new Header(
                        now, last(node, Message.UpdateRequestAll.class).header().xid())));
        state(node, RECOVER_DONE);
        state(node, NORMAL);
        assertThat(node.state()).isEqualTo(NORMAL);
        return node;
    }

    private void state(PairNode node, ServerState state) {
        hear(node, new Message.State(header(), state, false, now));
    }

    private Header header() {
        return new Header(now, ++xid);
    }

    private void hear(PairNode node, Message message) {
        node.engine().heard(PairNode.NAME, message, now, node.waiting::add);
        flush(node);
    }

    private void flush(PairNode node) {
        node.engine().flush(now, node.waiting::add);
        node.sync(now, null);
        node.engine().flush(now, node.waiting::add);
        node.sync(now, null);
    }

    private void pass(PairNode node, long seconds) {
        now += seconds;
        node.engine().tick(now);
        flush(node);
    }

    private static <M extends Message> M last(PairNode node, Class<M> type) {
        return node.sent.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    /** What the partner was told last of the address; it says that it takes it. */
    private BindingUpdate acknowledged(PairNode node) {
        return acknowledge(node, last(node, Message.BindingUpdates.class));
    }

    private BindingUpdate acknowledge(PairNode node, Message.BindingUpdates told) {
        BindingUpdate update = told.updates().getFirst();
        List<BindingAnswer> answers = List.of(BindingAnswer.accepted(update.address()));
        hear(
                node,
                new Message.BindingAcknowledgement(new Header(now, told.header().xid()), answers));
        return update;
    }

    private BindingAnswer told(PairNode node, BindingState state, int client, long end, long heard) {
        HardwareAddress hardware = client == 0 ? null : client(client).build().chaddr();
        hear(
                node,
                new Message.BindingUpdates(
                        header(),
                        List.of(new BindingUpdate(
                                Ipv4Address.parse(ADDRESS),
                                state,
                                false,
                                false,
                                null,
                                hardware,
                                end,
                                end,
                                now,
                                heard,
                                Options.NONE,
                                null)),
                        List.of()));
        return last(node, Message.BindingAcknowledgement.class).answers().getFirst();
    }

    private @Nullable RejectReason refusal(BindingAnswer answer) {
        return answer.refusal();
    }

    private Binding binding(PairNode node) {
        return Objects.requireNonNull(node.binding(ADDRESS));
    }

    /** The address is the node's, and then client 1's, which the partner knows. */
    private PairNode leased(ServerRole role) {
        PairNode node = node(role, "");
        told(node, role == ServerRole.Primary ? BindingState.FREE : BindingState.BACKUP, 7, 0, 0);
        grant(node);
        for (int i = 0; i < node.sent.size(); i++) {
            if (node.sent.get(i) instanceof Message.BindingUpdates told) {
                acknowledge(node, told);
            }
        }
        assertThat(node.statistics().unackedUpdates()).isZero();
        return node;
    }

    private void grant(PairNode node) {
        DhcpPacket answer = node.ask(client(1).renew(ADDRESS), now);
        assertThat(answer).isNotNull();
        flush(node);
    }

    @Test
    void aReleaseThatSaysNoTimeEndsALeaseThatThePartnerKnew() {
        PairNode node = leased(ServerRole.Secondary);

        assertThat(refusal(told(node, BindingState.RELEASED, 1, now, 0))).isNull();
        assertThat(binding(node).state()).isEqualTo(BindingState.FREE);
    }

    @Test
    void aLeaseThatThisServerGaveIsNotEndedByAClockThatIsAheadButByThisServerAfterwards() {
        PairNode node = leased(ServerRole.Secondary);

        assertThat(refusal(told(node, BindingState.EXPIRED, 1, now, 0)))
                .isEqualTo(RejectReason.OUTDATED_BINDING_INFORMATION);
        pass(node, ServerPair.MCLT + 60);
        assertThat(binding(node).state()).isEqualTo(BindingState.ACTIVE);
        pass(node, 30);
        assertThat(acknowledged(node).status()).isEqualTo(BindingState.EXPIRED);
        assertThat(binding(node).state()).isEqualTo(BindingState.FREE);
    }

    @Test
    void whatBothToldAClientInTheSameSecondLastsForAsLongAsEitherSaid() {
        PairNode node = leased(ServerRole.Secondary);
        pass(node, 100);
        grant(node);
        long end = binding(node).end();

        assertThat(refusal(told(node, BindingState.ACTIVE, 1, end - 50, now))).isNull();
        assertThat(binding(node).end()).isEqualTo(end);
        BindingAnswer late = BindingAnswer.accepted(Ipv4Address.parse(ADDRESS));
        Message.BindingUpdates first = last(node, Message.BindingUpdates.class);
        hear(
                node,
                new Message.BindingAcknowledgement(
                        new Header(now, first.header().xid()), List.of(late)));
        assertThat(last(node, Message.BindingUpdates.class).header().xid())
                .as("it is told again, although the partner says it took the first one")
                .isNotEqualTo(first.header().xid());
        assertThat(acknowledged(node).leaseExpiration()).isEqualTo(end);
    }

    @Test
    void aReleaseThatComesBeforeTheAnswerToWhatItEndsIsSaidAgain() {
        PairNode node = leased(ServerRole.Primary);
        pass(node, 100);
        grant(node);

        assertThat(refusal(told(node, BindingState.RELEASED, 1, now, now + 1))).isNull();
        assertThat(binding(node).state()).isEqualTo(BindingState.RELEASED);
        acknowledged(node);
        assertThat(acknowledged(node).status()).isEqualTo(BindingState.RELEASED);
        assertThat(binding(node).state()).isEqualTo(BindingState.FREE);
    }

    @Test
    void ofAnAddressThatNobodyEverHadNothingIsKept() {
        PairNode node = node(ServerRole.Primary, "");

        assertThat(refusal(told(node, BindingState.FREE, 0, 0, 0))).isNull();
        assertThat(node.binding(ADDRESS)).isNull();
    }

    @Test
    void aReservationOutsideOfTheRangesIsNotThePartnersAndNotLimitedByMclt() {
        PairNode node = node(
                ServerRole.Secondary, "reservations: [{address: " + RESERVED + ", macAddress: 02:00:5e:00:00:01}]\n");
        DhcpPacket answer = node.ask(client(1).renew(RESERVED), now);
        flush(node);

        assertThat(Objects.requireNonNull(answer).options().get(DhcpOption.LEASE_TIME))
                .isEqualTo(3600);
        assertThat(node.sent).noneMatch(Message.BindingUpdates.class::isInstance);
    }
}
