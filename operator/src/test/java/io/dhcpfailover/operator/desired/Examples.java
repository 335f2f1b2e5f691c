package io.dhcpfailover.operator.desired;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationship;
import io.dhcpfailover.api.v1alpha1.DhcpResource;
import io.dhcpfailover.api.v1alpha1.DhcpScope;
import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.dhcpfailover.api.value.Ipv4Address;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Resources for tests, as a user writes them. */
public final class Examples {

    /** Objects as YAML, their fields in a fixed order. */
    static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .build())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** The namespace of all. */
    public static final String NAMESPACE = "office";

    private Examples() {}

    /** A DhcpServer of this name and spec in YAML. */
    public static DhcpServer server(String name, String spec) {
        return read(DhcpServer.class, name, spec);
    }

    /** A DhcpScope of this name and spec in YAML. */
    public static DhcpScope scope(String name, String spec) {
        return read(DhcpScope.class, name, spec);
    }

    /** A DhcpFailoverRelationship of this name and spec in YAML. */
    public static DhcpFailoverRelationship relationship(String name, String spec) {
        return read(DhcpFailoverRelationship.class, name, spec);
    }

    private static <T extends DhcpResource<?, ?>> T read(Class<T> kind, String name, String spec) {
        String manifest = "metadata: {name: " + name + ", namespace: " + NAMESPACE + ", generation: 1, uid: uid-of-"
                + name + "}\nspec: " + spec + "\n";
        try {
            return YAML.readValue(manifest, kind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Objects of one namespace; servers have the addresses 192.0.2.1, .2 and so on in the order of their names. */
    public static NamespaceObjects objects(Object... all) {
        SortedMap<String, DhcpServer> servers = named(Arrays.asList(all), DhcpServer.class);
        Map<String, Ipv4Address> addresses = new HashMap<>();
        int number = 1;
        for (Map.Entry<String, DhcpServer> server : servers.entrySet()) {
            if (server.getValue().getSpec() != null
                    && server.getValue().getSpec().external() == null) {
                addresses.put(server.getKey(), Ipv4Address.parse("192.0.2." + number++));
            }
        }
        Map<String, Secret> secrets = new HashMap<>();
        for (Object object : all) {
            if (object instanceof Secret secret) {
                secrets.put(secret.getMetadata().getName(), secret);
            }
        }
        return new NamespaceObjects(
                NAMESPACE,
                servers,
                named(Arrays.asList(all), DhcpFailoverRelationship.class),
                named(Arrays.asList(all), DhcpScope.class),
                secrets,
                addresses);
    }

    private static <T extends DhcpResource<?, ?>> SortedMap<String, T> named(Collection<?> all, Class<T> kind) {
        SortedMap<String, T> named = new TreeMap<>();
        all.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .forEach(object -> named.put(object.getMetadata().getName(), object));
        return named;
    }
}
