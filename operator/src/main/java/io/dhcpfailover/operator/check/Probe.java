package io.dhcpfailover.operator.check;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A relay with a client that wants an address and never takes it. */
final class Probe implements AutoCloseable {

    private static final int SERVER_PORT = 67;
    private static final int MESSAGE_MAX = 1500;
    private static final int HARDWARE_ADDRESS_LENGTH = 6;

    /** Locally administered, and of one station (IEEE 802). */
    private static final byte PRIVATE = 2;

    /** One may be lost, and the first may wait for a conflict to be looked for. */
    private static final int ATTEMPTS = 5;

    private static final int WAIT_MILLISECONDS = 2000;

    private final DatagramSocket socket;
    private final Ipv4Address address;
    private final SecureRandom random = new SecureRandom();

    /**
     * An offer.
     *
     * @param address that is offered
     * @param server from where it came
     */
    record Offer(Ipv4Address address, String server) {}

    private Probe(DatagramSocket socket, Ipv4Address address) {
        this.socket = socket;
        this.address = address;
    }

    /**
     * One that is reached at this address of the host.
     *
     * @throws IOException where port 67 is taken, or may not be
     */
    static Probe at(Ipv4Address address) throws IOException {
        DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address.toString()), SERVER_PORT));
        socket.setSoTimeout(WAIT_MILLISECONDS);
        return new Probe(socket, address);
    }

    /** The first offer of any of the servers to a client on this link; null where there is none in ten seconds. */
    @Nullable Offer ask(List<Ipv4Address> servers, Ipv4Prefix link) throws IOException {
        int transaction = random.nextInt();
        byte[] client = new byte[HARDWARE_ADDRESS_LENGTH];
        random.nextBytes(client);
        client[0] = PRIVATE;
        byte[] message = Discover.encode(transaction, client, address, link);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            for (Ipv4Address server : servers) {
                socket.send(new DatagramPacket(
                        message, message.length, InetAddress.getByName(server.toString()), SERVER_PORT));
            }
            Offer offer = receive(transaction);
            if (offer != null) {
                return offer;
            }
        }
        return null;
    }

    private @Nullable Offer receive(int transaction) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[MESSAGE_MAX], MESSAGE_MAX);
        try {
            while (true) {
                socket.receive(packet);
                Ipv4Address offered = Discover.offered(transaction, packet.getData(), packet.getLength());
                if (offered != null) {
                    return new Offer(offered, packet.getAddress().getHostAddress());
                }
                packet.setLength(MESSAGE_MAX);
            }
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
