package io.dhcpfailover.node.failover.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Frames of a real failover pair. */
final class Recordings {

    private Recordings() {}

    /** Every frame, by what it is. */
    static Map<String, byte[]> all() {
        try (InputStream file = Recordings.class.getResourceAsStream("recordings.txt")) {
            Map<String, byte[]> frames = new LinkedHashMap<>();
            new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        int equals = line.indexOf(" = ");
                        frames.put(line.substring(0, equals), HexFormat.of().parseHex(line.substring(equals + 3)));
                    });
            return frames;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of them. */
    static byte[] of(String name) {
        return Objects.requireNonNull(all().get(name), name);
    }
}
