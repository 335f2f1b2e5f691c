package io.dhcpfailover.node.manage.api;

import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.api.node.NodeRefusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody in without a certificate of the server's authority. The TLS handshake has refused any other certificate, but
 * lets through who shows none, as probes do.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class CertificateFilter {

    /** What is open is listed, not what is closed: a path that is written in an unexpected way is closed. */
    private static final Set<String> OPEN = Set.of(NodeApi.LIVENESS, NodeApi.READINESS, NodeApi.METRICS);

    private final ManagementServer.Options options;

    CertificateFilter(ManagementServer.Options options) {
        this.options = options;
    }

    @RequestFilter
    @Nullable HttpResponse<NodeRefusal> require(HttpRequest<?> request) {
        boolean known = options.tls() == null || request.getCertificate().isPresent();
        return known || OPEN.contains(request.getPath())
                ? null
                : HttpResponse.<NodeRefusal>status(HttpStatus.UNAUTHORIZED)
                        .body(new NodeRefusal("show a certificate of this server's authority: curl --cert, --key"));
    }
}
