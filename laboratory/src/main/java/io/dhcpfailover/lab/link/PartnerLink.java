package io.dhcpfailover.lab.link;

import io.dhcpfailover.api.value.Ipv4Address;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries what partners say to each other by TCP. While it is cut nothing passes, neither octets nor that a connection has ended,
 * and what was said meanwhile comes when it is mended, as by TCP on a network that loses packets.
 */
public final class PartnerLink implements Closeable {

    private static final int CONNECT_MILLIS = 3000;
    private static final int BACKLOG = 16;

    private final int serverPort;
    private final Gate gate = new Gate();
    private final Set<Closeable> sockets = ConcurrentHashMap.newKeySet();

    /**
     * Stands in front of each server.
     *
     * @param servers their addresses
     * @param linkPort where partners dial them
     * @param serverPort where they listen
     * @throws IOException where a port is taken
     */
    public static PartnerLink open(List<Ipv4Address> servers, int linkPort, int serverPort) throws IOException {
        PartnerLink link = new PartnerLink(serverPort);
        try {
            for (Ipv4Address server : servers) {
                ServerSocket socket = new ServerSocket(linkPort, BACKLOG, InetAddress.getByName(server.toString()));
                link.sockets.add(socket);
                Thread.startVirtualThread(() -> link.accept(socket));
            }
            return link;
        } catch (IOException e) {
            link.close();
            throw e;
        }
    }

    private PartnerLink(int serverPort) {
        this.serverPort = serverPort;
    }

    /** Lets nothing pass from now on. */
    public void cut() {
        gate.shut();
    }

    /** Lets everything pass again. */
    public void mend() {
        gate.open();
    }

    /** Whether it is cut. */
    public boolean isCut() {
        return gate.isShut();
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket dialed = listening.accept();
                sockets.add(dialed);
                Thread.startVirtualThread(() -> join(dialed));
            }
        } catch (IOException e) {
            // It was closed, and nobody dials any more.
            sockets.remove(listening);
        }
    }

    private void join(Socket dialed) {
        Socket server = new Socket();
        sockets.add(server);
        try (dialed;
                server) {
            gate.pass();
            // The server sees where its partner comes from, as without a link between them.
            server.bind(new InetSocketAddress(dialed.getInetAddress(), 0));
            server.connect(new InetSocketAddress(dialed.getLocalAddress(), serverPort), CONNECT_MILLIS);
            server.setTcpNoDelay(true);
            dialed.setTcpNoDelay(true);
            new Connection(dialed, server, gate).run();
        } catch (IOException e) {
            // The server does not listen: its partner sees the connection end, and dials again.
            sockets.remove(server);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(server);
            sockets.remove(dialed);
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable socket : sockets) {
            socket.close();
        }
        gate.open();
    }
}
