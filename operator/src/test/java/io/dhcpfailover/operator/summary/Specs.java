package io.dhcpfailover.operator.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverActionSpec;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpScopeSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import java.io.UncheckedIOException;

/** Specs as people write them. */
public final class Specs {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Specs() {}

    /** Of dhcp1, the primary, and dhcp2, with these fields besides. */
    public static DhcpFailoverRelationshipSpec pair(String fields) {
        return read(
                "{primaryServer: dhcp1, secondaryServer: dhcp2, " + fields + "}", DhcpFailoverRelationshipSpec.class);
    }

    /** Of a DhcpServer. */
    public static DhcpServerSpec server(String fields) {
        return read("{" + fields + "}", DhcpServerSpec.class);
    }

    /** Of a DhcpScope. */
    public static DhcpScopeSpec scope(String fields) {
        return read("{" + fields + "}", DhcpScopeSpec.class);
    }

    /** Of a DhcpFailoverAction. */
    public static DhcpFailoverActionSpec action(String fields) {
        return read("{" + fields + "}", DhcpFailoverActionSpec.class);
    }

    private static <T> T read(String text, Class<T> type) {
        try {
            return YAML.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
