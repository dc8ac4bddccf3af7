package io.claudeflow.swarm.hivemind.adapter.http;

import io.claudeflow.swarm.hivemind.adapter.http.Route.Match;
import io.claudeflow.swarm.hivemind.ledger.ClientTask;
import io.claudeflow.swarm.hivemind.port.TaskRequests;
import io.claudeflow.swarm.hivemind.port.TaskRequests.Caller;
import io.claudeflow.swarm.hivemind.port.TaskRequests.Submitted;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /v1/tasks} on the gateway's port of every replica, beside gRPC: a request with gRPC's content type is gRPC's. The leader
 * answers; any other replica passes a request on to it, once. Where nobody leads: 503.
 *
 * <p>One context: the gateway's, which is the hive-mind's.
 */
public final class HttpTaskDoor {
    private static final Logger LOG = LoggerFactory.getLogger(HttpTaskDoor.class);
    private static final String GRPC = "application/grpc";
    private static final String BEARER = "Bearer ";
    private static final String NO_ROUTE = "none";
    /** How often it is looked who leads, for those who wait for a former leader's answer, in milliseconds. */
    private static final long LOOK = 250;

    private final Vertx vertx;
    private final IntFunction<SocketAddress> address;
    private final RequestMeters meters;
    private final Bounds bounds;
    private final Bodies bodies;
    private final Connections connections;
    private final LeaderClient client;
    private final Reply description = Description.reply();
    private Supplier<@Nullable TaskRequests> leads = () -> null;
    private IntSupplier leader = () -> -1;
    private int requests;
    private long timer;

    /** @param address a replica's ordinal to the address of its gateway */
    public HttpTaskDoor(Vertx vertx, IntFunction<SocketAddress> address, RequestMeters meters) {
        this(vertx, address, meters, Bounds.DEFAULT);
    }

    HttpTaskDoor(Vertx vertx, IntFunction<SocketAddress> address, RequestMeters meters, Bounds bounds) {
        this.vertx = vertx;
        this.address = address;
        this.meters = meters;
        this.bounds = bounds;
        bodies = new Bodies(vertx, bounds.body());
        connections = new Connections(vertx, bounds.connections(), bounds.idle());
        client = new LeaderClient(vertx);
    }

    /**
     * Who answers; before the start.
     *
     * @param leads  the leader's desk; null: another replica leads
     * @param leader the ordinal of the one that leads; -1: nobody is known to
     */
    public void leader(Supplier<@Nullable TaskRequests> leads, IntSupplier leader) {
        this.leads = leads;
        this.leader = leader;
    }

    /** Serves all of a server's requests, before it listens; gRPC's go to {@code grpc}. */
    public void serve(HttpServer server, Handler<HttpServerRequest> grpc) {
        timer = vertx.setPeriodic(LOOK, _ -> client.leads(leader.getAsInt()));
        server.connectionHandler(connections::opened).requestHandler(request -> {
            boolean welcome = connections.begun(request);
            if (isGrpc(request)) {
                grpc.handle(request);
            } else {
                handle(request, welcome);
            }
        });
    }

    private static boolean isGrpc(HttpServerRequest request) {
        var type = request.getHeader(Reply.CONTENT_TYPE);
        return request.version() == HttpVersion.HTTP_2 && type != null && type.startsWith(GRPC);
    }

