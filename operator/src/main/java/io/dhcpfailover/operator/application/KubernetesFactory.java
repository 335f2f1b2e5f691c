package io.dhcpfailover.operator.application;

import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.operator.desired.Names;
import io.dhcpfailover.operator.desired.NodeImage;
import io.dhcpfailover.operator.node.NodeEndpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** What the operator has of Kubernetes. */
@Factory
final class KubernetesFactory {

    private static final long RETRY_FIRST_MILLISECONDS = 200;
    private static final double RETRY_FACTOR = 2;
    private static final long RETRY_LAST_MILLISECONDS = 30_000;

    /** An object's status is written no more often. */
    private static final int RECONCILIATIONS_A_SECOND = 5;

    /** Nothing depends on it: whatever changes wakes what it concerns. */
    private static final Duration RECONCILED_AGAIN = Duration.ofMinutes(10);

    /** After a watch has ended, twice as long with each attempt, up to 32 times: within seconds of an API server's return. */
    private static final int WATCHED_AGAIN_MILLISECONDS = 250;

    private static final Duration CACHE_SYNC_MAX = Duration.ofMinutes(2);
    private static final Duration END_MAX = Duration.ofSeconds(5);

    @Singleton
    @Bean(preDestroy = "close")
    @Requires(missingBeans = KubernetesClient.class)
    KubernetesClient client(ApiRequests requests) {
        Config config = Config.autoConfigure(null);
        config.setWatchReconnectInterval(WATCHED_AGAIN_MILLISECONDS);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("requests", requests))
                .build();
    }

    @Singleton
    @Primary
    InstantSource clock() {
        return InstantSource.system();
    }

    @Singleton
    @Requires(missingBeans = NodeEndpoints.class)
    NodeEndpoints endpoints() {
        return (server, address) -> URI.create("https://" + address + ":" + NodeApi.PORT);
    }

    @Singleton
    NodeImage nodeImage(Settings settings) {
        return new NodeImage(settings.nodeImage(), settings.nodeImagePullPolicy(), List.copyOf(settings.pullSecrets()));
    }

    @Singleton
    Operator operator(
            KubernetesClient client, Settings settings, List<Reconciler<?>> reconcilers, MeterRegistry meters) {
        Metrics metrics = MicrometerMetricsV2.newBuilder(meters).build();
        Operator operator = new Operator(overrider -> {
            overrider
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withMetrics(metrics)
                    .withConcurrentReconciliationThreads(settings.reconciliationThreads())
                    .withCacheSyncTimeout(CACHE_SYNC_MAX)
                    .withReconciliationTerminationTimeout(END_MAX)
                    .withStopOnInformerErrorDuringStartup(true);
            if (settings.leaderElection()) {
                overrider.withLeaderElectionConfiguration(leaderElection(settings));
            }
        });
        reconcilers.forEach(reconciler -> register(operator, reconciler, settings.namespaces()));
        return operator;
    }

    private static LeaderElectionConfiguration leaderElection(Settings settings) {
        LeaderElectionConfigurationBuilder builder = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                        Names.OPERATOR)
                .withLeaseNamespace(settings.namespace());
        return settings.identity().isBlank()
                ? builder.build()
                : builder.withIdentity(settings.identity()).build();
    }

    private static <P extends HasMetadata> void register(
            Operator operator, Reconciler<P> reconciler, Set<String> namespaces) {
        var _ = operator.register(reconciler, overrider -> {
            if (namespaces.isEmpty()) {
                overrider.watchingAllNamespaces();
            } else {
                overrider.settingNamespaces(namespaces);
            }
            overrider
                    .withFieldManager(Names.OPERATOR)
                    .withReconciliationMaxInterval(RECONCILED_AGAIN)
                    .withRateLimiter(new LinearRateLimiter(Duration.ofSeconds(1), RECONCILIATIONS_A_SECOND))
                    .withRetry(new GenericRetry()
                            .setInitialInterval(RETRY_FIRST_MILLISECONDS)
                            .setIntervalMultiplier(RETRY_FACTOR)
                            .setMaxInterval(RETRY_LAST_MILLISECONDS)
                            .withoutMaxAttempts());
        });
    }
}
