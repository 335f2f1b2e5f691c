package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.Clients;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec.State;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.LeaseDuration;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.lease.BindingState;
import io.dhcpfailover.node.lease.BindingTable;
import io.dhcpfailover.node.scope.ServedScope;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.RelayAgentInformation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a server knows; owned by its engine. */
final class EngineState {

    /** A lease time without end (RFC 2131, section 3.3). */
    static final long UNLIMITED = LeaseDuration.UNLIMITED.seconds();

    /** Shortest lease that a client may ask for, in seconds: a shorter one costs the server more than it frees. */
    private static final long LEASE_TIME_MIN = 60;

    private final BindingTable table;
    private final LeaseTrail trail = new LeaseTrail();
    private final Partners partners;
    private Configuration configuration = Configuration.NONE;
    private Collection<Link> allLinks = List.of();
    private Links links = new Links(List.of(), null);
    private boolean storageFailing;
    private long storageBusy;

    EngineState(StoredState store) {
        this.table = store.table();
        this.partners = new Partners(store, trail);
    }

    /** Whom lease events are told. */
    LeaseTrail trail() {
        return trail;
    }

    Partners partners() {
        return partners;
    }

    /** With whom the scope is shared; null where with nobody. */
    @Nullable Partner partner(ServedScope scope) {
        return partners.of(scope);
    }

    /** With whom the address is shared; null where with nobody. */
    @Nullable Partner partner(Ipv4Address address) {
        ServedScope scope = configuration.scopes().ofAddress(address);
        return scope == null ? null : partners.of(scope);
    }

    BindingTable table() {
        return table;
    }

    /** An address was taken out of use: a partner is to be told. */
    void changed(Binding binding) {
        Partner partner = partner(binding.address());
        if (partner != null) {
            partner.changed(binding);
        }
    }

    /** A client does not have an address any more, before its lease has ended. */
    void release(Binding binding, long now) {
        Partner partner = partner(binding.address());
        if (partner == null) {
            table.free(binding, now);
        } else {
            partner.ends().end(binding, BindingState.RELEASED, now);
        }
    }

    Configuration configuration() {
        return configuration;
    }

    boolean storageFailing() {
        return storageFailing;
    }

    void setStorageFailing(boolean failing) {
        storageFailing = failing;
    }

    /** For how long the store has taken nothing, in seconds. */
    long storageBusy() {
        return storageBusy;
    }

    void setStorageBusy(long seconds) {
        storageBusy = seconds;
    }

    /** Whether what is offered of these scopes could not be granted, while a partner can. */
    boolean leavesToPartner(List<ServedScope> scopes) {
        for (ServedScope scope : scopes) {
            Partner partner = partners.of(scope);
            if (partner != null && (storageFailing || partner.isOverdue(storageBusy))) {
                return true;
            }
        }
        return false;
    }

    void configure(Configuration next) {
        configuration = next;
        table.serve(next.scopes());
        trail.serve(next.scopes());
        partners.configure(next.relationships(), next.scopes());
        links = new Links(allLinks, next.serverAddress());
    }

    void setLinks(Collection<Link> next) {
        allLinks = List.copyOf(next);
        links = new Links(allLinks, configuration.serverAddress());
    }

    Collection<Link> links() {
        return allLinks;
    }

    boolean isOwn(Ipv4Address address) {
        return links.isOwn(address);
    }

    /** Whether the client sent its packet to this server alone, and not to everyone on its link. */
    boolean isUnicast(Exchange exchange) {
        return isOwn(exchange.origin().destination());
    }

    /** Whether the server itself has an address in the subnet of this one, on this link. */
    boolean isOnLink(Ipv4Address address, int index) {
        ServedScope scope = configuration.scopes().ofAddress(address);
        Link link = links.of(index);
        return scope != null
                && link != null
                && link.addresses().stream()
                        .anyMatch(own -> scope.spec().subnet().contains(own));
    }

    /** By which the client knows the server: option 54. */
    Ipv4Address identifier(Exchange exchange) {
        var information = exchange.relayAgentInformation();
        Ipv4Address override = information == null ? null : information.serverIdentifierOverride();
        if (override != null) {
            // RFC 5107: the relay wants to see renewals.
            return override;
        }
        Ipv4Address everywhere = configuration.serverAddress();
        return everywhere == null ? ownAddress(exchange) : everywhere;
    }

    /** Whether the client speaks of this server. */
    boolean isMeant(Exchange exchange, Ipv4Address identifier) {
        return isOwn(identifier) || identifier.equals(identifier(exchange));
    }

    /** The server's own address that a reply leaves from. */
    Ipv4Address source(Exchange exchange) {
        Ipv4Address identifier = identifier(exchange);
        return isOwn(identifier) ? identifier : ownAddress(exchange);
    }

    private Ipv4Address ownAddress(Exchange exchange) {
        Origin origin = exchange.origin();
        if (isOwn(origin.destination())) {
            return origin.destination();
        }
        Link link = links.of(origin.link());
        if (link == null) {
            Ipv4Address first = links.first();
            return first == null ? Ipv4Address.UNSPECIFIED : first;
        }
        for (Ipv4Address address : link.addresses()) {
            if (configuration.scopes().ofAddress(address) != null) {
                return address;
            }
        }
        return link.addresses().getFirst();
    }

