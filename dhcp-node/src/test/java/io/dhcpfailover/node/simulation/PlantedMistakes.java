package io.dhcpfailover.node.simulation;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.PartnerSession;
import io.dhcpfailover.node.failover.BindingVersion;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.failover.message.BindingAnswer;
import io.dhcpfailover.node.failover.message.BindingUpdate;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.lease.BindingState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Mistakes that a failover server could have. */
final class PlantedMistakes {

    private PlantedMistakes() {}

    static Mistake ackBeforeSync() {
        return new Mistake() {
            @Override
            boolean repliesBeforeSync() {
                return true;
            }
        };
    }

    static Mistake bndackBeforeSync() {
        return new Mistake() {
            @Override
            boolean leavesBeforeSync(Message message) {
                return message instanceof Message.BindingAcknowledgement;
            }
        };
    }

    static Mistake stateBeforeSync() {
        return new Mistake() {
            @Override
            boolean tellsBeforeSync() {
                return true;
            }

            @Override
            boolean leavesBeforeSync(Message message) {
                return message instanceof Message.State;
            }
        };
    }

    static Mistake endsOfSessionsIgnored() {
        return new Mistake() {
            @Override
            boolean sessionsEndUnnoticed() {
                return true;
            }
        };
    }

    static Mistake skewIgnored() {
        return new Mistake() {
            @Override
            PartnerSession session(PartnerSession session) {
                return new PartnerSession(session.dialect(), session.unackedUpdatesMax(), 0);
            }
        };
    }

    static Mistake mcltIgnored() {
        return withMclt(86_400, state -> true);
    }

    static Mistake recoverWaitSkipped() {
        return withMclt(1, state -> state == ServerState.RECOVER || state == ServerState.RECOVER_WAIT);
    }

    static Mistake partnersAddressesWithoutWaitingForMclt() {
        return withMclt(1, state -> state == ServerState.PARTNER_DOWN);
    }

    /** With this for MCLT while in such a state. */
    private static Mistake withMclt(long mclt, Predicate<@Nullable ServerState> when) {
        return new Mistake() {
            @Override
            boolean changesWithState() {
                return true;
            }

            @Override
            Relationship relationship(Relationship right, @Nullable ServerState state) {
                return new Relationship(
                        right.name(),
                        right.self(),
                        right.partnerKind(),
                        right.mode(),
                        right.percent(),
                        right.reservePercent(),
                        when.test(state) ? mclt : right.mclt(),
                        right.safePeriod(),
                        right.partnerDownOnProof(),
                        right.maxWait(),
                        right.contactMillis());
            }
        };
    }

    static Mistake lostUpdatesTakenForAcknowledged() {
        return new Mistake() {
            @Override
            void pass(ServerRole from, long number, Message message, Consumer<Message> on, Consumer<Message> back) {
                if (message instanceof Message.BindingUpdates updates
                        && message.header().xid() % 4 == 0) {
                    back.accept(accepted(updates));
                } else {
                    on.accept(message);
                }
            }
        };
    }

    /** What a session did not carry to its end, the next one does not carry either. */
    static Mistake resendForgotten() {
        return new Mistake() {
            private final Map<ServerRole, Map<Long, Integer>> said = new HashMap<>();

            @Override
            void pass(ServerRole from, long number, Message message, Consumer<Message> on, Consumer<Message> back) {
                int before = said.computeIfAbsent(from, key -> new HashMap<>()).merge(number, 1, Integer::sum) - 1;
                if (message instanceof Message.BindingUpdates updates && number > 1 && before < 6) {
                    back.accept(accepted(updates));
                } else {
                    on.accept(message);
                }
            }
        };
    }

    static Mistake updateRequestsAnsweredAtOnce() {
        return new Mistake() {
            @Override
            void pass(ServerRole from, long number, Message message, Consumer<Message> on, Consumer<Message> back) {
                if (message instanceof Message.UpdateRequest || message instanceof Message.UpdateRequestAll) {
                    back.accept(new Message.UpdateDone(message.header()));
                } else {
                    on.accept(message);
                }
            }
        };
    }

    /** Each update says what the one before it said of the address, and is taken for new. */
    static Mistake oldUpdatesTakenForNew() {
        return new Mistake() {
            private final Map<Ipv4Address, BindingUpdate> last = new HashMap<>();

            @Override
            void pass(ServerRole from, long number, Message message, Consumer<Message> on, Consumer<Message> back) {
                if (message instanceof Message.BindingUpdates updates) {
                    on.accept(new Message.BindingUpdates(
                            updates.header(),
                            updates.updates().stream().map(this::old).toList()));
                } else {
                    on.accept(message);
                }
            }

            private BindingUpdate old(BindingUpdate update) {
                BindingUpdate before = last.put(update.address(), update);
                return before == null ? update : with(before, before.status(), update.version());
            }
        };
    }

    static Mistake partnersAddressesTakenForOwn() {
        return changing(update ->
                update.status() == BindingState.FREE ? with(update, BindingState.BACKUP, update.version()) : update);
    }

    static Mistake activeLeasesTakenForFree() {
        return changing(update ->
                update.status() == BindingState.ACTIVE ? with(update, BindingState.EXPIRED, update.version()) : update);
    }

    private static Mistake changing(UnaryOperator<BindingUpdate> change) {
        return new Mistake() {
            @Override
            void pass(ServerRole from, long number, Message message, Consumer<Message> on, Consumer<Message> back) {
                if (message instanceof Message.BindingUpdates updates) {
                    on.accept(new Message.BindingUpdates(
                            updates.header(),
                            updates.updates().stream().map(change).toList()));
                } else {
                    on.accept(message);
                }
            }
        };
    }

    private static BindingUpdate with(BindingUpdate update, BindingState status, @Nullable BindingVersion version) {
        return new BindingUpdate(
                update.address(),
                status,
                update.reserved(),
                update.bootp(),
                update.clientIdentifier(),
                update.hardwareAddress(),
                update.leaseExpiration(),
                update.potentialExpiration(),
                update.stateStart(),
                update.clientLastTransaction(),
                update.clientOptions(),
                version);
    }

    private static Message accepted(Message.BindingUpdates updates) {
        List<BindingAnswer> answers = updates.updates().stream()
                .map(update -> BindingAnswer.accepted(update.address()))
                .toList();
        return new Message.BindingAcknowledgement(updates.header(), answers);
    }
}
