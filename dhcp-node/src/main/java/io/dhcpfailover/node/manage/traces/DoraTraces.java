package io.dhcpfailover.node.manage.traces;

import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.DhcpPacket;
import io.dhcpfailover.node.wire.HardwareAddress;
import io.dhcpfailover.node.wire.MessageType;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A trace for each of some clients that get an address: {@code DORA} from its DISCOVER to its ACK, in it {@code DISCOVER} and
 * {@code REQUEST}, each from when it was read until its answer was handed to the socket, and in {@code REQUEST} the
 * {@code store} that the ACK waited for. Traces are sent by a thread of their own; where their collector is slow or away, they
 * are dropped. May be used by several threads.
 */
public final class DoraTraces implements AutoCloseable {

    /** Clients between OFFER and ACK, at the most; the oldest are given up for others. */
    private static final int OPEN_MAX = 1024;

    /** A client that has not taken its offer by then takes another one. */
    private static final Duration OPEN_FOR = Duration.ofSeconds(60);

    private static final Duration SEND_MAX = Duration.ofSeconds(10);
    private static final long END_SECONDS = 5;
    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> SERVICE_INSTANCE = AttributeKey.stringKey("service.instance.id");
    private static final AttributeKey<String> SERVICE_VERSION = AttributeKey.stringKey("service.version");
    private static final AttributeKey<String> HARDWARE = AttributeKey.stringKey("dhcp.client.hardware_address");
    private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("dhcp.address");
    private static final AttributeKey<String> RELAY = AttributeKey.stringKey("dhcp.relay");
    private static final AttributeKey<String> ANSWER = AttributeKey.stringKey("dhcp.answer");

    /** By what a client's messages belong together. */
    private record Exchange(int xid, HardwareAddress hardware) {}

    private record Open(Span span, long nanoseconds) {}

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final Map<Exchange, Open> open = new LinkedHashMap<>();

    /**
     * Begins to trace.
     *
     * @param server its name
     * @param version what runs
     */
    public DoraTraces(TraceSettings settings, String server, String version) {
        provider = SdkTracerProvider.builder()
                .setSampler(Sampler.traceIdRatioBased(settings.ratio()))
                .setResource(Resource.create(
                        Attributes.of(SERVICE_NAME, "dhcp-node", SERVICE_INSTANCE, server, SERVICE_VERSION, version)))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(settings.endpoint().toString())
                                .setTimeout(SEND_MAX)
                                .build())
                        .build())
                .build();
        tracer = provider.get("io.dhcpfailover.node");
    }

    /** An OFFER was sent; its DISCOVER was read at that time of {@link System#nanoTime}. */
    public synchronized void offered(DhcpPacket offer, long read) {
        long now = System.nanoTime();
        giveUp(now);
        Clock clock = Clock.now(now);
        Span dora = tracer.spanBuilder("DORA")
                .setNoParent()
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(clock.nanosecondsOf(read), TimeUnit.NANOSECONDS)
                .setAttribute(HARDWARE, offer.chaddr().toString())
                .setAttribute(RELAY, offer.giaddr().toString())
                .startSpan();
        if (dora.isRecording()) {
            span(dora, "DISCOVER", offer, clock, read).end(clock.nanosecondsOf(now), TimeUnit.NANOSECONDS);
            Open before = open.put(exchange(offer), new Open(dora, now));
            if (before != null) {
                before.span.end();
            }
        }
    }

    /**
     * An ACK or a NAK was sent.
     *
     * @param read when its REQUEST was read
     * @param decided when the server had decided on it, and began to wait for the disk; 0 where it did not wait
     */
    public synchronized void answered(DhcpPacket answer, long read, long decided) {
        Open taken = open.remove(exchange(answer));
        if (taken == null) {
            return;
        }
        long now = System.nanoTime();
        Clock clock = Clock.now(now);
        Span request = span(taken.span, "REQUEST", answer, clock, read);
        if (decided != 0) {
            tracer.spanBuilder("store")
                    .setParent(Context.root().with(request))
                    .setStartTimestamp(clock.nanosecondsOf(decided), TimeUnit.NANOSECONDS)
                    .startSpan()
                    .end(clock.nanosecondsOf(now), TimeUnit.NANOSECONDS);
        }
        request.end(clock.nanosecondsOf(now), TimeUnit.NANOSECONDS);
        taken.span.setAttribute(ADDRESS, answer.yiaddr().toString());
        taken.span.end(clock.nanosecondsOf(now), TimeUnit.NANOSECONDS);
    }

    private Span span(Span parent, String name, DhcpPacket answer, Clock clock, long read) {
        MessageType type = answer.options().get(DhcpOption.MESSAGE_TYPE);
        return tracer.spanBuilder(name)
                .setParent(Context.root().with(parent))
                .setStartTimestamp(clock.nanosecondsOf(read), TimeUnit.NANOSECONDS)
                .setAttribute(ANSWER, String.valueOf(type))
                .setAttribute(ADDRESS, answer.yiaddr().toString())
                .startSpan();
    }

    private static Exchange exchange(DhcpPacket packet) {
        return new Exchange(packet.xid(), packet.chaddr());
    }

    /** The clients that do not take what they were offered. */
    private void giveUp(long now) {
        Iterator<Open> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            Open each = oldest.next();
            if (open.size() < OPEN_MAX && now - each.nanoseconds < OPEN_FOR.toNanos()) {
                return;
            }
            each.span.end();
            oldest.remove();
        }
    }

    /** The wall's time of moments that {@link System#nanoTime} told. */
    private record Clock(long nanoTime, long epochNanoseconds) {

        static Clock now(long nanoTime) {
            Instant wall = Instant.now();
            return new Clock(nanoTime, TimeUnit.SECONDS.toNanos(wall.getEpochSecond()) + wall.getNano());
        }

        long nanosecondsOf(long moment) {
            return epochNanoseconds - (nanoTime - moment);
        }
    }

    /** Sends what is left, for a few seconds at the most. */
    @Override
    public synchronized void close() {
        open.values().forEach(each -> each.span.end());
        open.clear();
        var _ = provider.shutdown().join(END_SECONDS, TimeUnit.SECONDS);
    }
}
