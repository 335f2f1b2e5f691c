package io.dhcpfailover.node.manage.api;

import io.dhcpfailover.api.node.NodeRefusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody in without a certificate of the server's authority. The TLS handshake has refused any other certificate, but
 * lets through who shows none, as probes do.
 */
@ServerFilter("/v1/**")
final class CertificateFilter {

    private final ManagementServer.Options options;

    CertificateFilter(ManagementServer.Options options) {
        this.options = options;
    }

    @RequestFilter
    @Nullable HttpResponse<NodeRefusal> require(HttpRequest<?> request) {
        boolean known = options.tls() == null || request.getCertificate().isPresent();
        return known
                ? null
                : HttpResponse.<NodeRefusal>status(HttpStatus.UNAUTHORIZED)
                        .body(new NodeRefusal("show a certificate of this server's authority: curl --cert, --key"));
    }
}
