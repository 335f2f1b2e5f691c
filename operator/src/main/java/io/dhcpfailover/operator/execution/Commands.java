package io.dhcpfailover.operator.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dhcpfailover.api.node.PartnerDownRequest;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.action.Command;
import io.dhcpfailover.operator.desired.Item;
import io.dhcpfailover.operator.desired.Names;
import io.dhcpfailover.operator.node.NodeClient;
import io.dhcpfailover.operator.node.Replication;
import io.dhcpfailover.operator.node.ServerLink;
import io.dhcpfailover.operator.node.ServerLinks;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.view.Caches;
import io.dhcpfailover.operator.view.Kind;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what actions ask for. */
@Singleton
final class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerLinks links;
    private final NodeClient client;
    private final KubernetesClient kubernetes;
    private final Caches caches;

    Commands(ServerLinks links, NodeClient client, KubernetesClient kubernetes, Caches caches) {
        this.links = links;
        this.client = client;
        this.kubernetes = kubernetes;
        this.caches = caches;
    }

    /** Why the first that was not done was not; null where all were. */
    @Nullable String run(String namespace, List<Command> commands) {
        for (Command command : commands) {
            try {
                run(namespace, command);
                LOG.info("{}: {}", namespace, command);
            } catch (IOException e) {
                LOG.warn("{}: {} was not done: {}", namespace, command, e.getMessage());
                return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "the operator ends";
            }
        }
        return null;
    }

    private void run(String namespace, Command command) throws IOException, InterruptedException {
        switch (command) {
            case Command.DeclareDown(var server, var relationship, var lastSeen) ->
                client.partnerDown(
                        where(namespace, server), relationship.text(), new PartnerDownRequest(lastSeen, null));
            case Command.Resync(var server, var relationship) ->
                client.resync(where(namespace, server), relationship.text());
            case Command.StartMaintenance(var server) -> client.maintenance(where(namespace, server), true);
            case Command.EndMaintenance(var server) -> client.maintenance(where(namespace, server), false);
            case Command.Replicate(var from, var to, var scopes) -> replicate(namespace, from, to, scopes);
        }
    }

    private URI where(String namespace, ObjectName server) throws IOException {
        ServerLink link = link(namespace, server);
        URI where = link.server();
        if (where == null) {
            throw new IOException(server + " has no address: look at its node");
        }
        return where;
    }

    private ServerLink link(String namespace, ObjectName server) throws IOException {
        ServerLink link = links.find(new ObjectKey(Kind.DhcpServer.name(), namespace, server.text()));
        if (link == null) {
            throw new IOException(server + " is not run by this operator yet");
        }
        return link;
    }

    /**
     * What wins becomes what is asked, and then the other server gets it. Where the one that wins serves what is asked
     * already, nothing is asked anew.
     */
    private void replicate(String namespace, ObjectName from, ObjectName to, List<ObjectName> scopes)
            throws IOException {
        Replication winners = link(namespace, from).replication();
        if (!winners.isKnown()) {
            throw new IOException("what " + from + " holds is not known yet: try again in a moment");
        }
        Map<String, Item> sent = winners.sent();
        for (ObjectName scope : scopes) {
            Item winner = sent.get(Item.key(Kind.DhcpScope.name(), scope.text()));
            DhcpScope asked = caches.find(DhcpScope.class, namespace, scope.text());
            if (winner != null
                    && asked != null
                    && !winner.hash().equals(Item.of(asked).hash())) {
                ask(asked, winner);
            }
        }
        Set<String> keys = scopes.stream()
                .map(scope -> Item.key(Kind.DhcpScope.name(), scope.text()))
                .collect(Collectors.toSet());
        link(namespace, to).copy(keys);
    }

    private void ask(DhcpScope asked, Item winner) throws IOException {
        List<Map<String, Object>> patch = List.of(
                Map.of(
                        "op",
                        "test",
                        "path",
                        "/metadata/resourceVersion",
                        "value",
                        asked.getMetadata().getResourceVersion()),
                Map.of("op", "replace", "path", "/spec", "value", winner.spec()));
        try {
            kubernetes
                    .resource(asked)
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON)
                                    .withFieldManager(Names.OPERATOR)
                                    .build(),
                            JSON.writeValueAsString(patch));
        } catch (JsonProcessingException e) {
            throw new IOException(e);
        }
    }
}
