package io.dhcpfailover.lab.site;

import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.api.value.Ipv4Address;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Addresses and ports of loopback that nobody else uses.
 *
 * @param block the first three octets of all addresses
 * @param serverPort UDP port of servers and relays; clients have the next one
 * @param failoverPort TCP port of servers for their partners, which dial the next one: the link between them
 */
public record Loopback(String block, int serverPort, int failoverPort) {

    /** The TCP port of a server's API, which the operator asks: the only one that cannot be another. */
    private static final int API_PORT = NodeApi.PORT;

    private static final int TRIES = 50;
    private static final int SERVER_PORT = 6767;
    private static final int FAILOVER_PORT = 6647;
    private static final int STEP = 100;

    /**
     * Finds some.
     *
     * @throws LabException where there are none, with what is in the way
     */
    public static Loopback find() throws LabException {
        SplittableRandom random = new SplittableRandom();
        IOException last = new IOException("nothing was tried");
        for (int i = 0; i < TRIES; i++) {
            int shift = STEP * (i / 5);
            Loopback candidate = new Loopback(
                    "127." + random.nextInt(16, 250) + "." + random.nextInt(1, 250) + ".",
                    SERVER_PORT + shift,
                    FAILOVER_PORT + shift);
            try {
                candidate.attempt();
                return candidate;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new LabException(
                "No address of loopback could be used: " + last.getMessage()
                        + ". The lab needs Linux, where all of 127.0.0.0/8 is this machine's, and TCP port " + API_PORT
                        + ", which another program may hold (ss -ltnp).",
                last);
    }

    private void attempt() throws IOException {
        for (Ipv4Address address : List.of(server(1), server(2), relay())) {
            try {
                requireFree(InetAddress.getByName(address.toString()));
            } catch (IOException e) {
                throw new IOException(address + ": " + e.getMessage(), e);
            }
        }
    }

    private void requireFree(InetAddress address) throws IOException {
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(address, serverPort));
                DatagramSocket client = new DatagramSocket(new InetSocketAddress(address, serverPort + 1));
                ServerSocket failover = new ServerSocket(failoverPort, 1, address);
                ServerSocket link = new ServerSocket(linkPort(), 1, address);
                ServerSocket api = new ServerSocket(API_PORT, 1, address)) {
            if (!(server.isBound() && client.isBound() && failover.isBound() && link.isBound() && api.isBound())) {
                throw new IOException("a port could not be bound");
            }
        }
    }

    /** TCP port at a server's address where its partner dials it. */
    int linkPort() {
        return failoverPort + 1;
    }

    /** What a server is told: its UDP ports, and where it dials its partner. */
    String ports() {
        return serverPort + ":" + (serverPort + 1) + ":" + linkPort();
    }

    /** The address of a server by its number, from 1. */
    public Ipv4Address server(int number) {
        return Ipv4Address.parse(block + number);
    }

    /** The address of the relay. */
    public Ipv4Address relay() {
        return Ipv4Address.parse(block + "9");
    }

    /** The address of the API and the operator. */
    public Ipv4Address control() {
        return Ipv4Address.parse(block + "10");
    }
}
