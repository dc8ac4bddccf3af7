package io.claudeflow.swarm.agent.session;

import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrames;
import io.claudeflow.swarm.mesh.agent.v1.AgentGatewayGrpcService;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.Checkpoint;
import io.claudeflow.swarm.mesh.agent.v1.CheckpointAck;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrames;
import io.claudeflow.swarm.mesh.agent.v1.LeaseGrant;
import io.claudeflow.swarm.mesh.agent.v1.Refused;
import io.claudeflow.swarm.mesh.agent.v1.Register;
import io.claudeflow.swarm.mesh.agent.v1.ResultAck;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.claudeflow.swarm.mesh.agent.v1.StepResult;
import io.claudeflow.swarm.mesh.agent.v1.SubmitTask;
import io.claudeflow.swarm.mesh.agent.v1.TaskSubmitted;
import io.claudeflow.swarm.mesh.agent.v1.Welcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A gateway that a test leads by hand; it keeps all that the agent said, by session. */
public final class TestGateway implements AutoCloseable {
    /** One stream, as the gateway sees it. */
    public static final class Session {
        private final GrpcServerRequest<AgentFrames, GatewayFrames> request;
        public final List<AgentFrame> heard = new CopyOnWriteArrayList<>();
        public volatile boolean ended;

        private Session(GrpcServerRequest<AgentFrames, GatewayFrames> request) {
            this.request = request;
        }

        public Register register() {
            return heard.getFirst().getRegister();
        }

        public List<StepResult> results() {
            return heard.stream().filter(AgentFrame::hasResult).map(AgentFrame::getResult).toList();
        }

        public List<Checkpoint> checkpoints() {
            return heard.stream().filter(AgentFrame::hasCheckpoint).map(AgentFrame::getCheckpoint).toList();
        }

        public List<Step> accepted() {
            return heard.stream().filter(AgentFrame::hasAccept).map(frame -> frame.getAccept().getStep()).toList();
        }

        public long heartbeats() {
            return heard.stream().filter(AgentFrame::hasHeartbeat).count();
        }
    }

    public final List<Session> sessions = new CopyOnWriteArrayList<>();
    public volatile boolean granting = true;
    /** Acknowledges checkpoints and hand-backs, as the hive-mind does once they are in its log. */
    public volatile boolean acknowledging = true;
    public volatile Function<SubmitTask, Optional<TaskSubmitted.Builder>> submitted = task -> Optional
            .of(TaskSubmitted.newBuilder().setTaskUid("uid-of-" + task.getName()));
    public volatile Function<Register, GatewayFrame> answer = _ -> welcome(2);
    private final Vertx vertx;
    private final HttpServer server;

    public TestGateway(Vertx vertx) throws Exception {
        this.vertx = vertx;
        var service = GrpcServer.server(vertx).callHandler(AgentGatewayGrpcService.Session, this::accept);
        server = await(vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(service)
                .listen());
    }

    public int port() {
        return server.actualPort();
    }

    private void accept(GrpcServerRequest<AgentFrames, GatewayFrames> request) {
        var session = new Session(request);
        request.handler(frames -> {
            for (var frame : frames.getFramesList()) {
                session.heard.add(frame);
                if (frame.hasRegister()) {
                    sessions.add(session);
                    send(session, answer.apply(frame.getRegister()));
                } else if (frame.hasHeartbeat() && granting) {
                    var grant = LeaseGrant.newBuilder().setSequence(frame.getHeartbeat().getSequence());
                    send(session, GatewayFrame.newBuilder().setLeaseGrant(grant).build());
                } else if (frame.hasSubmitTask()) {
                    var task = frame.getSubmitTask();
                    submitted.apply(task)
                            .ifPresent(answer -> send(session, GatewayFrame.newBuilder()
                                    .setTaskSubmitted(answer.setStep(task.getStep()).setNumber(task.getNumber()))
                                    .build()));
                } else if (frame.hasCheckpoint() && acknowledging) {
                    send(session, acknowledged(frame.getCheckpoint()));
                } else if (frame.hasHandBack() && acknowledging) {
                    send(session, acknowledged(frame.getHandBack().getStep(), ResultAck.Verdict.STORED));
                }
            }
        });
        request.endHandler(_ -> {
            session.ended = true;
            request.response().end().onFailure(_ -> {});
        });
        request.exceptionHandler(_ -> session.ended = true);
        request.errorHandler(_ -> session.ended = true);
        request.response().writeHead().onFailure(_ -> session.ended = true);
    }

    /** The newest session. */
    public Session last() {
        return sessions.getLast();
    }

    public void send(GatewayFrame frame) {
        send(last(), frame);
    }

    private static void send(Session session, GatewayFrame frame) {
        session.request.response()
                .write(GatewayFrames.newBuilder().addFrames(frame).build())
                .onFailure(_ -> session.ended = true);
    }

    public void assign(Assign.Builder assign) {
        send(GatewayFrame.newBuilder().setAssign(assign).build());
    }

    public void acknowledge(Step step, ResultAck.Verdict verdict) {
        send(acknowledged(step, verdict));
    }

    private static GatewayFrame acknowledged(Step step, ResultAck.Verdict verdict) {
        return GatewayFrame.newBuilder()
                .setResultAck(ResultAck.newBuilder().setStep(step).setVerdict(verdict))
                .build();
    }

    public static GatewayFrame acknowledged(Checkpoint checkpoint) {
        return GatewayFrame.newBuilder()
                .setCheckpointAck(
                        CheckpointAck.newBuilder().setStep(checkpoint.getStep()).setNumber(checkpoint.getNumber()))
                .build();
    }

    /** Breaks the newest session's connection, as a failing network does. */
    public void drop() {
        last().request.connection().close().onFailure(_ -> {});
    }

    public static GatewayFrame welcome(int most) {
        return GatewayFrame.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setAgentName("coder-0")
                        .setAgentUid("agent-uid")
                        .setMaxConcurrentTasks(most)
                        .setHeartbeatMillis(100)
                        .setFenceMillis(1_000))
                .build();
    }

    public static GatewayFrame refused(String code) {
        return GatewayFrame.newBuilder()
                .setRefused(Refused.newBuilder().setCode(code).setMessage("because of the test"))
                .build();
    }

    public static Step step(String task, int attempt) {
        return Step.newBuilder().setTaskUid(task).setAttempt(attempt).setEpoch(1).build();
    }

    public static Assign.Builder shell(Step step, String script) {
        return Assign.newBuilder()
                .setStep(step)
                .setNamespace("default")
                .setName(step.getTaskUid())
                .setExecutor("shell")
                .setScript(script);
    }

    @Override
    public void close() throws Exception {
        await(server.close());
    }

    Vertx vertx() {
        return vertx;
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
