package io.claudeflow.swarm.local.api;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.local.api.auth.Authenticator;
import io.claudeflow.swarm.local.api.auth.Reviews;
import io.claudeflow.swarm.local.api.auth.ServiceAccountTokens;
import io.claudeflow.swarm.local.api.cel.CelRules;
import io.claudeflow.swarm.local.api.http.HttpEdge;
import io.claudeflow.swarm.local.api.http.SteadyStreams;
import io.claudeflow.swarm.local.api.http.Verbs;
import io.claudeflow.swarm.local.api.kind.Kinds;
import io.claudeflow.swarm.local.api.resource.Catalog;
import io.claudeflow.swarm.local.api.rest.Bootstrap;
import io.claudeflow.swarm.local.api.rest.Cluster;
import io.claudeflow.swarm.local.api.rest.Creation;
import io.claudeflow.swarm.local.api.rest.DefinitionLifecycle;
import io.claudeflow.swarm.local.api.rest.Deletion;
import io.claudeflow.swarm.local.api.rest.EventExpiry;
import io.claudeflow.swarm.local.api.rest.Listing;
import io.claudeflow.swarm.local.api.rest.NamespaceFinalizing;
import io.claudeflow.swarm.local.api.rest.Patching;
import io.claudeflow.swarm.local.api.rest.PodActions;
import io.claudeflow.swarm.local.api.rest.Scaling;
import io.claudeflow.swarm.local.api.rest.Updating;
import io.claudeflow.swarm.local.api.schema.Schemas;
import io.claudeflow.swarm.local.api.store.FileJournal;
import io.claudeflow.swarm.local.api.store.Journal;
import io.claudeflow.swarm.local.api.store.Store;
import io.claudeflow.swarm.local.pki.Kubeconfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.BindException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The embedded Kubernetes API: a server that kubectl, fabric8 and the Java Operator SDK take for a kube-apiserver. What it does
 * differently stands in DIFFERENCES.md.
 *
 * <p>Starts and closes on any thread; everything else runs on one event-loop context of its own. The Vert.x instance is the caller's.
 */
public final class ApiServer {
    private final Vertx vertx;
    private final ApiServerConfig config;
    private final ServerVerticle verticle;
    private final String deployment;

    private ApiServer(Vertx vertx, ApiServerConfig config, ServerVerticle verticle, String deployment) {
        this.vertx = vertx;
        this.config = config;
        this.verticle = verticle;
        this.deployment = deployment;
    }

    /**
     * Starts a server; completes when it answers. Fails with a {@link SwarmException} whose sentence says what to do: a port in use, a
     * journal that cannot be written, is damaged, or belongs to a running server.
     */
    public static Future<ApiServer> start(Vertx vertx, ApiServerConfig config) {
        var verticle = new ServerVerticle(config);
        return vertx.deployVerticle(verticle).map(deployment -> new ApiServer(vertx, config, verticle, deployment));
    }

    /** Where it listens: {@code https://HOST:PORT}. */
    public String address() {
        return "https://" + config.host() + ":" + port();
    }

    public int port() {
        return verticle.port();
    }

    /** A kubeconfig for the administrator, with everything that it needs in it. */
    public Kubeconfig kubeconfig(String name) {
        return new Kubeconfig(name, address(), config.credentials().caPem(), config.credentials().adminToken(),
                "default");
    }

    /** Ends all watches, writes what is not yet written, and stops listening. */
    public Future<Void> close() {
        return vertx.undeploy(deployment);
    }

    /** The composition root, on its own event-loop context. */
    private static final class ServerVerticle extends VerticleBase {
        private static final long SWEEP_MS = Duration.ofMinutes(1).toMillis();
        /** The start itself has the processor first. */
        private static final long WARM_UP_MS = 500;
        /** A client holds a stream per watch; operators hold many. */
        private static final int MAX_STREAMS = 10_000;
        private static final int MAX_LINE = 64 << 10;

