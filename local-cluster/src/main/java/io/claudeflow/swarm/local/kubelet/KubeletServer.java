package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.local.pki.CertificateAuthority;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kubelet's HTTPS server on loopback, for the API server: {@code /containerLogs/<namespace>/<pod>/<container>} and
 * {@code /healthz}. Whoever connects must show a certificate of the cluster's authority. Requests are routed on the event loop; a
 * log is read on a virtual thread.
 */
final class KubeletServer {
    private static final Logger LOG = LoggerFactory.getLogger(KubeletServer.class);
    private static final int SLOWEST_READER_SECONDS = 60;
    private static final int START_SECONDS = 10;

    private final Vertx vertx;
    private final HttpServer server;
    private final PodLogs logs;
    private final Pods pods;
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

    /** Finds a pod that this kubelet runs. */
    @FunctionalInterface
    interface Pods {
        @Nullable
        PodWorker find(String namespace, String name);
    }

    private KubeletServer(Vertx vertx, HttpServer server, PodLogs logs, Pods pods) {
        this.vertx = vertx;
        this.server = server;
        this.logs = logs;
        this.pods = pods;
    }

    /** Starts it on a free port; blocks until it listens. */
    static KubeletServer start(Path pki, PodLogs logs, Pods pods) throws IOException {
        var authority = CertificateAuthority.loadOrCreate(pki, "swarm-local-ca");
        var own = authority.loadOrIssue(pki, "kubelet",
                ca -> ca.server("system:node:local", List.of(NodeRegistration.ADDRESS, "localhost")));
        var vertx = Vertx
                .vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(2));
        var server = vertx.createHttpServer(new HttpServerOptions().setHost(NodeRegistration.ADDRESS)
                .setPort(0)
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions().addCertValue(Buffer.buffer(own.certificatePem()))
                        .addKeyValue(Buffer.buffer(own.privateKeyPem())))
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority.certificatePem()))));
        var kubelet = new KubeletServer(vertx, server, logs, pods);
        server.requestHandler(kubelet::route);
        try {
            server.listen().await(START_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the kubelet's server does not listen", e);
        }
        return kubelet;
    }

    int port() {
        return server.actualPort();
    }

    private void route(HttpServerRequest request) {
        var whole = Objects.requireNonNullElse(request.path(), "/");
        var path = whole.split("/", -1);
        if (request.method() != HttpMethod.GET) {
            end(request, 405, "only GET is supported here\n");
        } else if (whole.equals("/healthz")) {
            end(request, 200, "ok");
        } else if (path.length == 5 && path[1].equals("containerLogs")) {
            containerLogs(request, path[2], path[3], path[4]);
        } else {
            end(request, 404, "this kubelet serves /containerLogs and /healthz\n");
        }
    }

    private void containerLogs(HttpServerRequest request, String namespace, String name, String container) {
        LogQuery query;
        try {
            query = LogQuery.of(request::getParam, Instant.now());
        } catch (IllegalArgumentException e) {
            end(request, 400, e.getMessage() + "\n");
            return;
        }
        var pod = pods.find(namespace, name);
        if (pod == null) {
            end(request, 404, "pod \"" + name + "\" not found\n");
            return;
        }
        int instance = pod.instance(container, query.previous());
        var file = logs.file(pod.name(), container, Math.max(0, instance));
        if (instance < 0 || !Files.exists(file) && logs.live(pod.name(), container, instance) == null) {
            end(request, 400,
                    (query.previous() ? "previous terminated container \"" : "container \"") + container
                            + "\" in pod \""
                            + name + "\" " + (query.previous() ? "not found" : "is waiting to start: ContainerCreating")
                            + "\n");
            return;
        }
        request.response().setChunked(true).putHeader("content-type", "text/plain");
        readers.execute(() -> send(request, query, file, logs.live(pod.name(), container, instance)));
    }

    private static void send(HttpServerRequest request, LogQuery query, Path file, @Nullable ContainerLog live) {
        var response = request.response();
        try {
            // Headers at once: whoever follows a silent log sees that he is connected.
            response.writeHead().await(SLOWEST_READER_SECONDS, TimeUnit.SECONDS);
            new LogReader(query, bytes -> {
                if (response.closed()) {
                    return false;
                }
                if (bytes.length > 0) {
                    write(response.write(Buffer.buffer(bytes)), response.writeQueueFull());
                }
                return true;
            }).read(file, live);
            response.end().await(SLOWEST_READER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.atDebug().addKeyValue("file", file).setCause(e).log("log not sent to its end");
            request.connection().close().onFailure(closing -> LOG.atTrace().setCause(closing).log("already closed"));
        }
    }

    private static void write(Future<Void> written, boolean full) throws IOException {
        if (!full) {
            return;
        }
        try {
            written.await(SLOWEST_READER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the reader is too slow", e);
        }
    }

    private static void end(HttpServerRequest request, int status, String text) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "text/plain")
                .end(text)
                .onFailure(cause -> LOG.atDebug().setCause(cause).log("answer not sent"));
    }

    void close() {
        readers.shutdownNow();
        vertx.close().onFailure(cause -> LOG.atDebug().setCause(cause).log("server not closed"));
    }
}
