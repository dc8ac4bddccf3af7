package io.claudeflow.swarm.agent.adapter.http;

import io.claudeflow.swarm.agent.checkpoint.CheckpointData;
import io.claudeflow.swarm.agent.door.DoorCodes;
import io.claudeflow.swarm.agent.door.Doorkeeper;
import io.claudeflow.swarm.agent.door.ScriptCalls;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The door for scripts on 127.0.0.1, at a port of the system's choice: {@code POST /v1/progress}, {@code GET} and {@code POST
 * /v1/checkpoint}, {@code POST /v1/tasks}, {@code GET /v1/step}. Each request has the bearer token of a run and speaks for it.
 *
 * <p>Answers are JSON, or text for those who accept {@code text/plain}; a checkpoint's data are bytes. Errors are problem+json
 * (RFC 9457), or for {@code text/plain} their sentence. An answer may take as long as the hive-mind is away, so connections
 * have no idle timeout; they are of this machine, and end with their script.
 */
public final class DoorServer {
    private static final String HOST = "127.0.0.1";
    private static final int TASK_BYTES = 1 << 20;
    private static final int PROGRESS_BYTES = 64 << 10;

    private final Vertx vertx;
    private final Doorkeeper keeper;
    private final Map<String, Map<String, Call>> calls = Map.of("/v1/progress", Map.of("POST", DoorServer::progress),
            "/v1/checkpoint", Map.of("POST", DoorServer::checkpoint, "GET", DoorServer::lastCheckpoint), "/v1/tasks",
            Map.of("POST", DoorServer::submit), "/v1/step",
            Map.of("GET", (_, run) -> Future.succeededFuture(Reply.facts(run.facts()))));
    private @Nullable HttpServer server;

    /** What a path does for a run. Fails with a SwarmException. */
    private interface Call {
        Future<Reply> of(HttpServerRequest request, ScriptCalls run);
    }

    public DoorServer(Vertx vertx, Doorkeeper keeper) {
        this.vertx = vertx;
        this.keeper = keeper;
    }

    /** Listens. */
    public Future<Void> start() {
        var options = new HttpServerOptions().setHost(HOST).setPort(0).setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(options).requestHandler(this::handle).listen().map(listening -> {
            server = listening;
            return (Void) null;
        })
                .recover(cause -> Future.failedFuture(new SwarmException(ErrorCode.UNAVAILABLE,
                        "cannot listen for scripts on " + HOST + ": " + cause.getMessage(), cause)));
    }

    /** Stops listening. */
    public Future<Void> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    /** Where it listens, once it has started. */
    public String url() {
        return "http://" + HOST + ":" + (server == null ? 0 : server.actualPort());
    }

    private void handle(HttpServerRequest request) {
        answer(request).onComplete(answer -> {
            if (answer.succeeded()) {
                answer.result().send(request);
            } else {
                Reply.problem(answer.cause()).send(request);
            }
        });
    }

    private Future<Reply> answer(HttpServerRequest request) {
        var path = String.valueOf(request.path());
        var methods = calls.get(path);
        if (methods == null) {
            return refused(ErrorCode.NOT_FOUND, "nothing at " + path
                    + "; there are /v1/progress, /v1/checkpoint, /v1/tasks and /v1/step");
        }
        var call = methods.get(request.method().name());
        if (call == null) {
            var allowed = String.join(", ", methods.keySet().stream().sorted().toList());
            request.response().putHeader("Allow", allowed);
            return refused(DoorCodes.METHOD_NOT_ALLOWED, path + " takes " + allowed);
        }
        var run = keeper.find(token(request));
        if (run.isEmpty()) {
            request.response().putHeader("WWW-Authenticate", "Bearer");
            return refused(ErrorCode.UNAUTHENTICATED, "Authorization: no run of this agent has that token; "
                    + "$SWARM_AGENT_TOKEN is of use while its own script runs");
        }
        try {
            return call.of(request, run.get());
        } catch (SwarmException e) {
            return Future.failedFuture(e);
        }
    }

    private static String token(HttpServerRequest request) {
        var header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : "";
    }

    private static Future<Reply> refused(ErrorCode code, String sentence) {
        return Future.failedFuture(new SwarmException(code, sentence));
    }

    private static Future<Reply> progress(HttpServerRequest request, ScriptCalls run) {
        return Body.read(request, PROGRESS_BYTES, "progress").map(body -> {
            var report = ProgressBody.parse(body);
            run.progress(report.percent(), report.message());
            return Reply.nothing();
        });
    }

    private static Future<Reply> checkpoint(HttpServerRequest request, ScriptCalls run) {
        return Body.read(request, CheckpointData.MAX_BYTES, "checkpoint")
                .compose(body -> run.checkpoint(CheckpointData.of(body.getBytes())))
                .map(number -> Reply.value("number", number));
    }

    private static Future<Reply> lastCheckpoint(HttpServerRequest request, ScriptCalls run) {
        return run.lastCheckpoint()
                .map(data -> Future.succeededFuture(Reply.bytes(data.bytes())))
                .orElseGet(() -> refused(ErrorCode.NOT_FOUND, "there is no checkpoint to go on from"));
    }

    private static Future<Reply> submit(HttpServerRequest request, ScriptCalls run) {
        return Body.read(request, TASK_BYTES, "task")
                .compose(body -> run.submit(TaskBody.parse(body)))
                .map(uid -> Reply.value("taskUid", uid));
    }
}
