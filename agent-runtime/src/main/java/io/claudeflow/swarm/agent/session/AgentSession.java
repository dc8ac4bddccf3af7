package io.claudeflow.swarm.agent.session;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Drain;
import io.claudeflow.swarm.mesh.agent.v1.Refused;
import io.claudeflow.swarm.mesh.agent.v1.Register;
import io.claudeflow.swarm.mesh.agent.v1.Welcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's session with the hive-mind, from {@link #start} to {@link #stop}: connects, and connects again when a connection is
 * lost; ends by itself only when the hive-mind refuses the agent for good. All on the context of {@code start}.
 */
public final class AgentSession implements SessionLink.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(AgentSession.class);
    private static final String UNKNOWN_POD = "UnknownPod";
    /** A pod runs before the operator has declared it: so long the hive-mind may not know it. */
    private static final Duration UNKNOWN_LIMIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_RESERVE = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final Vertx vertx;
    private final SessionConfig config;
    private final Gateway gateway;
    private final StepTools tools;
    private final SessionCounts counts = new SessionCounts();
    private final TokenFile tokens;
    private final String session = UUID.randomUUID().toString();
    private final Lease lease = new Lease();
    private final Random random = new Random();
    private final Backoff reconnect = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private final Backoff unknown = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));
    private final Promise<Void> refused = Promise.promise();
    private final Promise<Void> done = Promise.promise();
    private volatile @Nullable Steps steps;
    private @Nullable SessionLink link;
    private volatile boolean connected;
    private long unknownSince = -1;
    private long fenceTimer = -1;
    private boolean lossTold;
    private long connections;
    private boolean stopped;

    public AgentSession(Vertx vertx, SessionConfig config, Gateway gateway, StepTools tools) {
        this.vertx = vertx;
        this.config = config;
        this.gateway = gateway;
        this.tools = tools;
        this.tokens = new TokenFile(vertx, config.tokenFile());
    }

    /** Begins to connect; does not wait until it has. */
    public Future<Void> start() {
        Context context = vertx.getOrCreateContext();
        var begun = new Steps(context, tools, config.once(), counts, this::send);
        steps = begun;
        if (config.once()) {
            begun.done().onComplete(done);
        }
        connect();
        return Future.succeededFuture();
    }

    /** The hive-mind has welcomed the agent and hears it. Any thread. */
    public boolean connected() {
        return connected;
    }

    /** How many steps run. Any thread. */
    public int runningSteps() {
        var started = steps;
        return started == null ? 0 : started.count();
    }

    /** What it has counted. Any thread. */
    public SessionCounts counts() {
        return counts;
    }

    /** Completes when an agent that takes one step has done so, and the hive-mind has acknowledged how it ended. */
    public Future<Void> done() {
        return done.future();
    }

    /** Fails when the hive-mind refuses the agent for good. */
    public Future<Void> refused() {
        return refused.future();
    }

    private Steps steps() {
        var started = steps;
        if (started == null) {
            throw new IllegalStateException("the session was not started");
        }
        return started;
    }

    private boolean send(AgentFrame frame) {
        var open = link;
        return open != null && open.send(frame);
    }

    private void connect() {
        if (stopped) {
            return;
        }
        var attempt = new SessionLink(vertx, tokens, lease, steps(), this);
        tokens.read().compose(token -> gateway.connect(attempt).map(connection -> {
            if (stopped) {
                connection.abort();
            } else {
                link = attempt;
                attempt.open(connection,
                        Register.newBuilder()
                                .setToken(token)
                                .setSession(session)
                                .setVersion(config.version())
                                .setConnection(++connections));
            }
            return connection;
        })).onFailure(cause -> lost(attempt, String.valueOf(cause.getMessage())));
    }

    @Override
    public void welcomed(SessionLink open, Welcome welcome) {
        LOG.atInfo()
                .addKeyValue("agent", welcome.getAgentName())
                .addKeyValue("gateway", open.address())
                .addKeyValue("maxConcurrentTasks", welcome.getMaxConcurrentTasks())
                .log(connected ? "a new leader of the hivemind took over this agent" : "connected to the hivemind");
        connected = true;
        lossTold = false;
        unknownSince = -1;
        reconnect.reset();
        unknown.reset();
        watchLease();
    }

    @Override
    public void refused(Refused answer) {
        connected = false;
        long now = System.nanoTime();
        if (answer.getCode().equals(UNKNOWN_POD)) {
            unknownSince = unknownSince == -1 ? now : unknownSince;
            if (now - unknownSince < UNKNOWN_LIMIT.toNanos()) {
                LOG.atDebug().addKeyValue("reason", answer.getMessage()).log("the hivemind does not know this pod yet");
                vertx.setTimer(unknown.next().toMillis(), _ -> connect());
                return;
            }
        }
        stopped = true;
        steps().killAll("the hivemind refused this agent");
        refused.tryFail(new SwarmException(ErrorCode.FORBIDDEN, "the hivemind refused this agent (" + answer.getCode()
                + "): " + answer.getMessage()));
    }

    @Override
    public void lost(SessionLink over, String reason) {
        connected = false;
        if (stopped) {
            return;
        }
        if (!lossTold) {
            lossTold = true;
            LOG.atWarn().addKeyValue("reason", reason).log("no connection to the hivemind; trying again");
        }
        vertx.setTimer(Math.max(1, reconnect.nextJittered(random).toMillis()), _ -> connect());
    }

    @Override
    public void drain(Drain drain) {
        LOG.atInfo().addKeyValue("deadlineMillis", drain.getDeadlineMillis()).log("draining by order of the hivemind");
        drain(Duration.ofMillis(drain.getDeadlineMillis()))
                .onFailure(cause -> LOG.atWarn().setCause(cause).log("drain failed"));
    }

    /** No new steps; those that run get the deadline, less a reserve to end them and give them back. */
    private Future<Void> drain(Duration deadline) {
        var quarter = deadline.dividedBy(4);
        var reserve = quarter.compareTo(LONGEST_RESERVE) < 0 ? quarter : LONGEST_RESERVE;
        steps().drain();
        return within(steps().idle(), deadline.minus(reserve)).recover(_ -> {
            LOG.atInfo().addKeyValue("steps", steps().running().size()).log("handing running steps back");
            steps().handBack(reserve.dividedBy(4));
            return within(steps().idle(), reserve.dividedBy(2));
        });
    }

    private static Future<Void> within(Future<Void> future, Duration limit) {
        return future.isComplete() ? future : future.timeout(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void watchLease() {
        if (fenceTimer == -1) {
            fenceTimer = vertx.setTimer(Math.max(1, lease.left(now())), _ -> {
                fenceTimer = -1;
                if (!stopped && lease.left(now()) > 0) {
                    watchLease();
                } else if (!stopped) {
                    fence();
                }
            });
        }
    }

    private void fence() {
        lease.lost();
        LOG.atWarn().log("no lease granted in time: steps that must not run twice are killed, the others run on");
        steps().fence();
        var silent = link;
        if (silent != null && connected) {
            // Another replica may still reach the leader.
            silent.abort();
            lost(silent, "the lease ran out");
        }
    }

    /**
     * Ends the session: drains within the deadline and waits for the acknowledgement of results. With a deadline of zero
     * everything is killed and nothing is said.
     */
    public Future<Void> stop(Duration deadline) {
        if (steps == null) {
            return gateway.close();
        }
        if (deadline.isZero() || stopped) {
            stopped = true;
            steps().killAll("the agent was stopped");
            if (link != null) {
                link.abort();
            }
            return gateway.close();
        }
        long end = now() + deadline.toMillis();
        var half = deadline.dividedBy(2);
        var lastWords = half.compareTo(LAST_WORDS) < 0 ? half : LAST_WORDS;
        return drain(deadline.minus(lastWords)).otherwiseEmpty()
                .compose(_ -> within(steps().settled(), Duration.ofMillis(end - now()).minus(lastWords)))
                .otherwiseEmpty()
                .compose(_ -> {
                    stopped = true;
                    connected = false;
                    steps().killAll("the agent was stopped");
                    var open = link == null ? null : link.finish();
                    return open == null ? Future.succeededFuture() : open.end(lastWords.dividedBy(2));
                })
                .eventually(gateway::close);
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
