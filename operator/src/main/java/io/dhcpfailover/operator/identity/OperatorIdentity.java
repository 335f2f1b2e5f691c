package io.dhcpfailover.operator.identity;

import io.dhcpfailover.operator.certificates.Authorities;
import io.dhcpfailover.operator.certificates.Identity;
import io.dhcpfailover.operator.certificates.TlsContext;
import io.dhcpfailover.operator.certificates.TlsFiles;
import io.dhcpfailover.operator.node.NodeTrust;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The operator's own certificate, with which it calls servers. It lies nowhere: each process has one made, and another one
 * when two thirds of its life are over.
 */
@Singleton
final class OperatorIdentity implements NodeTrust {

    private final AuthorityStore store;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private @Nullable TlsFiles files;
    private @Nullable SSLContext context;

    OperatorIdentity(AuthorityStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public synchronized SSLContext context() {
        Authorities authorities = store.get();
        TlsFiles latest = authorities.files(files, Identity.operator(), clock.instant(), random);
        if (context == null || !latest.equals(files)) {
            context = TlsContext.of(latest);
            files = latest;
        }
        return context;
    }
}
