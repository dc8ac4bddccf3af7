package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.Heartbeat;
import io.claudeflow.swarm.mesh.agent.v1.Refused;
import io.claudeflow.swarm.mesh.agent.v1.Register;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.claudeflow.swarm.mesh.agent.v1.Welcome;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An agent: a pod, and processes in it one after the other; what AgentSession and SessionLink of the agent's runtime do. */
final class SimAgent {
    private static final int CONNECT = 1_000;
    private static final int WELCOME = 10_000;
    private static final int UNKNOWN_LIMIT = 30_000;
    private static final int RECONNECT_FIRST = 100;
    private static final int RECONNECT_LAST = 5_000;
    private static final int TOKEN_AGE = 400_000;

    final String uid;
    final Host host;
    private final Swarm swarm;
    private final @Nullable Consumer<Boolean> exit;
    private String podUid;
    private int pods;
    private int processes;
    private Process process;

    SimAgent(Swarm swarm, String uid, Host host) {
        this(swarm, uid, "pod-" + uid, host, null);
    }

    /** The agent of a Job's pod, for one step. {@code exit} hears that its process has ended, and whether it was well. */
    SimAgent(Swarm swarm, String podUid, Host host, Consumer<Boolean> exit) {
        this(swarm, podUid, podUid, host, exit);
    }

    private SimAgent(Swarm swarm, String uid, String podUid, Host host, @Nullable Consumer<Boolean> exit) {
        this.swarm = swarm;
        this.uid = uid;
        this.podUid = podUid;
        this.host = host;
        this.exit = exit;
        process = new Process();
    }

    String podUid() {
        return podUid;
    }

    /** Whether its process, frozen or not, is at that step, in whatever attempt. */
    boolean runs(Step step) {
        return host.up() && process.steps.running()
                .stream()
                .anyMatch(one -> one.getTaskUid().equals(step.getTaskUid()) && one.getPath().equals(step.getPath()));
    }

    /** Whether it is at some step of that task. */
    boolean runs(String taskUid) {
        return host.up() && process.steps.running().stream().anyMatch(one -> one.getTaskUid().equals(taskUid));
    }

    void start() {
        host.start();
        processes++;
        process = new Process();
        process.connect();
    }

    /** The process dies with all it knows; another one starts in the same pod. */
    void crash(long away) {
        die();
        swarm.time.after(away, this::start);
    }

    /** The process dies. */
    void die() {
        process.steps.die();
        host.crash();
    }

    /** The pod is gone; a new one takes its place when the operator has made it. */
    void replace() {
        die();
        pods++;
        podUid = "pod-" + uid + "-" + pods;
    }

    /** The stream breaks; a new one is opened. */
    void loseStream() {
        process.lost(process.link);
    }

    /** Ends in good order, then starts anew. */
    void stop(long deadline, long away) {
        process.steps.drain(deadline * 3 / 4);
        host.after(deadline, () -> crash(away));
    }

    /** One process of the agent. */
    private final class Process {
        private final String session = podUid + "/" + processes;
        private final AgentSteps steps = new AgentSteps(swarm, host, uid, this::send,
                exit == null ? null : () -> exit.accept(true));
        private String token = "";
        private long tokenMade;
        private @Nullable Link link;
        private long streams;
        private long leaseSince;
        private long fence;
        private boolean leased;
        private boolean watching;
        private int backoff = RECONNECT_FIRST;
        private int unknownBackoff = 50;
        private long unknownSince = -1;

        private boolean send(AgentFrame frame) {
            var open = link;
            return open != null && open.send(frame);
        }

        private void connect() {
            if (link != null) {
                return;
            }
            tokenMade = swarm.time.now();
            token = PodTokens.token(podUid, tokenMade);
            var next = new Link(this, swarm.replica(swarm.time.below(Swarm.REPLICAS)));
            link = next;
            next.open();
        }

        private void lost(@Nullable Link over) {
            if (over == null || over != link) {
                return;
            }
            over.close();
            link = null;
            host.after(Math.max(1, swarm.time.between(backoff / 2, backoff + 1)), this::connect);
            backoff = Math.min(backoff * 2, RECONNECT_LAST);
        }

        private void welcomed(Welcome welcome, long registered) {
            leaseSince = registered;
            fence = welcome.getFenceMillis();
            leased = true;
            backoff = RECONNECT_FIRST;
            unknownBackoff = 50;
            unknownSince = -1;
            if (!watching) {
                watchLease();
            }
            steps.welcomed();
        }

        /** A grant counts from the moment its heartbeat was sent. */
        private void granted(long sent) {
            leaseSince = Math.max(leaseSince, sent);
        }

        private void watchLease() {
            watching = true;
            host.after(Math.max(1, leaseSince + fence - swarm.time.now()), () -> {
                watching = false;
                if (leaseSince + fence > swarm.time.now()) {
                    watchLease();
                } else if (leased) {
                    leased = false;
                    steps.fence();
                    if (link != null && link.welcome != null) {
                        lost(link);
                    }
                }
            });
        }

