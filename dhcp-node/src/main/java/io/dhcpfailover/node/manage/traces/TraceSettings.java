package io.dhcpfailover.node.manage.traces;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where traces go, as the environment of a process says it by the names of OpenTelemetry's specification.
 *
 * @param endpoint where they are sent by OTLP over HTTP
 * @param ratio of clients that are traced, 0 to 1
 */
public record TraceSettings(URI endpoint, double ratio) {

    /** The address of a collector; /v1/traces is put to it. */
    static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /** The whole address, for traces alone. */
    static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    /** The share of clients that are traced. */
    static final String RATIO = "OTEL_TRACES_SAMPLER_ARG";

    private static final String PATH = "/v1/traces";
    private static final double RATIO_DEFAULT = 0.01;

    /**
     * Those of an environment.
     *
     * @return null where it says no address: nothing is traced
     * @throws IllegalArgumentException where something in it is wrong, with what to write
     */
    public static @Nullable TraceSettings of(Map<String, String> environment) {
        String traces = environment.getOrDefault(TRACES_ENDPOINT, "");
        String all = environment.getOrDefault(ENDPOINT, "");
        if (traces.isEmpty() && all.isEmpty()) {
            return null;
        }
        return new TraceSettings(
                traces.isEmpty() ? endpoint(ENDPOINT, all, PATH) : endpoint(TRACES_ENDPOINT, traces, ""),
                ratio(environment.getOrDefault(RATIO, "")));
    }

    private static URI endpoint(String name, String text, String path) {
        String whole = text.endsWith("/") ? text.substring(0, text.length() - 1) + path : text + path;
        try {
            URI uri = URI.create(whole);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(name, text, e);
        }
        throw wrong(name, text, null);
    }

    private static IllegalArgumentException wrong(String name, String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                name + " is '" + text + "': give the address of a collector, such as http://192.0.2.1:4318, or nothing",
                cause);
    }

    private static double ratio(String text) {
        if (text.isEmpty()) {
            return RATIO_DEFAULT;
        }
        try {
            double ratio = Double.parseDouble(text);
            if (ratio >= 0 && ratio <= 1) {
                return ratio;
            }
        } catch (NumberFormatException e) {
            throw wrongRatio(text, e);
        }
        throw wrongRatio(text, null);
    }

    private static IllegalArgumentException wrongRatio(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                RATIO + " is '" + text + "': give the share of clients that are traced, from 0 to 1", cause);
    }
}
