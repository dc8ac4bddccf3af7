package io.claudeflow.swarm.local.api.http;

import io.claudeflow.swarm.local.api.auth.Authenticator;
import io.claudeflow.swarm.local.api.auth.User;
import io.claudeflow.swarm.local.api.cel.CelPending;
import io.claudeflow.swarm.local.api.discovery.Discovery;
import io.claudeflow.swarm.local.api.discovery.OpenApi;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.rest.Cluster;
import io.claudeflow.swarm.local.api.rest.Watching;
import io.claudeflow.swarm.local.api.table.Tables;
import io.claudeflow.swarm.local.pki.KeyedCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves HTTP requests on the API's context: who asks, what for, and how the answer goes out. */
public final class HttpEdge {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);
    /** As kube-apiserver's limit. */
    private static final long MAX_BODY = 3L << 20;
    private static final int MAX_UNREAD = 8 << 20;
    private static final User NOBODY = new User("system:anonymous", "", List.of("system:unauthenticated"), Map.of());

    private final Vertx vertx;
    private final Cluster cluster;
    private final Authenticator authenticator;
    private final OtherRoutes others;
    private final ResourceRoutes resources;
    private final Forms forms;
    private final Watching watching;
    private final LogProxy logs;
    private final Set<WatchStream> watches = new HashSet<>();
    private final EventLines lines = new EventLines();

    /**
     * @param caPem    what kubelets' certificates are checked against
     * @param identity what kubelets know this server by
     */
    public HttpEdge(Vertx vertx, Cluster cluster, Verbs verbs, Authenticator authenticator, String caPem,
            KeyedCertificate identity) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.authenticator = authenticator;
        this.forms = new Forms(new Tables(cluster.clock()));
        this.others = new OtherRoutes(new Discovery(cluster.catalog()), new OpenApi(cluster.catalog()), verbs.tokens());
        this.resources = new ResourceRoutes(cluster.catalog(), verbs, new Bodies(cluster.catalog().schemas()), forms);
        this.watching = new Watching(cluster, verbs.listing());
        this.logs = new LogProxy(vertx, caPem, identity, cluster.store());
        cluster.store()
                .onUndo(cause -> Set.copyOf(watches)
                        .forEach(watch -> watch.fail(
                                ApiException.expired("writes were undone: " + cause.getMessage()))));
    }

    /** Serves one request. */
    public void handle(HttpServerRequest http) {
        var response = http.response();
        response.exceptionHandler(_ -> LOG.atDebug().addKeyValue("path", Request.path(http)).log("client went away"));
        var user = OtherRoutes.open(Request.path(http)) ? Optional.of(NOBODY) : user(http);
        if (user.isEmpty()) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"kubernetes-local\"");
            fail(response, ApiException.unauthorized());
            return;
        }
        if ("websocket".equalsIgnoreCase(http.getHeader("Upgrade"))) {
            webSocket(http, Request.of(http, new byte[0], user.get()));
            return;
        }
        body(http, user.get());
    }

    private void body(HttpServerRequest http, User user) {
        var body = Buffer.buffer();
        http.handler(chunk -> {
            if (body.length() <= MAX_BODY) {
                body.appendBuffer(chunk);
            }
        });
        http.endHandler(_ -> {
            if (body.length() > MAX_BODY) {
                fail(http.response(), ApiException.tooLarge(MAX_BODY));
            } else {
                serve(Request.of(http, body.getBytes(), user), http.response());
            }
        });
    }

    /** Who asks, or whom an administrator asks as. */
    private Optional<User> user(HttpServerRequest http) {
        var name = Request.header(http, "Impersonate-User");
        return authenticated(http).map(user -> {
            if (name.isEmpty()) {
                return user;
            }
            var groups = new ArrayList<>(http.headers().getAll("Impersonate-Group"));
            groups.add(User.AUTHENTICATED);
            return new User(name, "", groups, Map.of());
        });
    }

    private Optional<User> authenticated(HttpServerRequest http) {
        var header = Request.header(http, "Authorization");
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return authenticator.byToken(header.substring(7).strip());
        }
        var session = http.connection().sslSession();
        try {
            if (session != null && session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
                return authenticator.byCertificate(certificate);
            }
        } catch (SSLPeerUnverifiedException e) {
            // No certificate was shown.
        }
        return Optional.empty();
    }

    /** Works the request out, and again when it had to wait for rules; what it wrote is durable before the answer goes out. */
    private void serve(Request request, HttpServerResponse response) {
        try {
            var answer = route(request);
            cluster.store()
                    .settled()
                    .onSuccess(_ -> send(answer, response))
                    .onFailure(cause -> fail(response, ApiException.storageFailed(String.valueOf(cause.getMessage()))));
        } catch (CelPending pending) {
            cluster.rules()
                    .compile(pending.expressions())
                    .onSuccess(_ -> serve(request, response))
                    .onFailure(cause -> crashed(request, response, cause));
        } catch (ApiException refused) {
            fail(response, refused);
        } catch (RuntimeException e) {
            crashed(request, response, e);
        }
    }

    private Answer route(Request request) {
        var other = others.serve(request);
        return other.isPresent()
                ? other.get()
                : resources.serve(request,
                        RequestPath.parse(request.path()).orElseThrow(ApiException::noSuchPath));
    }

    private void send(Answer answer, HttpServerResponse response) {
        if (response.closed() || response.ended()) {
            return;
        }
        switch (answer) {
            case Answer.Document document -> {
                document.warnings().forEach(w -> response.headers().add("Warning", "299 - " + quoted(w)));
                end(response, document.code(), document.contentType(), KubeJson.bytes(document.body()), true);
            }
            case Answer.Text text -> end(response, text.code(), "text/plain; charset=utf-8",
                    text.body().getBytes(StandardCharsets.UTF_8), false);
            case Answer.Watch watch -> watch(watch, response);
            case Answer.Log log -> log(log, response);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static void end(HttpServerResponse response, int code, String contentType, byte[] body, boolean line) {
        var content = Buffer.buffer(body);
        if (line) {
            content.appendByte((byte) '\n');
        }
        response.setStatusCode(code)
                .putHeader("Content-Type", contentType)
                .putHeader("Cache-Control", "no-cache, private")
                .end(content)
                .onFailure(cause -> LOG.atDebug().setCause(cause).log("answer not delivered"));
    }

    private static void fail(HttpServerResponse response, ApiException refused) {
        if (!response.headWritten() && !response.closed()) {
            end(response, refused.code(), "application/json", KubeJson.bytes(refused.status()), true);
        } else if (!response.ended()) {
            response.reset().onFailure(_ -> LOG.atDebug().log("connection had ended"));
        }
    }

    private static void crashed(Request request, HttpServerResponse response, Throwable cause) {
        LOG.atError()
                .addKeyValue("method", request.method())
                .addKeyValue("path", request.path())
                .setCause(cause)
                .log("request failed by a defect");
        fail(response, ApiException.internal(String.valueOf(cause)));
    }

    private void watch(Answer.Watch watch, HttpServerResponse response) {
        response.setWriteQueueMaxSize(MAX_UNREAD);
        var stream = new WatchStream(vertx, forms, watch.call(), watch.form(), new Sinks.Response(response), watches,
                lines);
        response.closeHandler(_ -> stream.close());
        start(stream, refused -> fail(response, refused));
        if (!response.headWritten() && !response.closed()) {
            // Clients wait for it, even where there is nothing to tell yet.
            Sinks.head(response);
            response.writeHead().onFailure(_ -> LOG.atDebug().log("watch had ended"));
        }
    }

    private void start(WatchStream stream, Consumer<ApiException> refuse) {
        try {
            stream.start(watching);
        } catch (ApiException refused) {
            watches.remove(stream);
            refuse.accept(refused);
        }
    }

    private void log(Answer.Log log, HttpServerResponse response) {
        try {
            logs.stream(log.call(), response)
                    .onFailure(cause -> fail(response,
                            cause instanceof ApiException refused
                                    ? refused
                                    : ApiException.badGateway("the log ended early: " + cause.getMessage())));
        } catch (ApiException refused) {
            fail(response, refused);
        }
    }

    /** Some clients watch by WebSocket; each event is a message. */
    private void webSocket(HttpServerRequest http, Request request) {
        try {
            if (!(route(request) instanceof Answer.Watch watch)) {
                throw ApiException.badRequest("only watches are served by WebSocket");
            }
            // At once: a request that has ended can no longer be upgraded.
            http.toWebSocket()
                    .compose(socket -> cluster.store().settled().map(socket))
                    .onSuccess(socket -> watch(watch, socket))
                    .onFailure(cause -> LOG.atDebug().setCause(cause).log("no WebSocket was opened"));
        } catch (ApiException refused) {
            fail(http.response(), refused);
        }
    }

    private void watch(Answer.Watch watch, ServerWebSocket socket) {
        socket.setWriteQueueMaxSize(MAX_UNREAD);
        var stream = new WatchStream(vertx, forms, watch.call(), watch.form(), new Sinks.Socket(socket), watches,
                lines);
        socket.closeHandler(_ -> stream.close());
        start(stream, stream::fail);
    }

    /** Ends every watch. */
    public Future<Void> close() {
        Set.copyOf(watches).forEach(WatchStream::close);
        return logs.close();
    }
}