        private void refused(Link by, Refused refused) {
            if (by != link) {
                return;
            }
            by.close();
            link = null;
            long now = swarm.time.now();
            if (refused.getCode().equals("UnknownPod")) {
                unknownSince = unknownSince < 0 ? now : unknownSince;
                if (now - unknownSince < UNKNOWN_LIMIT) {
                    host.after(unknownBackoff, this::connect);
                    unknownBackoff = Math.min(1_000, unknownBackoff * 2);
                    return;
                }
            }
            // Refused for good: the process ends, and its kubelet starts another one.
            swarm.witness.refused(uid, refused);
            if (exit == null) {
                crash(swarm.time.between(1_000, 5_000));
            } else {
                exit.accept(false);
            }
        }

        private String renewedToken() {
            if (swarm.time.now() - tokenMade < TOKEN_AGE) {
                return "";
            }
            tokenMade = swarm.time.now();
            token = PodTokens.token(podUid, tokenMade);
            return token;
        }
    }

    /** One stream to a gateway, from Register to its end. */
    private final class Link implements Gateway.Ear {
        private final Process owner;
        private final Replica replica;
        private final TreeMap<Long, Long> beats = new TreeMap<>();
        private Connection.@Nullable End end;
        /** Belongs to the replica; used there only. */
        private Gateway.@Nullable Stream stream;
        private @Nullable Welcome welcome;
        private long registered;
        private long sequence;
        private boolean beating;

        private Link(Process owner, Replica replica) {
            this.owner = owner;
            this.replica = replica;
        }

        private void open() {
            registered = swarm.time.now();
            if (!swarm.network.open(host, replica.host) || !swarm.network.open(replica.host, host)) {
                host.after(CONNECT, () -> owner.lost(this));
                return;
            }
            var connection = new Connection(swarm.network, host, replica.host);
            end = connection.client;
            connection.client.onClosed(() -> owner.lost(this));
            connection.client.send(() -> stream = replica.gateway().accept(connection.server, this));
            transmit(AgentFrame.newBuilder()
                    .setRegister(Register.newBuilder()
                            .setToken(owner.token)
                            .setSession(owner.session)
                            .setStream(++owner.streams)
                            .addAllRunning(owner.steps.running()))
                    .build());
            host.after(WELCOME, () -> {
                if (welcome == null) {
                    owner.lost(this);
                }
            });
        }

        private void transmit(AgentFrame frame) {
            if (end != null) {
                end.send(() -> Objects.requireNonNull(stream).received(List.of(frame)));
            }
        }

        /** Sends to a hive-mind that has welcomed the agent; false: it has not. */
        private boolean send(AgentFrame frame) {
            if (welcome == null || end == null || !end.open()) {
                return false;
            }
            transmit(frame);
            return true;
        }

        private void close() {
            if (end != null) {
                end.close();
            }
        }

        @Override
        public boolean current() {
            return process == owner && owner.link == this;
        }

        @Override
        public void hear(GatewayFrame frame) {
            if (owner.link != this) {
                return;
            }
            switch (frame.getBodyCase()) {
                case WELCOME -> {
                    // A second welcome comes from a new leader, who heard the registration again, now.
                    long since = welcome == null ? registered : swarm.time.now();
                    welcome = frame.getWelcome();
                    beats.clear();
                    if (!beating) {
                        beating = true;
                        beat();
                    }
                    owner.welcomed(frame.getWelcome(), since);
                }
                case REFUSED -> owner.refused(this, frame.getRefused());
                case LEASE_GRANT -> {
                    var sent = beats.get(frame.getLeaseGrant().getSequence());
                    if (sent != null) {
                        owner.granted(sent);
                        beats.headMap(frame.getLeaseGrant().getSequence(), true).clear();
                    }
                }
                case ASSIGN -> {
                    if (welcome != null) {
                        owner.steps.assign(frame.getAssign(), welcome.getMaxConcurrentTasks());
                    }
                }
                case RESULT_ACK -> owner.steps.acknowledged(frame.getResultAck());
                case CANCEL_STEP -> owner.steps.cancel(frame.getCancelStep());
                case CHECKPOINT_ACK -> owner.steps.acknowledged(frame.getCheckpointAck());
                case DRAIN, TASK_SUBMITTED, BODY_NOT_SET -> {
                    // Swarms are not drained here, and scripts submit nothing.
                }
            }
        }

        private void beat() {
            var known = Objects.requireNonNull(welcome);
            host.after(known.getHeartbeatMillis(), () -> {
                if (owner.link == this) {
                    sequence++;
                    beats.put(sequence, swarm.time.now());
                    transmit(AgentFrame.newBuilder()
                            .setHeartbeat(
                                    Heartbeat.newBuilder().setSequence(sequence).setToken(owner.renewedToken()))
                            .build());
                    beat();
                }
            });
        }
    }
}
