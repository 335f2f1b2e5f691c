package io.dhcpfailover.operator.identity;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The texts in a Secret. */
public final class SecretData {

    private SecretData() {}

    /** By their names, as they are. */
    public static Map<String, String> decode(Secret secret) {
        Map<String, String> texts = new TreeMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((name, value) ->
                            texts.put(name, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return texts;
    }

    /** By their names, in base64. */
    public static Map<String, String> encode(Map<String, String> texts) {
        Map<String, String> data = new TreeMap<>();
        texts.forEach((name, text) ->
                data.put(name, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        return data;
    }
}
