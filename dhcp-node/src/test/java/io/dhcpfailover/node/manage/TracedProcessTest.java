package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.node.manage.traces.Collector;
import io.dhcpfailover.node.manage.traces.Collector.Received;
import io.dhcpfailover.node.wire.DhcpPacket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A client that gets an address is a trace at a collector, where the environment of the process names one. */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class TracedProcessTest {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aClientThatGetsAnAddressIsOneTrace() throws Exception {
        try (Collector collector = new Collector();
                PodProcess server = new PodProcess(
                        folder,
                        PodProcess.javaOfTests(),
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(), "OTEL_TRACES_SAMPLER_ARG", "1"));
                LoopbackRelay relay = server.relay()) {
            server.hold(Sent.alone(1, 1, "1h"));
            server.get(NodeApi.READINESS, 200);
            DhcpPacket offer = Objects.requireNonNull(relay.discover(1, "10.7.0.0", ANSWER));
            assertThat(relay.take(1, "10.7.0.0", offer, ANSWER)).isNotNull();

            await().atMost(Duration.ofSeconds(30)).until(() -> collector.spans().size() == 4);

            Received dora = named(collector, "DORA");
            Received discover = named(collector, "DISCOVER");
            Received request = named(collector, "REQUEST");
            Received store = named(collector, "store");
            assertThat(List.of(discover.trace(), request.trace(), store.trace()))
                    .containsOnly(dora.trace());
            assertThat(dora.parent()).isEmpty();
            assertThat(discover.parent()).isEqualTo(dora.span());
            assertThat(request.parent()).isEqualTo(dora.span());
            assertThat(store.parent()).isEqualTo(request.span());
            assertThat(List.of(dora.start(), discover.end(), request.start(), store.start(), store.end()))
                    .isSorted();
            assertThat(dora.start()).isEqualTo(discover.start());
            assertThat(dora.end()).isEqualTo(request.end());
        }
    }

    private static Received named(Collector collector, String name) {
        return collector.spans().stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