    /** Passes nothing on any more. */
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        return client.close();
    }

    private void handle(HttpServerRequest request, boolean welcome) {
        long begin = System.nanoTime();
        var path = String.valueOf(request.path());
        var route = NO_ROUTE;
        Future<Reply> answer;
        requests++;
        try {
            if (!welcome || requests > bounds.requests()) {
                throw new SwarmException(ErrorCode.EXHAUSTED, "too many requests are on their way: ask again later");
            }
            var match = Route.of(request.method().name(), path);
            route = match.route().method + " " + match.route().path;
            answer = answer(request, match);
        } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
        }
        var measured = route;
        answer.onComplete(ended -> {
            var reply = ended.succeeded() ? ended.result() : refused(request, Problem.of(ended.cause()));
            requests--;
            connections.ended(request);
            meters.answered(measured, reply.status(), System.nanoTime() - begin);
            (welcome ? reply : reply.with("Connection", "close")).send(request);
        });
    }

    private static Reply refused(HttpServerRequest request, Problem problem) {
        LOG.atInfo()
                .addKeyValue("method", request.method())
                .addKeyValue("path", request.path())
                .addKeyValue("status", problem.status())
                .addKeyValue("code", problem.code())
                .addKeyValue("reason", problem.detail())
                .log("request refused");
        var reply = Reply.problem(problem);
        return problem.code().equals(Problem.METHOD_NOT_ALLOWED.name())
                ? reply.with("Allow", Route.methods(String.valueOf(request.path())))
                : reply;
    }

    private Future<Reply> answer(HttpServerRequest request, Match match) {
        if (match.route() == Route.DESCRIPTION) {
            return Future.succeededFuture(description);
        }
        var token = token(request);
        return bodies.read(request).compose(body -> {
            var desk = leads.get();
            if (desk == null) {
                return passOn(request, match, body).onComplete(_ -> bodies.release(body));
            }
            try {
                return serve(desk, desk.caller(token), request, match, body);
            } finally {
                bodies.release(body);
            }
        });
    }

    private static String token(HttpServerRequest request) {
        var header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new SwarmException(ErrorCode.UNAUTHENTICATED,
                    "Authorization: is missing; it has to be 'Bearer TOKEN', with what 'swarm token' prints");
        }
        return header.substring(BEARER.length()).strip();
    }

    private Future<Reply> passOn(HttpServerRequest request, Match match, Buffer body) {
        int ordinal = leader.getAsInt();
        if (ordinal < 0 || request.getHeader(LeaderClient.PASSED_ON) != null) {
            return Future.failedFuture(
                    new SwarmException(ErrorCode.UNAVAILABLE, "no leader is known at the moment: ask again"));
        }
        var id = UUID.randomUUID().toString();
        return client.ask(ordinal, address.apply(ordinal), request, id, body)
                .recover(cause -> Future.failedFuture(
                        match.route() == Route.SUBMIT ? TaskBody.unsure(cause, body, id) : again(cause)));
    }

    /** Whatever is not a submission may be said again in any case. */
    private static Throwable again(Throwable cause) {
        return new SwarmException(ErrorCode.UNAVAILABLE, String.valueOf(cause.getMessage()), cause);
    }

    private static Future<Reply> serve(TaskRequests desk, Caller caller, HttpServerRequest request, Match match,
            Buffer body) {
        var said = parameters(request);
        return switch (match.route()) {
            case SUBMIT -> {
                var wait = Parameters.wait(said);
                var trace = TraceContext.parse(request.getHeader(TraceContext.HEADER)).header();
                yield desk.submit(caller, TaskBody.read(body, id(request), trace), wait).map(HttpTaskDoor::created);
            }
            case READ -> desk.read(caller, match.uid(), Parameters.wait(said))
                    .map(TaskAnswer::of)
                    .map(task -> Reply.json(200, task));
            case LIST -> Future.succeededFuture(
                    Reply.json(200, TaskAnswer.Tasks.of(desk.list(caller, Parameters.query(said)))));
            case CANCEL -> {
                Parameters.none(said);
                yield desk.cancel(caller, match.uid(), ChangeBody.reason(body))
                        .map(TaskAnswer::of)
                        .map(task -> Reply.json(202, task));
            }
            case CHANGE -> {
                Parameters.none(said);
                yield desk.change(caller, match.uid(), ChangeBody.change(body))
                        .map(TaskAnswer::of)
                        .map(task -> Reply.json(200, task));
            }
            case DESCRIPTION -> throw new IllegalStateException("needs no leader");
        };
    }

    private static MultiMap parameters(HttpServerRequest request) {
        try {
            return request.params();
        } catch (IllegalArgumentException e) {
            throw new UnreadableRequestException("query", "is not percent-encoded: " + e.getMessage());
        }
    }

    private static Reply created(Submitted submitted) {
        var task = TaskAnswer.of(submitted.task());
        return Reply.json(submitted.created() ? 201 : 200, task).with("Location", "/v1/tasks/" + task.uid());
    }

    /** The request id for a body without one. */
    private static String id(HttpServerRequest request) {
        var given = request.getHeader(LeaderClient.PASSED_ON);
        return given != null && ClientTask.isSession(given) ? given : UUID.randomUUID().toString();
    }
}
