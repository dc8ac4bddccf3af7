package io.claudeflow.swarm.hivemind.adapter.raft;

import io.claudeflow.swarm.hivemind.ledger.Applied;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerImage;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.port.Group;
import io.claudeflow.swarm.hivemind.port.GroupDoor;
import io.claudeflow.swarm.hivemind.port.LedgerLog;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One replica of the group, on Ratis. */
public final class RaftLedgerLog implements LedgerLog {
    /** A snapshot after so many entries; each holds up to 512 commands. */
    public static final long SNAPSHOT_ENTRIES = 8_192;

    private static final Logger LOG = LoggerFactory.getLogger(RaftLedgerLog.class);
    private static final long WATCH_MS = 1_000;
    private static final Duration START = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final RaftConfig config;
    private final long snapshotEntries;
    private final RaftGroupId group;
    private final ClientId client = ClientId.randomId();
    private final LoggedClock clock = new LoggedClock(System::nanoTime, System::currentTimeMillis);
    private final Proposals proposals;
    private final Volume volume;
    private final GroupDoor door;
    private @Nullable Running running;
    private @Nullable Joining joining;
    /** The executor of a replica that has no log yet. */
    private @Nullable WorkerExecutor idle;
    private boolean leading;
    /** Whether all founders were heard from: before that the group must not count as established, or a late one stays out. */
    private boolean complete;
    private volatile boolean stopping;
    private volatile boolean full;

    /** @param appender at most as many entries wait for it as are in flight; unlike the executor it wakes nobody when it is done */
    private record Running(Context context, Listener listener, RaftServer server, WorkerExecutor executor,
            ExecutorService appender, long watch, RaftMembers members) {}

    /** @param door where a replica without a log of its own asks to be taken in */
    public RaftLedgerLog(Vertx vertx, RaftConfig config, long snapshotEntries, GroupDoor door) {
        this.door = door;
        this.vertx = vertx;
        this.config = config;
        this.snapshotEntries = snapshotEntries;
        this.group = RaftGroupId.valueOf(config.group());
        this.volume = new Volume(config);
        this.complete = !config.founding();
        this.proposals = new Proposals(config.epoch(), clock, () -> ThreadLocalRandom.current().nextLong(),
                this::send);
    }

    @Override
    public Future<Void> start(Listener listener) {
        var context = vertx.getOrCreateContext();
        var executor = vertx.createSharedWorkerExecutor("raft-" + config.ordinal() + "-" + config.group(), 1,
                START.toNanos(), TimeUnit.NANOSECONDS);
        return executor.executeBlocking(() -> {
            var identity = volume.claim();
            full = volume.full();
            return identity;
        }).compose(identity -> {
            if (!identity.joining()) {
                return open(context, listener, executor, identity.peer());
            }
            join(context, listener, executor, identity.peer());
            return Future.succeededFuture();
        }).recover(cause -> abandon(executor, cause));
    }

    /** Asks to be taken in; nobody waits for that, since whether it is wanted is for others to say. */
    private void join(Context context, Listener listener, WorkerExecutor executor, String peer) {
        var request = new GroupDoor.Request(config.ordinal(), peer, config.address().apply(config.ordinal()), false);
        var asking = new Joining(vertx, door, request, () -> open(context, listener, executor, peer),
                () -> executor.executeBlocking(() -> {
                    volume.joined(peer);
                    return null;
                }));
        joining = asking;
        idle = executor;
        asking.ask();
    }

    private Future<Void> open(Context context, Listener listener, WorkerExecutor executor, String peer) {
        return executor.executeBlocking(() -> RaftServers.open(config, snapshotEntries, peer,
                new LedgerStateMachine(config.epoch(), client, new Posted(context, listener, peer))))
                .compose(server -> {
                    long watch = vertx.setPeriodic(WATCH_MS, _ -> watch());
                    // Before the start: an election may be over before the start is.
                    running = new Running(context, listener, server, executor, appender(), watch,
                            new RaftMembers(vertx, server, group, executor));
                    return executor.<Void>executeBlocking(() -> {
                        server.start();
                        return null;
                    });
                });
    }

