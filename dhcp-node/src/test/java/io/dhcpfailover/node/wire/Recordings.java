package io.dhcpfailover.node.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Packets of real clients, a real relay and a real server. */
final class Recordings {

    private Recordings() {}

    /** Every packet, by who sent it and what it is. */
    static Map<String, byte[]> all() {
        try (InputStream file = Recordings.class.getResourceAsStream("recordings.txt")) {
            Map<String, byte[]> packets = new LinkedHashMap<>();
            new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        int equals = line.indexOf(" = ");
                        packets.put(line.substring(0, equals), HexFormat.of().parseHex(line.substring(equals + 3)));
                    });
            return packets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of them. */
    static byte[] of(String name) {
        return Objects.requireNonNull(all().get(name), name);
    }
}
