package io.dhcpfailover.lab.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** What one of two partners says on a connection the other hears, also that it has nothing more to say. */
final class Connection {

    private static final int CHUNK = 8192;

    private final Socket dialed;
    private final Socket server;
    private final Gate gate;

    Connection(Socket dialed, Socket server, Gate gate) {
        this.dialed = dialed;
        this.server = server;
        this.gate = gate;
    }

    /** Carries both ways until both have ended. */
    void run() throws InterruptedException {
        Thread back = Thread.startVirtualThread(() -> carry(server, dialed));
        carry(dialed, server);
        back.join();
    }

    private void carry(Socket from, Socket to) {
        try {
            try {
                copy(from, to);
            } catch (IOException e) {
                // One of them is gone; the other is told when the gate is open.
                gate.pass();
                dialed.close();
                server.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a socket that is of no use any more cannot be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(Socket from, Socket to) throws IOException, InterruptedException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            gate.pass();
            out.write(chunk, 0, length);
        }
        gate.pass();
        to.shutdownOutput();
    }
}
