package io.dhcpfailover.operator.validation;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.MessageAuthentication;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.ExternalServer;
import io.dhcpfailover.api.v1alpha1.ExternalServer.Protocol;
import io.dhcpfailover.api.v1alpha1.SecretReference;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.report.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a DhcpFailoverRelationship says wrong, given its servers and the relationships that are valid. */
final class RelationshipCheck implements Check<DhcpFailoverRelationshipSpec> {

    /** Clocks that are further apart cannot work together (as Windows, ISC dhcpd and this server have it). */
    static final Duration CLOCKS_APART_MAX = Duration.ofSeconds(60);

    private static final String SERVER = "DhcpServer";
    private static final String AUTHENTICATION = "spec.messageAuthentication";

    private final Surroundings surroundings;
    private final SecretCheck secrets;
    private final World world;
    private final Map<Set<ObjectKey>, ObjectKey> foreignPairs = new HashMap<>();

    RelationshipCheck(Surroundings surroundings, World world) {
        this.surroundings = surroundings;
        this.secrets = new SecretCheck(surroundings);
        this.world = world;
    }

    @Override
    public List<Mistake> mistakes(ObjectKey key, DhcpFailoverRelationshipSpec spec, boolean runs) {
        List<Mistake> mistakes = new ArrayList<>();
        DhcpServerSpec primary = server(key, "spec.primaryServer", spec.primaryServer(), runs, mistakes);
        DhcpServerSpec secondary = server(key, "spec.secondaryServer", spec.secondaryServer(), runs, mistakes);
        if (primary == null || secondary == null) {
            return mistakes;
        }
        if (primary.external() != null && secondary.external() != null) {
            mistakes.add(new Mistake(
                    MistakeReason.NoServerOfThisCluster,
                    server(key, spec.secondaryServer()),
                    "spec: both " + spec.primaryServer() + " and " + spec.secondaryServer()
                            + " are external, and the operator runs neither: one of them needs nodeName"));
            return mistakes;
        }
        ExternalServer external = primary.external() != null ? primary.external() : secondary.external();
        ObjectName partner = primary.external() != null ? spec.primaryServer() : spec.secondaryServer();
        ObjectKey other =
                external == null || external.protocol() != Protocol.Draft12 ? null : foreignPairs.get(pair(key, spec));
        if (other != null) {
            mistakes.add(new Mistake(
                    MistakeReason.PartnerTaken,
                    other,
                    "spec: " + spec.primaryServer() + " and " + spec.secondaryServer() + " are the servers of "
                            + other.from(key.namespace())
                            + ", and one that speaks Draft12 knows its partner by its address: put the scopes"
                            + " into that one"));
        }
        if (!runs) {
            authentication(key, spec.messageAuthentication(), external, partner, mistakes);
        }
        if (!runs && !world.runs(key)) {
            clocks(key, spec, mistakes);
        }
        return mistakes;
    }

    @Override
    public void add(ObjectKey key, DhcpFailoverRelationshipSpec spec) {
        world.serve(key, spec);
        DhcpServerSpec primary = world.server(server(key, spec.primaryServer()));
        DhcpServerSpec secondary = world.server(server(key, spec.secondaryServer()));
        if ((primary != null && primary.external() != null) || (secondary != null && secondary.external() != null)) {
            foreignPairs.put(pair(key, spec), key);
        }
    }

    private @Nullable DhcpServerSpec server(
            ObjectKey key, String field, ObjectName name, boolean runs, List<Mistake> mistakes) {
        ObjectKey wanted = server(key, name);
        if (!runs && !world.servers().contains(wanted)) {
            mistakes.add(new Mistake(
                    MistakeReason.UnknownServer, wanted, References.unknown(field, wanted, world.servers())));
            return null;
        }
        DhcpServerSpec server = world.server(wanted);
        if (server == null) {
            mistakes.add(new Mistake(
                    MistakeReason.ServerInvalid,
                    wanted,
                    field + ": the DhcpServer " + name + " is not valid itself: see its condition ConfigurationValid"));
        }
        return server;
    }

    private void authentication(
            ObjectKey key,
            MessageAuthentication authentication,
            @Nullable ExternalServer external,
            ObjectName partner,
            List<Mistake> mistakes) {
        if (!authentication.enabled()) {
            return;
        }
        if (external != null && external.protocol() == Protocol.Draft12) {
            mistakes.add(new Mistake(
                    MistakeReason.AuthenticationUnsupported,
                    server(key, partner),
                    AUTHENTICATION + ".enabled: " + partner
                            + " speaks Draft12, which has no message authentication: set it to false, and let a"
                            + " firewall admit the partner alone to TCP port 647"));
            return;
        }
        SecretReference reference = authentication.secretRef();
        if (reference == null) {
            if (external != null) {
                mistakes.add(new Mistake(
                        MistakeReason.SecretRequired,
                        server(key, partner),
                        AUTHENTICATION + ".secretRef: " + partner
                                + " runs in another cluster, which cannot know a secret that is generated here: create"
                                + " the same Secret in both, with a key current, and name it"));
            }
            return;
        }
        Mistake mistake = secrets.shared(AUTHENTICATION + ".secretRef", key.namespace(), reference.name());
        if (mistake != null) {
            mistakes.add(mistake);
        }
    }

    private void clocks(ObjectKey key, DhcpFailoverRelationshipSpec spec, List<Mistake> mistakes) {
        Duration primary = surroundings.clocks().get(server(key, spec.primaryServer()));
        Duration secondary = surroundings.clocks().get(server(key, spec.secondaryServer()));
        if (primary == null || secondary == null) {
            return;
        }
        Duration apart = primary.minus(secondary);
        if (apart.abs().compareTo(CLOCKS_APART_MAX) > 0) {
            mistakes.add(new Mistake(
                    MistakeReason.ClocksApart,
                    server(key, spec.secondaryServer()),
                    "the clock of " + spec.primaryServer() + " is " + Span.of(apart)
                            + (apart.isNegative() ? " behind" : " ahead of")
                            + " that of " + spec.secondaryServer()
                            + ", and 60 s are the most that failover can do with: set both by NTP"));
        }
    }

    private static Set<ObjectKey> pair(ObjectKey key, DhcpFailoverRelationshipSpec spec) {
        return Set.of(server(key, spec.primaryServer()), server(key, spec.secondaryServer()));
    }

    static ObjectKey server(ObjectKey of, ObjectName name) {
        return new ObjectKey(SERVER, of.namespace(), name.text());
    }
}
