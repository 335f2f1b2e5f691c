package io.dhcpfailover.node.manage.traces;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A collector of OpenTelemetry, which takes traces by OTLP over HTTP, in protobuf. */
public final class Collector implements AutoCloseable {

    /** A span: its identifiers in hexadecimal, that of its parent empty where it has none, and times in nanoseconds. */
    public record Received(String trace, String span, String parent, String name, long start, long end) {}

    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED64 = 1;

    private final HttpServer server;
    private final Queue<Received> spans = new ConcurrentLinkedQueue<>();

    public Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            for (byte[] resource : fields(body, 1)) {
                for (byte[] scope : fields(resource, 2)) {
                    fields(scope, 2).forEach(span -> spans.add(span(span)));
                }
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Received> spans() {
        return List.copyOf(spans);
    }

    /** As opentelemetry-proto's trace.proto numbers them. */
    private static Received span(byte[] span) {
        return new Received(hex(span, 1), hex(span, 2), hex(span, 4), text(span, 5), time(span, 7), time(span, 8));
    }

    private static String hex(byte[] message, int number) {
        List<byte[]> found = fields(message, number);
        return found.isEmpty() ? "" : HexFormat.of().formatHex(found.getFirst());
    }

    private static String text(byte[] message, int number) {
        return new String(fields(message, number).getFirst(), StandardCharsets.UTF_8);
    }

    private static long time(byte[] message, int number) {
        return ByteBuffer.wrap(fields(message, number).getFirst())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    /** What a message has in a field of that number, each as its octets. */
    private static List<byte[]> fields(byte[] message, int number) {
        List<byte[]> found = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(message);
        while (buffer.hasRemaining()) {
            int tag = (int) varint(buffer);
            byte @Nullable [] value = switch (tag & 7) {
                case FIXED64 -> new byte[8];
                case LENGTH_DELIMITED -> new byte[(int) varint(buffer)];
                case 5 -> new byte[4];
                default -> null;
            };
            if (value == null) {
                long _ = varint(buffer);
                continue;
            }
            buffer.get(value);
            if (tag >>> 3 == number) {
                found.add(value);
            }
        }
        return found;
    }

    private static long varint(ByteBuffer buffer) {
        long value = 0;
        int shift = 0;
        byte octet;
        do {
            octet = buffer.get();
            value |= (octet & 0x7FL) << shift;
            shift += 7;
        } while (octet < 0);
        return value;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
