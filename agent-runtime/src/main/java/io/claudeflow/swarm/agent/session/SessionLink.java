package io.claudeflow.swarm.agent.session;

import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Drain;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.Heartbeat;
import io.claudeflow.swarm.mesh.agent.v1.Refused;
import io.claudeflow.swarm.mesh.agent.v1.Register;
import io.claudeflow.swarm.mesh.agent.v1.Welcome;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the gateway, from Register to its end: heartbeats with the renewed token, and frames handed to those whom
 * they concern. Over once; after that it tells nobody anything.
 */
final class SessionLink implements Gateway.Listener {
    /** How long a gateway may keep an agent waiting (while the hive-mind elects) before another one is tried. */
    private static final long WELCOME = 10_000;
    private static final long TOKEN_LOOK = 1_000;

    private final Vertx vertx;
    private final TokenFile tokens;
    private final Lease lease;
    private final Steps steps;
    private final Owner owner;
    private String token = "";
    private Gateway.@Nullable Connection connection;
    private @Nullable Welcome welcome;
    private long registered;
    private long sequence;
    private long tokenLooked;
    private long welcomeTimer = -1;
    private long heartbeatTimer = -1;
    private boolean over;

    /** The session that the link is of. */
    interface Owner {
        /** A leader has welcomed the agent: the first, or after a change another one. */
        void welcomed(SessionLink link, Welcome welcome);

        void refused(Refused refused);

        void drain(Drain drain);

        void lost(SessionLink link, String reason);
    }

    SessionLink(Vertx vertx, TokenFile tokens, Lease lease, Steps steps, Owner owner) {
        this.vertx = vertx;
        this.tokens = tokens;
        this.lease = lease;
        this.steps = steps;
        this.owner = owner;
    }

    /** Says who the agent is. */
    void open(Gateway.Connection opened, Register.Builder register) {
        if (over) {
            return;
        }
        connection = opened;
        token = register.getToken();
        registered = now();
        tokenLooked = registered;
        welcomeTimer = vertx.setTimer(WELCOME, _ -> {
            abort();
            owner.lost(this, "no welcome within " + WELCOME / 1000 + " s");
        });
        opened.send(AgentFrame.newBuilder().setRegister(register.addAllRunning(steps.running())).build());
    }

    /** Sends to a hive-mind that has welcomed the agent; false: it has not. */
    boolean send(AgentFrame frame) {
        var open = connection;
        if (over || open == null || welcome == null) {
            return false;
        }
        open.send(frame);
        return true;
    }

    @Override
    public void frames(List<GatewayFrame> frames) {
        for (var frame : frames) {
            if (!over) {
                received(frame);
            }
        }
    }

    private void received(GatewayFrame frame) {
        switch (frame.getBodyCase()) {
            case WELCOME -> welcomed(frame.getWelcome());
            case REFUSED -> {
                abort();
                owner.refused(frame.getRefused());
            }
            case LEASE_GRANT -> lease.granted(frame.getLeaseGrant().getSequence());
            case ASSIGN -> {
                var known = welcome;
                if (known != null) {
                    steps.assign(frame.getAssign(), known.getAgentName(), known.getMaxConcurrentTasks());
                }
            }
            case RESULT_ACK -> steps.acknowledged(frame.getResultAck());
            case CHECKPOINT_ACK -> steps.checkpointed(frame.getCheckpointAck());
            case TASK_SUBMITTED -> steps.submitted(frame.getTaskSubmitted());
            case CANCEL_STEP -> steps.cancel(frame.getCancelStep());
            case DRAIN -> owner.drain(frame.getDrain());
            default -> {
                // A frame of a newer release that this one does not know.
            }
        }
    }

    private void welcomed(Welcome welcomed) {
        vertx.cancelTimer(welcomeTimer);
        vertx.cancelTimer(heartbeatTimer);
        // A second welcome comes from a new leader, who heard the registration again, now.
        lease.begin(welcome == null ? registered : now(), welcomed.getFenceMillis());
        welcome = welcomed;
        heartbeatTimer = vertx.setPeriodic(Math.max(1, welcomed.getHeartbeatMillis()), _ -> beat());
        owner.welcomed(this, welcomed);
        steps.welcomed();
    }

    private void beat() {
        if (now() - tokenLooked < TOKEN_LOOK) {
            send("");
            return;
        }
        tokenLooked = now();
        tokens.read().onSuccess(read -> {
            var renewed = read.equals(token) ? "" : read;
            token = read;
            send(renewed);
        }).onFailure(_ -> send(""));
    }

    private void send(String renewedToken) {
        sequence++;
        boolean sent = send(AgentFrame.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder()
                        .setSequence(sequence)
                        .setToken(renewedToken)
                        .setRunning(steps.running().size()))
                .build());
        if (sent) {
            lease.beat(sequence, now());
        }
    }

    @Override
    public void closed(String reason) {
        if (!over) {
            finish();
            owner.lost(this, reason);
        }
    }

    /** Drops the connection and tells nobody. */
    void abort() {
        finish();
        if (connection != null) {
            connection.abort();
        }
    }

    /** Hears nothing any more, and leaves the connection to the caller; null: there is none. */
    Gateway.@Nullable Connection finish() {
        over = true;
        vertx.cancelTimer(welcomeTimer);
        vertx.cancelTimer(heartbeatTimer);
        return connection;
    }

    String address() {
        return connection == null ? "" : connection.address();
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
