package io.dhcpfailover.node.manage.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceSettingsTest {

    @Test
    void withoutACollectorNothingIsTraced() {
        assertThat(TraceSettings.of(Map.of())).isNull();
        assertThat(TraceSettings.of(Map.of(TraceSettings.RATIO, "1"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_ENDPOINT, http://192.0.2.1:4318, http://192.0.2.1:4318/v1/traces",
        "OTEL_EXPORTER_OTLP_ENDPOINT, https://collector/, https://collector/v1/traces",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, http://192.0.2.1:4318/traces, http://192.0.2.1:4318/traces"
    })
    void aCollectorIsNamedAsOpenTelemetryNamesIt(String name, String value, String endpoint) {
        assertThat(TraceSettings.of(Map.of(name, value))).isEqualTo(new TraceSettings(URI.create(endpoint), 0.01));
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_ENDPOINT, 192.0.2.1:4318, give the address of a collector",
        "OTEL_EXPORTER_OTLP_ENDPOINT, grpc://192.0.2.1, give the address of a collector",
        "OTEL_TRACES_SAMPLER_ARG, 2, from 0 to 1",
        "OTEL_TRACES_SAMPLER_ARG, NaN, from 0 to 1",
        "OTEL_TRACES_SAMPLER_ARG, all, from 0 to 1"
    })
    void whatIsWrongIsRefusedByItsName(String name, String value, String advice) {
        Map<String, String> environment = Map.of(
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", name.endsWith("ARG") ? "http://[::1]:4318" : "", name, value);

        assertThatThrownBy(() -> TraceSettings.of(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(name, value, advice);
    }
}
