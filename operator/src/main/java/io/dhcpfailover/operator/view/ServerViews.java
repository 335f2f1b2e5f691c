package io.dhcpfailover.operator.view;

import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.desired.NamespaceObjects;
import io.dhcpfailover.operator.node.Heard;
import io.dhcpfailover.operator.node.ServerLink;
import io.dhcpfailover.operator.node.ServerLinks;
import io.dhcpfailover.operator.report.ObjectKey;
import io.dhcpfailover.operator.summary.ServerView;
import jakarta.inject.Singleton;

/** Servers, as the operator knows them by their links. */
@Singleton
public final class ServerViews {

    private final ServerLinks links;

    /** By these links. */
    public ServerViews(ServerLinks links) {
        this.links = links;
    }

    /** A server of a namespace, be there a DhcpServer of that name or not. */
    public ServerView of(NamespaceObjects objects, ObjectName name) {
        DhcpServer server = objects.servers().get(name.text());
        boolean external =
                server != null && server.getSpec() != null && server.getSpec().external() != null;
        ServerLink link = links.find(new ObjectKey(Kind.DhcpServer.name(), objects.namespace(), name.text()));
        if (external || link == null) {
            return new ServerView(name, external, false, null, null);
        }
        Heard heard = link.heard();
        return new ServerView(name, false, heard.connected(), heard.heardAt(), heard.status());
    }
}
