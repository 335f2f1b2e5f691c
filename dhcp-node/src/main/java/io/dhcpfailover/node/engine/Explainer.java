package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.engine.Explanation.Sharing;
import io.dhcpfailover.node.failover.LoadBalance;
import io.dhcpfailover.node.failover.ServerState;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.ClientIdentity;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.MessageType;
import io.dhcpfailover.node.wire.Options;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says what would become of a client by having the engine decide on packets that it could send, without any effect. */
final class Explainer {

    /** Scopes in which a client is looked for of which nothing is known. */
    private static final int SCOPES_MAX = 64;

    private final EngineState state;
    private final BiFunction<Exchange, Consumer<Effect>, Outcome> decision;

    /** @param decision what the engine makes of a packet */
    Explainer(EngineState state, BiFunction<Exchange, Consumer<Effect>, Outcome> decision) {
        this.state = state;
        this.decision = decision;
    }

    /** @throws IllegalArgumentException where the question names an interface or a scope that is not there */
    List<Explanation> explain(Question question, long now) {
        ClientIdentifier identifier = identifier(question);
        Question known =
                new Question(identifier, question.hardware(), question.relay(), question.link(), question.scope());
        List<Explanation> all = new ArrayList<>();
        if (question.scope() == null && (question.relay() != null || question.link() != null)) {
            all.add(explain(known, null, now));
        } else {
            for (ServedScope scope : scopes(known)) {
                all.add(explain(known, scope, now));
            }
        }
        return all;
    }

    /** What a client calls itself counts for its bucket, and for whether it is known at all. */
    private @Nullable ClientIdentifier identifier(Question question) {
        if (question.identifier() != null || question.hardware().length() == 0) {
            return question.identifier();
        }
        return state.table().all(question.hardware()).stream()
                .max(Comparator.comparingLong(Binding::lastTransaction))
                .filter(Binding::identified)
                .map(Binding::client)
                .map(ClientIdentity::octets)
                .filter(octets -> octets.length >= ClientIdentifier.LENGTH_MIN)
                .map(ClientIdentifier::of)
                .orElse(null);
    }

    private Collection<ServedScope> scopes(Question question) {
        Collection<ServedScope> served = state.configuration().scopes().scopes();
        if (question.scope() != null) {
            List<ServedScope> named = served.stream()
                    .filter(scope -> scope.name().equals(question.scope()))
                    .toList();
            if (named.isEmpty()) {
                throw new IllegalArgumentException("this server has no scope " + question.scope());
            }
            return named;
        }
        ClientIdentity client = ClientIdentity.of(question.identifier(), question.hardware());
        List<ServedScope> known = served.stream()
                .filter(scope -> state.table().find(client, scope) != null
                        || scope.reservationOf(question.identifier(), question.hardware()) != null)
                .toList();
        return known.isEmpty() ? served.stream().limit(SCOPES_MAX).toList() : known;
    }

    private Explanation explain(Question question, @Nullable ServedScope in, long now) {
        Exchange discover = imagined(question, MessageType.DISCOVER, null, in, now);
        List<ServedScope> scopes = state.scopes(discover);
        List<Effect> effects = new ArrayList<>();
        Outcome outcome = decision.apply(discover, effects::add);
        DhcpPacket offer = packet(effects);
        ServedScope scope = offer == null || offer.yiaddr().equals(Ipv4Address.UNSPECIFIED)
                ? first(scopes)
                : state.configuration().scopes().ofAddress(offer.yiaddr());
        Binding own = scope == null ? null : state.table().find(discover.client(), scope);
        boolean active = own != null && own.state() == BindingState.ACTIVE;
        Outcome renewal = null;
        DhcpPacket acknowledgement = null;
        if (own != null && active) {
            List<Effect> renewed = new ArrayList<>();
            renewal = decision.apply(imagined(question, MessageType.REQUEST, own.address(), scope, now), renewed::add);
            acknowledgement = packet(renewed);
        }
        Sharing sharing = scope == null ? null : sharing(scope, discover);
        return new Explanation(
                scope == null ? null : scope.name(),
                outcome,
                offer,
                own != null && active ? own.address() : null,
                renewal,
                acknowledgement,
                scope == null ? 0 : EngineState.desired(scope, discover),
                sharing,
                new Reasons(state, discover, scope, sharing, own).of(question, outcome, offer));
    }

    private static @Nullable ServedScope first(List<ServedScope> scopes) {
        return scopes.isEmpty() ? null : scopes.getFirst();
    }

    private static @Nullable DhcpPacket packet(List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send send) {
                return send.reply().packet();
            }
        }
        return null;
    }

    private Exchange imagined(
            Question question, MessageType type, @Nullable Ipv4Address address, @Nullable ServedScope scope, long now) {
        Options.Builder options = new Options.Builder().put(DhcpOption.MESSAGE_TYPE, type);
        if (question.identifier() != null) {
            options.put(DhcpOption.CLIENT_IDENTIFIER, question.identifier());
        }
        Ipv4Address relay = question.relay() == null ? Ipv4Address.UNSPECIFIED : question.relay();
        DhcpPacket packet = new DhcpPacket(
                DhcpPacket.Op.BOOTREQUEST,
                0,
                0,
                0,
                0,
                address == null ? Ipv4Address.UNSPECIFIED : address,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                relay,
                question.hardware(),
                "",
                "",
                options.build());
        Origin origin = new Origin(index(question.link()), relay, Replies.SERVER_PORT, Ipv4Address.BROADCAST);
        return Exchange.imagined(packet, origin, now, scope);
    }

    private int index(@Nullable InterfaceName name) {
        if (name == null) {
            return 0;
        }
        return state.links().stream()
                .filter(link -> link.name().equals(name))
                .mapToInt(Link::index)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("this server serves no interface " + name));
    }

    private @Nullable Sharing sharing(ServedScope scope, Exchange exchange) {
        Partner partner = state.partner(scope);
        if (partner == null) {
            return null;
        }
        var standing = partner.standing();
        var relationship = partner.relationship();
        int bucket = LoadBalance.bucket(exchange.client(), exchange.identifier() != null);
        return new Sharing(
                partner.name(),
                relationship.mode(),
                partner.self(),
                standing == null ? ServerState.STARTUP : standing.state(),
                standing == null ? null : standing.kept().partner(),
                bucket,
                relationship.buckets().serverOf(bucket),
                partner.service(scope, exchange.now()),
                partner.clientsLeadTime());
    }
}
