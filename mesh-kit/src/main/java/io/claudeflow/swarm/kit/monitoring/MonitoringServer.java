package io.claudeflow.swarm.kit.monitoring;

import io.claudeflow.swarm.kit.app.Health;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.metrics.EventLoopLag;
import io.claudeflow.swarm.kit.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /healthz} (200 while the service lives), {@code /readyz} (200 while it serves) and {@code /metrics}. Both health
 * answers list the parts; 503 otherwise. Errors are problem+json (RFC 9457) with the code of the mesh's taxonomy.
 */
public final class MonitoringServer {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final int IDLE_SECONDS = 60;
    private static final int SCRAPE_SECONDS = 10;

    private final Vertx vertx;
    private final String host;
    private final int port;
    private final Supplier<Health> health;
    private final Metrics metrics;
    private @Nullable HttpServer server;
    private @Nullable EventLoopLag lag;

    /**
     * @param host   the address to bind to: the pod's own
     * @param port   0 for any free one
     * @param health quick; asked on the event loop
     */
    public MonitoringServer(Vertx vertx, String host, int port, Supplier<Health> health, Metrics metrics) {
        this.vertx = vertx;
        this.host = host;
        this.port = port;
        this.health = health;
        this.metrics = metrics;
    }

    /** Listens; fails with {@link ErrorCode#UNAVAILABLE} when the port is taken. */
    public Future<Void> start() {
        var options = new HttpServerOptions().setHost(host)
                .setPort(port)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return vertx.createHttpServer(options).requestHandler(this::handle).listen().map(listening -> {
            server = listening;
            lag = EventLoopLag.measure(vertx, metrics);
            return (Void) null;
        })
                .recover(cause -> Future.failedFuture(new SwarmException(ErrorCode.UNAVAILABLE,
                        "cannot serve health and"
                                + " metrics on " + host + ":" + port + ": " + cause.getMessage()
                                + "; end what holds that port, or choose"
                                + " another one",
                        cause)));
    }

    /** Stops listening and closes the metrics. */
    public Future<Void> stop() {
        if (lag != null) {
            lag.close();
        }
        metrics.close();
        return server == null ? Future.succeededFuture() : server.close();
    }

    /** The port that is really listened on; 0 before the start. */
    public int port() {
        return server == null ? 0 : server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response().putHeader("Allow", "GET, HEAD");
            Answer.problem(request, 405, "MethodNotAllowed", request.path() + " can be read only: use GET");
            return;
        }
        var path = String.valueOf(request.path());
        switch (path) {
            case "/healthz" -> {
                var now = health.get();
                Answer.health(request, now, now.live());
            }
            case "/readyz" -> {
                var now = health.get();
                Answer.health(request, now, now.ready());
            }
            case "/metrics" -> vertx.executeBlocking(metrics::scrape, false)
                    .timeout(SCRAPE_SECONDS, TimeUnit.SECONDS)
                    .onSuccess(text -> Answer.text(request, PROMETHEUS, text))
                    .onFailure(cause -> Answer.problem(request, 500, ErrorCode.INTERNAL.name(),
                            "metrics could not be read: " + cause.getMessage()));
            default -> Answer.problem(request, 404, ErrorCode.NOT_FOUND.name(),
                    "nothing at " + path + "; there are /healthz, /readyz and /metrics");
        }
    }
}
