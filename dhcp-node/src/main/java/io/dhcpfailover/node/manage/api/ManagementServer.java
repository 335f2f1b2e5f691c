package io.dhcpfailover.node.manage.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.ssl.CertificateProvider;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.runtime.server.EmbeddedServer;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server of the management API, from its start to its end. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Management API of a DHCP server",
                        version = "v1",
                        description = "Below /v1 by mutual TLS; /health and /metrics without a certificate"))
public final class ManagementServer implements AutoCloseable {

    /**
     * Where it listens, and who is let in.
     *
     * @param address on which it listens
     * @param port TCP port; 0 for any that is free
     * @param tls a folder with tls.crt, tls.key and ca.crt; null for plain HTTP, which is for loopback only
     * @param limits of connections
     */
    public record Options(
            InetAddress address, int port, @Nullable Path tls, Limits limits) {

        /** With the usual limits. */
        public Options(InetAddress address, int port, @Nullable Path tls) {
            this(address, port, tls, Limits.USUAL);
        }

        /** @throws IllegalArgumentException for plain HTTP on an address that others reach */
        public Options {
            if (tls == null && !address.isLoopbackAddress()) {
                throw new IllegalArgumentException("the API is without TLS on loopback only, and "
                        + address.getHostAddress() + " is none: give a folder with tls.crt, tls.key and ca.crt");
            }
        }
    }

    /**
     * What others may take of it.
     *
     * @param request how long it may take to ask all of a request, and the server to answer it
     * @param connections how many there may be at a time
     */
    public record Limits(Duration request, int connections) {

        /** For 16 MiB by a slow link, and for a thousand who watch. */
        public static final Limits USUAL = new Limits(Duration.ofSeconds(60), 2048);
    }

    /** Octets of a body: 10,000 scopes with options have about 10 MiB. */
    static final int BODY_MAX = 16 << 20;

    private static final int HEADERS_MAX = 16 << 10;
    private static final int LINE_MAX = 8 << 10;
    private static final int THREADS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

    private final ApplicationContext context;
    private final StatusFeed feed;
    private final @Nullable TlsFolder tls;
    private final int port;

    private ManagementServer(Options options, NodeOperations node) throws IOException {
        Path folder = options.tls();
        tls = folder == null ? null : TlsFolder.open(folder);
        feed = new StatusFeed(node, new ObjectMapper());
        context = context(options, node, feed, tls);
        try {
            port = context.start().getBean(EmbeddedServer.class).start().getPort();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static ApplicationContext context(
            Options options, NodeOperations node, StatusFeed feed, @Nullable TlsFolder tls) {
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .properties(properties(options))
                .singletons(node, feed, options)
                .build();
        if (tls != null) {
            context.registerSingleton(CertificateProvider.class, tls, Qualifiers.byName(TlsFolder.NAME));
        }
        return context;
    }

    /**
     * Starts it.
     *
     * @throws IOException where the folder of certificates cannot be used, or the port cannot be had
     */
    public static ManagementServer start(Options options, NodeOperations node) throws IOException {
        ManagementServer server;
        try {
            server = new ManagementServer(options, node);
        } catch (RuntimeException e) {
            throw new IOException("the management API cannot be served on " + options + ": " + e.getMessage(), e);
        }
        LOG.info(
                "The management API is served on {}:{}{}",
                options.address().getHostAddress(),
                server.port,
                options.tls() == null ? ", without TLS" : "");
        return server;
    }

    private static Map<String, Object> properties(Options options) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.application.name", "dhcp-node");
        properties.put("micronaut.server.host", options.address().getHostAddress());
        properties.put("micronaut.server.port", options.port() == 0 ? -1 : options.port());
        properties.put("micronaut.server.max-request-size", BODY_MAX);
        properties.put("micronaut.server.idle-timeout", "60s");
        // A reader of the stream says nothing for long; it is known by what it takes.
        properties.put("micronaut.server.read-idle-timeout", "1d");
        properties.put("micronaut.server.write-idle-timeout", "1d");
        properties.put("micronaut.server.netty.max-header-size", HEADERS_MAX);
        properties.put("micronaut.server.netty.max-initial-line-length", LINE_MAX);
        properties.put("micronaut.netty.event-loops.default.num-threads", THREADS);
        if (options.tls() != null) {
            properties.put("micronaut.server.ssl.enabled", true);
            properties.put("micronaut.server.ssl.port", options.port() == 0 ? -1 : options.port());
            properties.put("micronaut.server.ssl.key-name", TlsFolder.NAME);
            properties.put("micronaut.server.ssl.trust-name", TlsFolder.NAME);
            properties.put("micronaut.server.ssl.client-authentication", "want");
            properties.put("micronaut.server.ssl.protocols", "TLSv1.3,TLSv1.2");
        }
        return properties;
    }

    /** The TCP port on which it listens. */
    public int port() {
        return port;
    }

    /** Something has changed that watchers are to be told at once; in any thread, and returns at once. */
    public void changed() {
        feed.changed();
    }

    /** Ends all connections. */
    @Override
    public void close() {
        try {
            feed.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        context.close();
        if (tls != null) {
            tls.close();
        }
    }
}