        private final ApiServerConfig config;
        private @Nullable HttpServer server;
        private @Nullable HttpEdge edge;
        private Journal journal = Journal.none();
        private volatile int port;

        ServerVerticle(ApiServerConfig config) {
            this.config = config;
        }

        int port() {
            return port;
        }

        @Override
        public Future<?> start() {
            return journal().compose(this::serve).recover(cause -> stop().transform(_ -> Future.failedFuture(cause)));
        }

        private Future<Journal.Content> journal() {
            var directory = config.journal();
            if (directory == null) {
                return Future.succeededFuture(Journal.Content.EMPTY);
            }
            return FileJournal.open(vertx, directory).map(opened -> {
                journal = opened.journal();
                return opened.content();
            });
        }

        private Future<Void> serve(Journal.Content content) {
            var store = Store.open(context, journal, content);
            var rules = new CelRules(vertx);
            var cluster = new Cluster(store, new Catalog(new Schemas()), new Kinds(rules), rules, config.clock());
            var credentials = config.credentials();
            var tokens = new ServiceAccountTokens(credentials.tokenSigner(), config.issuer(), store, config.clock());
            var authenticator = new Authenticator(credentials.adminToken(), tokens);
            var verbs = verbs(cluster, tokens, new Reviews(authenticator, tokens));
            var definitions = new DefinitionLifecycle(cluster, verbs.deletion());
            definitions.start();
            var served = new HttpEdge(vertx, cluster, verbs, authenticator, credentials.caPem(),
                    credentials.kubeletClient());
            edge = served;
            vertx.setPeriodic(SWEEP_MS, _ -> new EventExpiry(cluster).sweep());
            return listen(served).compose(_ -> {
                new Bootstrap(cluster, verbs.creation()).run(port);
                vertx.setTimer(WARM_UP_MS, _ -> definitions.warmUp());
                return store.settled();
            });
        }

        private static Verbs verbs(Cluster cluster, ServiceAccountTokens tokens, Reviews reviews) {
            var creation = new Creation(cluster);
            var updating = new Updating(cluster);
            var deletion = new Deletion(cluster);
            return new Verbs(creation, updating, new Patching(cluster, creation, updating), deletion,
                    new Listing(cluster), new Scaling(updating), new PodActions(cluster, updating, deletion),
                    new NamespaceFinalizing(updating), reviews, tokens);
        }

        private Future<Void> listen(HttpEdge served) {
            var credentials = config.credentials();
            var options = new HttpServerOptions().setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(credentials.server().certificatePem()))
                            .addKeyValue(Buffer.buffer(credentials.server().privateKeyPem())))
                    .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(credentials.caPem())))
                    .setClientAuth(ClientAuth.REQUEST)
                    .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(MAX_STREAMS))
                    .setMaxInitialLineLength(MAX_LINE)
                    .setCompressionSupported(false);
            var http = vertx.createHttpServer(options)
                    .connectionHandler(new SteadyStreams())
                    .requestHandler(served::handle);
            server = http;
            return http.listen(config.port(), config.host())
                    .<Void>map(listening -> {
                        port = listening.actualPort();
                        return null;
                    })
                    .recover(cause -> Future.failedFuture(notListening(cause)));
        }

        private SwarmException notListening(Throwable cause) {
            var where = config.host() + ":" + config.port();
            return cause instanceof BindException
                    ? new SwarmException(ErrorCode.UNAVAILABLE, "port " + config.port() + " on " + config.host()
                            + " is in use: stop what listens there, or choose another port", cause)
                    : new SwarmException(ErrorCode.UNAVAILABLE, "the API cannot listen on " + where + ": "
                            + cause.getMessage(), cause);
        }

        @Override
        public Future<?> stop() {
            var closedEdge = edge == null ? Future.<Void>succeededFuture() : edge.close();
            return closedEdge
                    .eventually(() -> server == null ? Future.<Void>succeededFuture() : server.close())
                    .eventually(journal::close);
        }
    }
}
