package io.dhcpfailover.node.engine;

import io.dhcpfailover.node.failover.LoadBalance;
import io.dhcpfailover.node.failover.Service.Asking;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.MessageType;
import java.util.ArrayList;
import java.util.List;

/** Which of the scopes of a client answer it: one that is shared with a partner may leave it to that. */
final class PartnerService {

    private PartnerService() {}

    /** Those that answer; the same list where none of them is shared. */
    static List<ServedScope> open(EngineState state, List<ServedScope> scopes, Exchange exchange) {
        boolean shared = false;
        for (ServedScope scope : scopes) {
            shared |= scope.spec().failoverRelationship() != null;
        }
        if (!shared) {
            return scopes;
        }
        List<ServedScope> open = new ArrayList<>(scopes.size());
        for (ServedScope scope : scopes) {
            Partner partner = state.partner(scope);
            boolean answers =
                    partner == null ? scope.spec().failoverRelationship() == null : answers(partner, scope, exchange);
            if (answers) {
                open.add(scope);
            }
        }
        return open;
    }

    private static boolean answers(Partner partner, ServedScope scope, Exchange exchange) {
        int bucket = LoadBalance.bucket(exchange.client(), exchange.identifier() != null);
        return partner.service(scope, exchange.now())
                .isFor(
                        partner.relationship(),
                        asking(exchange),
                        bucket,
                        exchange.packet().secs());
    }

    private static Asking asking(Exchange exchange) {
        MessageType type = exchange.type();
        if (type == MessageType.RELEASE || type == MessageType.DECLINE) {
            // Both are for whoever hears them.
            return Asking.RENEWAL;
        }
        if (type != MessageType.REQUEST) {
            return Asking.ANYTHING;
        }
        if (exchange.serverIdentifier() != null) {
            return Asking.OFFERED_HERE;
        }
        return exchange.hasAddress() ? Asking.RENEWAL : Asking.ANYTHING;
    }
}
