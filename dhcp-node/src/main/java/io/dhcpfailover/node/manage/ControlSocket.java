package io.dhcpfailover.node.manage;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.UnaryOperator;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an administrator speaks to a server that runs: a socket in its folder of leases, for its own user and root alone.
 * Each connection is one line, and the line that answers it.
 */
final class ControlSocket implements Closeable {

    /** Its name in the folder. */
    static final String NAME = "control";

    /** Octets of a question: a command, names of 253 characters, and a time. */
    private static final int LINE_MAX = 4096;

    /** Octets of an answer: a thousand leases with all that is known of them. */
    private static final int ANSWER_MAX = 16 << 20;

    private static final String ROOT = "root";

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

    private final ServerSocketChannel server;
    private final Path file;
    private final UnaryOperator<String> commands;

    private ControlSocket(ServerSocketChannel server, Path file, UnaryOperator<String> commands) {
        this.server = server;
        this.file = file;
        this.commands = commands;
    }

    /**
     * Opens it in a folder that this process has the lock of.
     *
     * @param commands answers a line by a line; called by several threads
     * @return null where this folder cannot have one, which is logged: a server serves without
     */
    static @Nullable ControlSocket open(Path folder, UnaryOperator<String> commands) {
        Path file = folder.resolve(NAME);
        try {
            Files.deleteIfExists(file);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                server.bind(UnixDomainSocketAddress.of(file));
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
            ControlSocket socket = new ControlSocket(server, file, commands);
            Thread.ofPlatform().daemon().name("control").start(socket::run);
            return socket;
        } catch (IOException | RuntimeException e) {
            LOG.warn("Commands such as partner-down cannot be given: there is no socket {}: {}", file, e.toString());
            return null;
        }
    }

    private void run() {
        while (true) {
            try {
                SocketChannel connection = server.accept();
                Thread.ofVirtual().name("control").start(() -> answer(connection));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("A command could not be taken: {}", e.toString());
            }
        }
    }

    private void answer(SocketChannel connection) {
        try (connection) {
            String user = connection
                    .getOption(ExtendedSocketOptions.SO_PEERCRED)
                    .user()
                    .getName();
            boolean allowed =
                    user.equals(ROOT) || user.equals(Files.getOwner(file).getName());
            String answer = allowed ? commands.apply(readLine(connection)) : "refused: this user may not";
            write(connection, answer);
        } catch (IOException e) {
            LOG.debug("A command was given up", e);
        }
    }

    /**
     * Asks the server that has a folder.
     *
     * @throws IOException where none runs there
     */
    static String ask(Path folder, String line) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve(NAME)))) {
            write(channel, line);
            return readAnswer(channel);
        }
    }

    private static void write(SocketChannel channel, String line) throws IOException {
        ByteBuffer octets = StandardCharsets.UTF_8.encode(line.replace('\n', ' ') + "\n");
        while (octets.hasRemaining()) {
            int _ = channel.write(octets);
        }
    }

    private static String readAnswer(SocketChannel channel) throws IOException {
        return new String(Channels.newInputStream(channel).readNBytes(ANSWER_MAX), StandardCharsets.UTF_8).strip();
    }

    private static String readLine(SocketChannel channel) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(LINE_MAX);
        while (octets.hasRemaining() && channel.read(octets) >= 0) {
            if (octets.position() > 0 && octets.get(octets.position() - 1) == '\n') {
                break;
            }
        }
        return StandardCharsets.UTF_8.decode(octets.flip()).toString().strip();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(file);
    }
}
