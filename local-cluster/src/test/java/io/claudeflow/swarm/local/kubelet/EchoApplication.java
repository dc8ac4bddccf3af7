package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.kit.app.Application;
import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.app.Health;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the tests run in pods: tells over HTTP what it sees of its environment, files and names, and ends when told to. It serves on
 * port 8080 of {@code POD_IP}, ready after {@code READY_AFTER_MS}; {@code EXIT_AT_ONCE} is the code with which it ends at once.
 */
public final class EchoApplication implements Application {
    private static final Logger LOG = LoggerFactory.getLogger(EchoApplication.class);
    static final int PORT = 8080;

    private final Environment environment;
    private final Vertx vertx;
    private final Promise<Void> ended = Promise.promise();
    private @Nullable HttpServer server;
    private volatile boolean ready;

    EchoApplication(Environment environment, Vertx vertx) {
        this.environment = environment;
        this.vertx = vertx;
    }

    @Override
    public Future<Void> start() {
        var name = environment.variables().getOrDefault("NAME", "nobody");
        LOG.atInfo().log("hello from " + name);
        var code = environment.variables().get("EXIT_AT_ONCE");
        if ("0".equals(code)) {
            ended.tryComplete();
            return Future.succeededFuture();
        } else if (code != null) {
            return Future.failedFuture(new IllegalStateException(name + " was told to fail"));
        }
        long delay = Long.parseLong(environment.variables().getOrDefault("READY_AFTER_MS", "0"));
        var http = vertx.createHttpServer().requestHandler(this::answer);
        server = http;
        return http.listen(PORT, environment.variables().getOrDefault("POD_IP", "127.0.0.1"))
                .compose(_ -> delay == 0 ? Future.succeededFuture() : vertx.timer(delay, TimeUnit.MILLISECONDS))
                .onSuccess(_ -> ready = true)
                .mapEmpty();
    }

    private void answer(HttpServerRequest request) {
        var argument = request.getParam("q", "");
        switch (String.valueOf(request.path())) {
            case "/env" -> end(request, environment.variables().getOrDefault(argument, "(unset)"));
            case "/file" -> end(request, file(argument));
            case "/write" -> end(request, write(argument));
            case "/names" -> vertx.executeBlocking(() -> names(argument))
                    .onComplete(names -> end(request,
                            names.succeeded() ? names.result() : "unknown"));
            case "/log" -> {
                LOG.atInfo().log(argument);
                end(request, "logged");
            }
            case "/end" -> {
                end(request, "ending");
                vertx.setTimer(100, _ -> ended.tryComplete());
            }
            case "/fail" -> {
                end(request, "failing");
                // The answer has to be read before the connection breaks.
                vertx.setTimer(100, _ -> ended.tryFail(new IllegalStateException("told to fail")));
            }
            case "/pid" -> end(request, Long.toString(ProcessHandle.current().pid()));
            default -> request.response()
                    .setStatusCode(ready ? 200 : 503)
                    .end()
                    .onFailure(cause -> LOG.atDebug().setCause(cause).log("not answered"));
        }
    }

    private static void end(HttpServerRequest request, String text) {
        request.response().end(text).onFailure(cause -> LOG.atDebug().setCause(cause).log("not answered"));
    }

    private String file(String path) {
        try {
            return Files.readString(environment.path(path));
        } catch (IOException e) {
            return "(" + e.getClass().getSimpleName() + ")";
        }
    }

    /** The argument is a path and what to write there, with a colon between them. */
    private String write(String argument) {
        int colon = argument.indexOf(':');
        try {
            Files.writeString(environment.path(argument.substring(0, colon)), argument.substring(colon + 1));
            return "written";
        } catch (IOException e) {
            return "(" + e.getClass().getSimpleName() + ")";
        }
    }

    private static String names(String name) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(name))
                .map(InetAddress::getHostAddress)
                .collect(Collectors.joining(","));
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        ready = false;
        LOG.atInfo().log("goodbye from " + environment.variables().getOrDefault("NAME", "nobody"));
        var http = server;
        return (http == null ? Future.<Void>succeededFuture() : http.close()).onComplete(_ -> ended.tryComplete());
    }

    @Override
    public Future<Void> ended() {
        return ended.future();
    }

    @Override
    public Health health() {
        return new Health(true, ready, Map.of("http", ready ? "started" : "starting"));
    }
}
