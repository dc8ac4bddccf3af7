package io.claudeflow.swarm.kit.trace;

import io.claudeflow.swarm.kit.config.Settings;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Exports spans by OTLP over HTTP, in batches on a thread of its own. When the collector is slow or away, spans beyond the
 * queue are dropped; work is never held up.
 */
public final class OtlpTracer implements Tracer {
    /** The collector; absent: no spans are exported. */
    public static final String ENDPOINT = "SWARM_TRACING_ENDPOINT";

    private static final Duration EXPORT = Duration.ofSeconds(10);
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final int QUEUE = 2_048;

    private final SdkTracerProvider provider;
    private final io.opentelemetry.api.trace.Tracer tracer;

    private OtlpTracer(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider.get("io.claudeflow.swarm");
    }

    /** The tracer that {@value #ENDPOINT} asks for: one that exports, or {@link Tracer#none()}. */
    public static Tracer from(Settings settings, String service) {
        var instance = settings.text("POD_NAME", "");
        Map<String, String> resource = instance.isEmpty() ? Map.of() : Map.of("service.instance.id", instance);
        return settings.optional(ENDPOINT, Tracer.none(), endpoint -> open(service, endpoint, resource));
    }

    /**
     * A tracer that sends to a collector.
     *
     * @param service  the service's name
     * @param endpoint the collector, for example {@code http://collector:4318}; without a path, {@code /v1/traces} is meant
     * @param resource what else describes this process, for example its pod's name
     * @throws IllegalArgumentException saying what is allowed, when the endpoint is no HTTP address
     */
    public static Tracer open(String service, String endpoint, Map<String, String> resource) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(address(endpoint).toString())
                .setTimeout(EXPORT)
                .build();
        var processor = BatchSpanProcessor.builder(exporter)
                .setMaxQueueSize(QUEUE)
                .setScheduleDelay(LINGER)
                .setExporterTimeout(EXPORT)
                .build();
        var attributes = Attributes.builder().put("service.name", service);
        resource.forEach(attributes::put);
        return new OtlpTracer(SdkTracerProvider.builder()
                .setResource(Resource.create(attributes.build()))
                .addSpanProcessor(processor)
                .build());
    }

    private static URI address(String endpoint) {
        var uri = URI.create(endpoint);
        if (uri.getHost() == null || !"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            throw new IllegalArgumentException("an HTTP address is wanted, for example http://collector:4318");
        }
        var path = uri.getPath();
        return path == null || path.isEmpty() || path.equals("/") ? uri.resolve("/v1/traces") : uri;
    }

    @Override
    public Span start(String name, TraceContext parent, Map<String, String> attributes) {
        var remote = SpanContext.createFromRemoteParent(parent.traceId(), parent.spanId(),
                parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(), TraceState.getDefault());
        SpanBuilder builder = tracer.spanBuilder(name)
                .setParent(Context.root().with(io.opentelemetry.api.trace.Span.wrap(remote)));
        attributes.forEach(builder::setAttribute);
        return new Recorded(builder.startSpan());
    }

    @Override
    public Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        var sent = provider.shutdown();
        sent.whenComplete(closed::tryComplete);
        return closed.future().timeout(EXPORT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private record Recorded(io.opentelemetry.api.trace.Span span) implements Span {
        @Override
        public TraceContext context() {
            var context = span.getSpanContext();
            return new TraceContext(context.getTraceId(), context.getSpanId(), context.isSampled());
        }

        @Override
        public void end() {
            span.end();
        }

        @Override
        public void fail(String reason) {
            span.setStatus(StatusCode.ERROR, reason);
            span.end();
        }
    }
}