    private ExecutorService appender() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("raft-append-" + config.ordinal()).factory());
    }

    private Future<Void> abandon(WorkerExecutor executor, Throwable cause) {
        var sentence = cause instanceof SwarmException
                ? cause
                : new SwarmException(ErrorCode.UNAVAILABLE, "the replica's log could not be opened: "
                        + cause.getMessage() + " (volume " + config.data() + ", port " + config.host() + ":"
                        + config.port() + ")", cause);
        var closed = running == null ? executor.close() : stop(Duration.ZERO);
        return closed.transform(_ -> Future.failedFuture(sentence));
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        if (joining != null) {
            joining.end();
        }
        var now = running;
        if (now == null) {
            return idle == null ? Future.succeededFuture() : idle.close();
        }
        // Who leads hands over first, so that there is a leader all the time.
        var handed = leading && !deadline.isZero()
                ? now.members().handOver().timeout(Math.max(1, deadline.toMillis() / 2), TimeUnit.MILLISECONDS)
                : Future.<Void>succeededFuture();
        return handed.recover(cause -> {
            LOG.atWarn().setCause(cause).log("leadership could not be handed over");
            return Future.succeededFuture();
        }).compose(_ -> close(now));
    }

    private Future<Void> close(Running now) {
        stopping = true;
        running = null;
        leading = false;
        vertx.cancelTimer(now.watch());
        proposals.close();
        now.appender().shutdown();
        return now.executor().<Void>executeBlocking(() -> {
            now.server().close();
            return null;
        }).eventually(() -> now.executor().close());
    }

    @Override
    public Future<LedgerResult> submit(LedgerCommand command) {
        return proposals.submit(command);
    }

    @Override
    public long now() {
        return clock.now();
    }

    @Override
    public boolean full() {
        return full;
    }

    @Override
    public List<Integer> voters() {
        var heard = commits().entrySet().stream().filter(peer -> peer.getValue() >= 0).map(Map.Entry::getKey).toList();
        complete |= heard.containsAll(config.founders());
        return complete || heard.isEmpty() ? heard : List.of(config.ordinal());
    }

    /** How far a replica has committed, as the leader knows; -1: nothing was heard. */
    long commitOf(int ordinal) {
        return commits().getOrDefault(ordinal, -1L);
    }

    private Map<Integer, Long> commits() {
        var now = running;
        return now == null || !leading ? Map.of() : now.members().commits();
    }

    @Override
    public Group group() {
        var now = running;
        if (now == null) {
            throw new IllegalStateException("this replica does not run");
        }
        return now.members();
    }

    /** Appending may wait for a lock or for the disk: never on the context. */
    private void send(long callId, byte[] entry) {
        var now = running;
        if (now == null) {
            proposals.failed(callId, new SwarmException(ErrorCode.UNAVAILABLE, "this replica does not run"));
            return;
        }
        var request = RaftClientRequest.newBuilder()
                .setClientId(client)
                .setServerId(now.server().getId())
                .setGroupId(group)
                .setCallId(callId)
                .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(entry)))
                .setType(RaftClientRequest.writeRequestType())
                .build();
        now.appender().execute(() -> append(now, callId, request));
    }

    private void append(Running now, long callId, RaftClientRequest request) {
        try {
            // Its outcome is heard by answered, whichever it is.
            var _ = now.server()
                    .submitClientRequestAsync(request)
                    .whenComplete((reply, cause) -> answered(now.context(), callId, reply, cause));
        } catch (IOException | RuntimeException e) {
            answered(now.context(), callId, null, e);
        }
    }

    private void answered(Context context, long callId, @Nullable RaftClientReply reply, @Nullable Throwable cause) {
        if (cause != null || reply == null || !reply.isSuccess()) {
            var reason = cause != null || reply == null ? cause : reply.getException();
            context.runOnContext(_ -> proposals.failed(callId, unknown(reason)));
        }
    }

    private static SwarmException unknown(@Nullable Throwable cause) {
        return new SwarmException(ErrorCode.INDETERMINATE, "the ledger gave no answer ("
                + (cause == null ? "closed" : cause.getClass().getSimpleName()) + "): ask the leader again", cause);
    }

    /** A Ratis server may close itself while the process lives, and a volume fills up. */
    private void watch() {
        var now = running;
        if (now == null) {
            return;
        }
        if (now.server().getLifeCycleState().isClosingOrClosed()) {
            now.listener().failed(new SwarmException(ErrorCode.INTERNAL, "the Raft server has closed itself"));
        }
        vertx.executeBlocking(volume::full, false).onSuccess(filled -> {
            if (filled && !full) {
                LOG.atWarn()
                        .addKeyValue("volume", config.data())
                        .log("the volume is nearly full: new tasks are refused until there is room");
            }
            full = filled;
        })
                .onFailure(cause -> LOG.atWarn()
                        .addKeyValue("volume", config.data())
                        .setCause(cause)
                        .log("the volume's room cannot be read"));
    }

    /** Brings what Ratis' threads say onto the context, in their order. */
    private final class Posted implements LedgerStateMachine.Observer {
        private final Context context;
        private final Listener listener;
        /** Whether the listener leads or is about to; guarded by this, so that it changes in the order of what is posted. */
        private boolean heard;
        private final String peer;
        private boolean member;

        Posted(Context context, Listener listener, String peer) {
            this.context = context;
            this.listener = listener;
            this.peer = peer;
        }

        @Override
        public synchronized void leading(LedgerImage image, long nextDeadline) {
            heard = true;
            context.runOnContext(_ -> lead(listener, new LedgerView(image, nextDeadline), image.header().time()));
        }

        @Override
        public synchronized void applied(Applied applied, long callId) {
            if (!heard && callId < 0) {
                // A follower's context sleeps on.
                return;
            }
            context.runOnContext(_ -> {
                if (leading) {
                    listener.applied(applied);
                }
                if (callId >= 0) {
                    proposals.applied(callId, applied.results());
                }
            });
        }

        @Override
        public synchronized void leader(@Nullable RaftPeerId leader) {
            heard = false;
            context.runOnContext(_ -> follow(listener, leader));
        }

        /** A log begins with configurations from before this replica was a member: only a later one takes it out. */
        @Override
        public void voters(Set<String> ids) {
            boolean was = member;
            member = ids.contains(peer);
            if (was && !member) {
                context.runOnContext(_ -> takenOut(listener, peer));
            }
        }

        @Override
        public void failed(Throwable cause) {
            if (!stopping) {
                context.runOnContext(_ -> {
                    if (!stopping) {
                        listener.failed(cause);
                    }
                });
            }
        }
    }

    private void takenOut(Listener listener, String peer) {
        var now = running;
        if (now == null) {
            return;
        }
        now.executor().executeBlocking(() -> {
            volume.removed(peer);
            return null;
        }).onComplete(_ -> {
            if (running != null) {
                listener.failed(
                        new SwarmException(ErrorCode.INVALID, "replica " + config.ordinal() + " was taken out of"
                                + " the group: it may join again under a new id when it is wanted"));
            }
        });
    }

    private void lead(Listener listener, LedgerView view, long lastLogged) {
        var now = running;
        if (now == null) {
            return;
        }
        try {
            var info = now.server().getDivision(group).getInfo();
            if (!info.isLeader()) {
                return;
            }
            clock.lead(lastLogged);
            leading = true;
            proposals.lead();
            listener.leading(info.getCurrentTerm(), view);
        } catch (IOException e) {
            listener.failed(e);
        }
    }

    private void follow(Listener listener, @Nullable RaftPeerId leader) {
        var now = running;
        if (now == null) {
            return;
        }
        leading = false;
        proposals.follow();
        try {
            long term = now.server().getDivision(group).getInfo().getCurrentTerm();
            listener.following(leader == null ? -1 : PeerIds.ordinal(leader.toString()), term);
            if (leader != null) {
                now.members().renewConnections();
            }
        } catch (IOException e) {
            listener.failed(e);
        }
    }
}
