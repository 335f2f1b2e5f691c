package io.dhcpfailover.operator.desired;

import io.dhcpfailover.api.v1alpha1.DhcpServer;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;

/** The Secret with a server's certificate, which its pod mounts. */
public final class TlsSecret {

    private TlsSecret() {}

    /**
     * Of these files.
     *
     * @param data tls.crt, tls.key and ca.crt, in base64
     */
    public static Secret of(DhcpServer server, Map<String, String> data) {
        String name = server.getMetadata().getName();
        return new SecretBuilder()
                .withMetadata(Names.owned(server, Names.certificate(name), Names.labelsOfServer(name)))
                .withType("kubernetes.io/tls")
                .withData(data)
                .build();
    }
}