    /**
     * The scopes that the client's link has: one for a relayed client, one for each network of the interface for one
     * that broadcasts, and the one of its address for one that renews. Inactive ones are among them.
     */
    List<ServedScope> scopes(Exchange exchange) {
        if (exchange.imaginedScope() != null) {
            return listOf(exchange.imaginedScope());
        }
        if (exchange.isRelayed()) {
            return listOf(configuration.scopes().ofAddress(relayedLink(exchange)));
        }
        if (exchange.hasAddress() && isUnicast(exchange)) {
            return listOf(configuration.scopes().ofAddress(exchange.packet().ciaddr()));
        }
        Link link = links.of(exchange.origin().link());
        List<ServedScope> scopes = new ArrayList<>(1);
        for (Ipv4Address address : link == null ? List.<Ipv4Address>of() : link.addresses()) {
            ServedScope scope = configuration.scopes().ofAddress(address);
            if (scope != null && !scopes.contains(scope)) {
                scopes.add(scope);
            }
        }
        return scopes;
    }

    /**
     * An address of the link that a relay's client is on: as the relay selects it (RFC 3527), or by the relay's address
     * (RFC 2131, section 4.3.1). What the client selects (RFC 3011) counts where the relay's address is in no scope:
     * otherwise any client could empty the scopes of all others.
     */
    private Ipv4Address relayedLink(Exchange exchange) {
        RelayAgentInformation information = exchange.relayAgentInformation();
        Ipv4Address selected = information == null ? null : information.linkSelection();
        if (selected == null && isSubnetSelected(exchange)) {
            selected = exchange.packet().options().get(DhcpOption.SUBNET_SELECTION);
        }
        return selected == null ? exchange.packet().giaddr() : selected;
    }

    /** Whether the client selects its subnet, which a reply must say again (RFC 3011, section 3). */
    boolean isSubnetSelected(Exchange exchange) {
        return exchange.isRelayed()
                && exchange.packet().options().has(DhcpOption.SUBNET_SELECTION)
                && configuration.scopes().ofAddress(exchange.packet().giaddr()) == null;
    }

    /**
     * The number of what the client came by: the link, or all relays of its scope, since whoever invents clients may
     * invent relays as well.
     */
    long relay(Exchange exchange) {
        if (!exchange.isRelayed()) {
            return Hash.mix(-1L - exchange.origin().link());
        }
        Ipv4Address link = relayedLink(exchange);
        ServedScope scope = configuration.scopes().ofAddress(link);
        return Hash.mix(
                scope == null ? link.number() : scope.spec().subnet().network().number());
    }

    /** The number of the circuit that the client came by. */
    long circuit(Exchange exchange) {
        byte[] octets = exchange.relayAgentInformation() == null
                ? null
                : exchange.packet().options().octets(DhcpOption.RELAY_AGENT_INFORMATION.code());
        return octets == null ? relay(exchange) + 1 : Hash.of(relay(exchange), octets);
    }

    private static List<ServedScope> listOf(@Nullable ServedScope scope) {
        return scope == null ? List.of() : List.of(scope);
    }

    /** Why none of the scopes answers the client; null where one does. */
    @Nullable Outcome whyNot(List<ServedScope> scopes, boolean bootp) {
        if (scopes.isEmpty()) {
            return Outcome.NO_SCOPE;
        }
        if (scopes.stream().noneMatch(scope -> scope.spec().state() == State.Active)) {
            return Outcome.SCOPE_INACTIVE;
        }
        return scopes.stream().anyMatch(scope -> answers(scope, bootp)) ? null : Outcome.WRONG_PROTOCOL;
    }

    /** Whether a scope answers clients of a protocol. */
    static boolean answers(ServedScope scope, boolean bootp) {
        Clients other = bootp ? Clients.DHCP : Clients.BOOTP;
        return scope.spec().state() == State.Active && scope.spec().clients() != other;
    }

    /** For how long a client may be told that it has an address, in seconds. */
    long leaseTime(ServedScope scope, Exchange exchange, Binding binding) {
        long desired = desired(scope, exchange);
        Partner partner = partners.of(scope);
        if (partner == null) {
            return desired;
        }
        long end = partner.grants().end(binding, exchange.client(), desired, exchange.now());
        return end == UNLIMITED ? UNLIMITED : end - exchange.now();
    }

    /** For how long a client should have an address, in seconds: no longer than it asks for. */
    static long desired(ServedScope scope, Exchange exchange) {
        Long asked = exchange.packet().options().get(DhcpOption.LEASE_TIME);
        long most = scope.leaseDuration().seconds();
        return asked == null ? most : Math.clamp(asked, Math.min(LEASE_TIME_MIN, most), most);
    }

    /** When a lease ends that begins now. */
    static long end(long seconds, long now) {
        return seconds == UNLIMITED ? UNLIMITED : now + seconds;
    }
}
