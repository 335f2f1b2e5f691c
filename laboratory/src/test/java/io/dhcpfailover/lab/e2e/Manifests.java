package io.dhcpfailover.lab.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Manifests that lie beside the tests, with words in capitals in the place of what the cluster decides. */
final class Manifests {

    private Manifests() {}

    /** What the file holds, with each word replaced by its value. */
    static List<HasMetadata> read(KubernetesClient client, String file, Map<String, String> values) throws IOException {
        String text = text(file);
        // The longest first, since one word may be part of another.
        for (String word : values.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            text = text.replace(word, Objects.requireNonNull(values.get(word)));
        }
        return client.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    /** A range {@code FIRST-LAST} as a manifest has it. */
    static String range(String range) {
        return "{start: %s, end: %s}".formatted((Object[]) range.split("-", 2));
    }

    private static String text(String file) throws IOException {
        try (InputStream content = Objects.requireNonNull(Manifests.class.getResourceAsStream(file), file)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
