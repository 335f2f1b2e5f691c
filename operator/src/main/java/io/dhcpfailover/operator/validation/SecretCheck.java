package io.dhcpfailover.operator.validation;

import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.operator.report.ObjectKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with a Secret that an object names. No message says anything of what is in it. */
final class SecretCheck {

    /** Octets below which guessing a shared secret from recorded messages is no work: as many as an AES-128 key has. */
    static final int LENGTH_MIN = 16;

    private final Surroundings surroundings;

    SecretCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** As the shared secret of a relationship; null where nothing is wrong. */
    @Nullable Mistake shared(String field, String namespace, ObjectName name) {
        Mistake mistake = has(field, namespace, name, List.of("current"));
        if (mistake != null) {
            return mistake;
        }
        Map<String, Integer> lengths = surroundings.secrets().getOrDefault(key(namespace, name), Map.of());
        for (String entry : List.of("current", "next")) {
            if (lengths.getOrDefault(entry, LENGTH_MIN) < LENGTH_MIN) {
                return new Mistake(
                        MistakeReason.SecretTooShort,
                        key(namespace, name),
                        field + ": " + entry + " of the Secret " + name + " has " + lengths.get(entry)
                                + " octets, and fewer than " + LENGTH_MIN
                                + " can be guessed: take what head -c 32 /dev/urandom | base64 writes, the same for"
                                + " both servers");
            }
        }
        return null;
    }

    /** That it exists, and has each of these keys with something in it; null where nothing is wrong. */
    @Nullable Mistake has(String field, String namespace, ObjectName name, List<String> keys) {
        Map<String, Integer> lengths = surroundings.secrets().get(key(namespace, name));
        if (lengths == null) {
            return new Mistake(
                    MistakeReason.SecretMissing,
                    key(namespace, name),
                    field + ": there is no Secret " + name + " in the namespace " + namespace + ": create it with "
                            + String.join(", ", keys));
        }
        List<String> missing = keys.stream()
                .filter(entry -> lengths.getOrDefault(entry, 0) == 0)
                .toList();
        if (missing.isEmpty()) {
            return null;
        }
        return new Mistake(
                MistakeReason.SecretIncomplete,
                key(namespace, name),
                field + ": the Secret " + name + " has no " + String.join(", ", missing) + ", or an empty one: add it");
    }

    private static ObjectKey key(String namespace, ObjectName name) {
        return new ObjectKey("Secret", namespace, name.text());
    }
}
