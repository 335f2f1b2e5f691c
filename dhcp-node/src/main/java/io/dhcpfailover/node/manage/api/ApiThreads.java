package io.dhcpfailover.node.manage.api;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads in which operations of the API wait for the engine and for files. They are few: what thousands ask at a time,
 * such as who scrapes metrics without a certificate, is in memory one after the other, and clients find a processor.
 */
@Factory
final class ApiThreads {

    static final String NAME = "api";

    private static final int COUNT = 4;

    @Singleton
    @Named(NAME)
    @Bean(preDestroy = "shutdownNow")
    ExecutorService threads() {
        return Executors.newFixedThreadPool(
                COUNT, Thread.ofPlatform().daemon().name(NAME + "-", 1).factory());
    }
}
